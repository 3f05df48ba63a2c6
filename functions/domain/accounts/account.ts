/** Personal accounts: as they are wanted, and as they stand in the pool and the table. */

import type { Rank } from '../authorisation.ts';

/** What somebody may act as; `none` may sign in and see nothing. */
export type AccountRole =
  | { readonly kind: 'prefecture'; readonly rank?: Rank | undefined }
  /** Codes of municipalities and other units that answer themselves; with `-` and the id of a form, for a division that answers it alone. */
  | { readonly kind: 'municipality'; readonly units: readonly string[] }
  | { readonly kind: 'none' };

export interface WantedAccount {
  /** As the spreadsheet counts, the header being among them. */
  readonly row: number;
  /** In lower case: the pool does not tell cases apart. */
  readonly username: string;
  /** Shown in the log instead of the user name; empty for none. */
  readonly name: string;
  /** Empty for people of the prefecture's own provider, who are written no mail. */
  readonly email: string;
  readonly role: AccountRole;
  readonly isActive: boolean;
}

/** Somebody as the pool's lists name them, which do not tell what they may do. */
export interface PooledPerson {
  /** The `sub` of its tokens. */
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly isEnabled: boolean;
  /** Invited, and not yet there. */
  readonly isInvited: boolean;
}

export interface StoredAccount extends PooledPerson {
  /** Those that say what somebody may do; others are not ours. */
  readonly groups: readonly string[];
  /** All that the person holds is refused, by the table. */
  readonly isBarred: boolean;
}

export const accountColumns = ['利用者名', '氏名', 'メールアドレス', '区分', '団体コード', '状態'] as const;

export interface AccountError {
  /** Absent where it is about the whole file, or about no file. */
  readonly row?: number;
  readonly column?: (typeof accountColumns)[number];
  readonly message: string;
}

const prefectureGroup = 'prefecture';
const rankGroups: Readonly<Record<Rank, string>> = { admin: 'prefecture-admin', reader: 'prefecture-reader' };
/** The groups of the prefecture's people. */
export const staffGroups: readonly string[] = [prefectureGroup, ...Object.values(rankGroups)];
/** The code of a municipality or of another unit that answers itself; where a division acts, a hyphen and the form that it answers follow. */
const unitGroup = /^unit-((?:\d{6}|(?!\d{1,6}(?:-|$))[A-Za-z0-9]{1,32})(?:-[a-z][A-Za-z0-9-]{0,63})?)$/;

/** For whom a unit's group lets somebody act; the form is absent where for all of it. */
export function actingFor(unit: string): { readonly unit: string; readonly form?: string } {
  const [code = unit, form] = unit.split(/-(.*)/s);
  return form === undefined ? { unit: code } : { unit: code, form };
}

export function isRoleGroup(group: string): boolean {
  return staffGroups.includes(group) || unitGroup.test(group);
}

/** Who manages accounts is in the group of those in charge as well: releases of before know that one alone. */
export function groupsOf(role: AccountRole): readonly string[] {
  if (role.kind === 'municipality') return role.units.map((unit) => `unit-${unit}`).toSorted();
  if (role.kind === 'none') return [];
  if (role.rank === undefined) return [prefectureGroup];
  return role.rank === 'admin' ? [prefectureGroup, rankGroups.admin] : [rankGroups.reader];
}

/** Whether whoever has these groups, or loses them, is by them somebody who manages accounts. */
export function areOfAdmin(groups: readonly string[]): boolean {
  return groups.includes(rankGroups.admin);
}

/** What the application takes these groups for: the prefecture's and a unit's together are no role. Of ranks the highest. */
export function roleOf(groups: readonly string[]): AccountRole {
  const units = groups.flatMap((group) => unitGroup.exec(group)?.[1] ?? []);
  const isAdmin = areOfAdmin(groups);
  const isInCharge = groups.includes(prefectureGroup);
  if (isAdmin || isInCharge || groups.includes(rankGroups.reader)) {
    if (units.length > 0) return { kind: 'none' };
    if (isAdmin) return { kind: 'prefecture', rank: 'admin' };
    return isInCharge ? { kind: 'prefecture' } : { kind: 'prefecture', rank: 'reader' };
  }
  return units.length > 0 ? { kind: 'municipality', units: units.toSorted() } : { kind: 'none' };
}

/** How a role is written in a file and on the page. */
export const roleNames = {
  admin: '県（管理者）',
  prefecture: '県',
  reader: '県（閲覧）',
  municipality: '市町村',
  none: 'なし',
} as const;

export function roleNameOf(role: AccountRole): string {
  return roleNames[role.kind === 'prefecture' ? (role.rank ?? 'prefecture') : role.kind];
}

/** What the page or the API says of an account; texts as they stand in the file. */
export interface AccountTexts {
  readonly name: string;
  readonly email: string;
  readonly role: keyof typeof roleNames;
  readonly units: string;
}

export function textsOf(account: StoredAccount): AccountTexts {
  const role = roleOf(account.groups);
  return {
    name: account.name,
    email: account.email,
    role: role.kind === 'prefecture' ? (role.rank ?? 'prefecture') : role.kind,
    units: role.kind === 'municipality' ? role.units.join(';') : '',
  };
}

/** For whom somebody acts, by name; what is not in the directory by its code. */
export function unitNames(units: string, names: ReadonlyMap<string, string>): string {
  return units
    .split(';')
    .filter((each) => each !== '')
    .map((each) => {
      const { unit, form } = actingFor(each);
      return `${names.get(unit) ?? unit}${form === undefined ? '' : `（${form}）`}`;
    })
    .join('、');
}

export const stateNames = { active: '利用', retired: '停止' } as const;

export const accountStates = {
  active: '利用中',
  invited: '招待中（まだサインインしていません）',
  interrupted: '変更が途中で止まっています',
  stopped: '停止中',
} as const;
export type AccountState = keyof typeof accountStates;

/** `interrupted`: what the person holds is refused, as a change broke off before its end. */
export function accountStateOf({ isEnabled, isBarred, isInvited }: StoredAccount): AccountState {
  if (!isEnabled) return 'stopped';
  if (isBarred) return 'interrupted';
  return isInvited ? 'invited' : 'active';
}
