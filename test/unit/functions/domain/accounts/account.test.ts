import { describe, expect, it } from 'vitest';
import { groupsOf, isRoleGroup, roleNameOf, roleOf } from '../../../../../functions/domain/accounts/account.ts';
import type { AccountRole } from '../../../../../functions/domain/accounts/account.ts';

const roles: readonly AccountRole[] = [
  { kind: 'prefecture', rank: 'admin' },
  { kind: 'prefecture' },
  { kind: 'prefecture', rank: 'reader' },
  { kind: 'municipality', units: ['112011', '112038-council-report'] },
  { kind: 'none' },
];

describe('a role', () => {
  it.each(roles)('%o is what its groups say', (role) => {
    expect(roleOf(groupsOf(role))).toEqual(role);
    expect(groupsOf(role).every(isRoleGroup)).toBe(true);
  });

  it('of the prefecture has a name of its own for each rank', () => {
    expect(roles.slice(0, 3).map(roleNameOf)).toEqual(['県（管理者）', '県', '県（閲覧）']);
  });

  it('of several ranks is the highest', () => {
    expect(roleOf(['prefecture-reader', 'prefecture'])).toEqual({ kind: 'prefecture' });
    expect(roleOf(['prefecture-reader', 'prefecture-admin'])).toEqual({ kind: 'prefecture', rank: 'admin' });
  });

  it('keeps an administrator in charge for a release that knows no administrators', () => {
    expect(groupsOf({ kind: 'prefecture', rank: 'admin' })).toContain('prefecture');
  });

  it.each(['prefecture', 'prefecture-admin', 'prefecture-reader'])('of a unit and of %s at once is none', (group) => {
    expect(roleOf([group, 'unit-112011'])).toEqual({ kind: 'none' });
  });

  it.each(['prefecture-owner', 'unit-11', 'unit-112011-', 'Prefecture'])('is not given by a group %s', (group) => {
    expect(isRoleGroup(group)).toBe(false);
    expect(roleOf([group])).toEqual({ kind: 'none' });
  });
});
