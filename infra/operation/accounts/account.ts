/** Personal accounts: as they are wanted, and as they stand in the pool and the table. */

/** What somebody may act as; `none` may sign in and see nothing. */
export type AccountRole =
  | { readonly kind: 'prefecture' }
  /** Codes of municipalities; with `-` and the id of a form, for a division that answers it alone. */
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

export interface StoredAccount {
  /** The `sub` of its tokens. */
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  /** Those that say what somebody may do; others are not ours. */
  readonly groups: readonly string[];
  readonly isEnabled: boolean;
  /** Invited, and not yet there. */
  readonly isInvited: boolean;
  /** All that the person holds is refused, by the table. */
  readonly isBarred: boolean;
}

const prefectureGroup = 'prefecture';
const unitPrefix = 'unit-';
const ownGroup = /^(?:prefecture|unit-\d{6}(?:-[a-z][A-Za-z0-9-]{0,63})?)$/;

export function isRoleGroup(group: string): boolean {
  return ownGroup.test(group);
}

export function groupsOf(role: AccountRole): readonly string[] {
  if (role.kind === 'prefecture') return [prefectureGroup];
  return role.kind === 'municipality' ? role.units.map((unit) => unitPrefix + unit).toSorted() : [];
}

/** What the application takes these groups for: both kinds together are no role. */
export function roleOf(groups: readonly string[]): AccountRole {
  const units = groups.filter((group) => group.startsWith(unitPrefix)).map((group) => group.slice(unitPrefix.length));
  const isPrefecture = groups.includes(prefectureGroup);
  if (isPrefecture) return units.length > 0 ? { kind: 'none' } : { kind: 'prefecture' };
  return units.length > 0 ? { kind: 'municipality', units: units.toSorted() } : { kind: 'none' };
}
