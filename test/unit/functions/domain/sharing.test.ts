import { describe, expect, it } from 'vitest';
import { notStarted } from '../../../../functions/domain/life.ts';
import type { Standing } from '../../../../functions/domain/life.ts';
import { isShareOpen, sharedPath } from '../../../../functions/domain/sharing.ts';
import type { Share } from '../../../../schemas/share.ts';

const share: Share = {
  id: 'a',
  name: '障害福祉課',
  expiresAt: '2024-11-08T15:00:00.000Z',
  createdAt: '2024-11-01T00:00:00.000Z',
  createdBy: '川口市担当',
  editor: '112038',
};
const before = new Date('2024-11-08T14:59:59.999Z');
const open = { standing: notStarted, phase: 'open', editor: '112038' } as const;

describe('a link for a colleague', () => {
  it('is good until its last moment, and not at it', () => {
    expect(isShareOpen(share, open, before)).toBe(true);
    expect(isShareOpen(share, open, new Date(share.expiresAt))).toBe(false);
  });

  it('is over once it is taken back', () => {
    expect(isShareOpen({ ...share, endedAt: '2024-11-02T00:00:00.000Z' }, open, before)).toBe(false);
  });

  it.each([
    ['draft', true],
    ['returned', true],
    ['submitted', false],
    ['accepted', false],
  ] as const)('for a return that is %s: %s', (state, expected) => {
    const standing: Standing = { ...notStarted, state };
    expect(isShareOpen(share, { ...open, standing }, before)).toBe(expected);
  });

  it('is over with the round, but for what was sent back', () => {
    const returned: Standing = {
      state: 'returned',
      version: 1,
      sentBack: { version: 1, decision: 'return', comment: '直してください', questions: [] },
    };
    expect(isShareOpen(share, { ...open, phase: 'closed' }, before)).toBe(false);
    expect(isShareOpen(share, { ...open, phase: 'closed', standing: returned }, before)).toBe(true);
    expect(isShareOpen(share, { ...open, phase: 'draft' }, before)).toBe(false);
  });

  it('is over where another municipality edits the return, or nobody', () => {
    expect(isShareOpen(share, { ...open, editor: '112011' }, before)).toBe(false);
    expect(isShareOpen(share, { ...open, editor: undefined }, before)).toBe(false);
  });

  it('carries what opens it in its query alone', () => {
    const { pathname, searchParams } = new URL(
      sharedPath({ round: 'R6', form: 'f', unit: '112038' }, 'secret'),
      'https://yoriai.example',
    );
    expect([pathname, [...searchParams]]).toEqual(['/rounds/R6/returns/f/112038/shared', [['key', 'secret']]]);
  });
});
