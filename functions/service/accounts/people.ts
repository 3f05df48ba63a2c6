/** Who has an account: found and read a page at a time, so that no request asks more of Cognito the more units there are. */

import { actingFor, roleOf, staffGroups } from '../../domain/accounts/account.ts';
import type { PooledPerson, StoredAccount } from '../../domain/accounts/account.ts';
import type { People } from '../../storage/account-pool.ts';
import type { SignOuts } from '../../storage/sign-outs.ts';
import { inBatches } from '../../platform/in-batches.ts';

export interface PeopleSystem {
  readonly pool: People;
  readonly signOuts: Pick<SignOuts, 'barredAmong'>;
}

/** Calls of Cognito at once: it takes some dozens in a second, from everybody together. */
export const callsAtOnce = 5;

/** With what the lists of the pool do not tell: one call for each. Who is known already is not asked for. */
export async function storedOf(
  { pool, signOuts }: PeopleSystem,
  people: readonly (PooledPerson | StoredAccount)[],
): Promise<StoredAccount[]> {
  const unknown = people.filter((each) => !('groups' in each));
  const barred = await signOuts.barredAmong(unknown.map(({ id }) => id));
  return inBatches(people, callsAtOnce, async (person) =>
    'groups' in person
      ? person
      : { ...person, groups: await pool.groupsOf(person.username), isBarred: barred.has(person.id) },
  );
}

/** Everybody, some at a time. */
export async function* everybody({ pool }: Pick<PeopleSystem, 'pool'>): AsyncGenerator<readonly PooledPerson[]> {
  let cursor: string | undefined;
  do {
    const { people, next } = await pool.page(undefined, cursor);
    yield people;
    cursor = next;
  } while (cursor !== undefined);
}

/** Pages of the pool that are read to know whether everybody can be: 300 people. */
const fewPages = 5;

/** Everybody, where they are few. */
export async function fewPeople({ pool }: Pick<PeopleSystem, 'pool'>): Promise<readonly PooledPerson[] | undefined> {
  const found: PooledPerson[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < fewPages; pages += 1) {
    const { people, next } = await pool.page(undefined, cursor);
    found.push(...people);
    if (next === undefined) return found;
    cursor = next;
  }
  return undefined;
}

export async function accountBy(
  system: PeopleSystem,
  attribute: 'sub' | 'username',
  value: string,
): Promise<StoredAccount | undefined> {
  const [account] = await storedOf(system, (await system.pool.page({ attribute, value })).people);
  return account;
}

export async function membersOf(
  { pool }: Pick<PeopleSystem, 'pool'>,
  groups: readonly string[],
): Promise<PooledPerson[]> {
  const members = await inBatches(groups, callsAtOnce, (group) => pool.members(group));
  return [...new Map(members.flat().map((each) => [each.username, each])).values()];
}

/** The prefecture's people, of whom some must always be left. */
export async function staffOf(system: PeopleSystem): Promise<StoredAccount[]> {
  return storedOf(system, await membersOf(system, staffGroups));
}

export interface UnitsWithout<T> {
  readonly units: readonly T[];
  /** Of all; else of those that were to be shown. */
  readonly isOfAll: boolean;
}

export interface UnitsToAsk<T> {
  readonly all: readonly T[];
  /** Asked for alone where people are not few. */
  readonly shown: readonly T[];
}

/** Units for which nobody may act in anything. */
export async function unitsWithout<T extends { readonly code: string }>(
  system: PeopleSystem,
  { all, shown }: UnitsToAsk<T>,
  forms: Iterable<string>,
): Promise<UnitsWithout<T>> {
  const few = await fewPeople(system);
  if (few !== undefined) {
    const roles = (await storedOf(system, few)).map(({ isEnabled, groups }) =>
      isEnabled ? roleOf(groups) : undefined,
    );
    const acting = new Set(
      roles.flatMap((role) => (role?.kind === 'municipality' ? role.units.map((each) => actingFor(each).unit) : [])),
    );
    return { units: all.filter(({ code }) => !acting.has(code)), isOfAll: true };
  }
  // Who is in a group of the prefecture as well acts for nobody.
  const staff = new Set((await membersOf(system, staffGroups)).map(({ username }) => username));
  const acts = async (unit: string): Promise<boolean> =>
    (await system.pool.members(`unit-${unit}`)).some(({ username, isEnabled }) => isEnabled && !staff.has(username));
  const without = await inBatches(shown, callsAtOnce, async (unit) => {
    for (const division of ['', ...[...forms].map((form) => `-${form}`)])
      if (await acts(`${unit.code}${division}`)) return [];
    return [unit];
  });
  return { units: without.flat(), isOfAll: false };
}

/** What a plan for one account is made from: of the prefecture's people somebody must be left. */
export async function concernedBy(system: PeopleSystem, account: StoredAccount): Promise<StoredAccount[]> {
  if (roleOf(account.groups).kind !== 'prefecture') return [account];
  return [account, ...(await staffOf(system)).filter(({ id }) => id !== account.id)];
}
