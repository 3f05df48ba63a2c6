/**
 * The list of people as a page asks for it. Most prefectures have few enough to be read whole: they are in order, and
 * are found by any part of what is told of them. Of more, those that Cognito itself finds are read, or a page of all.
 */

import { accountStateOf, isRoleGroup, staffGroups, textsOf, unitNames } from '../../domain/accounts/account.ts';
import type { AccountState, AccountTexts, PooledPerson, StoredAccount } from '../../domain/accounts/account.ts';
import { UnknownCursor } from '../../storage/account-errors.ts';
import type { PeopleFilter } from '../../storage/account-pool.ts';
import { inBatches } from '../../platform/in-batches.ts';
import { callsAtOnce, fewPeople, membersOf, storedOf } from './people.ts';
import type { PeopleSystem } from './people.ts';

export interface AccountSearch {
  /** Empty for none. */
  readonly q: string;
  readonly role: AccountTexts['role'] | undefined;
  readonly state: AccountState | undefined;
  /** Where a long list goes on. */
  readonly cursor: string | undefined;
}

/** What is known of the units and forms for which people act. */
export interface ActingPlaces {
  /** Of the units that answer themselves, by code. */
  readonly names: ReadonlyMap<string, string>;
  readonly forms: ReadonlySet<string>;
}

export interface FoundAccounts {
  /** In order. What finding them did not need is not known of them yet. */
  readonly people: readonly (PooledPerson | StoredAccount)[];
  /** There are too many to be read whole. */
  readonly isLong: boolean;
  /** More were found than are listed. */
  readonly isCut: boolean;
  readonly next?: string | undefined;
}

/** Most that are looked at of those that were found in a long list. */
const mostFound = 120;
const mostUnits = 10;

function inOrder<T extends PooledPerson>(people: readonly T[]): T[] {
  return people.toSorted((a, b) => (a.username < b.username ? -1 : 1));
}

function isWanted(account: StoredAccount, { q, role, state }: AccountSearch, { names }: ActingPlaces): boolean {
  const texts = textsOf(account);
  if (role !== undefined && texts.role !== role) return false;
  if (state !== undefined && accountStateOf(account) !== state) return false;
  const told = [account.username, account.name, account.email, unitNames(texts.units, names), texts.units];
  return q === '' || told.some((text) => text.includes(q));
}

/** Cognito's own search: by how a name, an address or a user name begins, and by the groups of units that are called so. */
async function searched(system: PeopleSystem, q: string, { names, forms }: ActingPlaces): Promise<PooledPerson[]> {
  const { pool } = system;
  const beginnings: readonly PeopleFilter[] = [
    { attribute: 'name', value: q, isBeginning: true },
    { attribute: 'email', value: q, isBeginning: true },
    { attribute: 'username', value: q.toLowerCase(), isBeginning: true },
  ];
  const units = [...names]
    .filter(([code, name]) => code === q || name.includes(q))
    .toSorted(([, a], [, b]) => a.length - b.length)
    .slice(0, mostUnits);
  const groups = units.flatMap(([code]) => [`unit-${code}`, ...[...forms].map((form) => `unit-${code}-${form}`)]);
  const begun = await inBatches(beginnings, callsAtOnce, (filter) => pool.page(filter));
  const people = [...begun.flatMap((each) => each.people), ...(await membersOf(system, groups.filter(isRoleGroup)))];
  return [...new Map(people.map((each) => [each.username, each])).values()];
}

const stateFilters: Readonly<Partial<Record<AccountState, PeopleFilter>>> = {
  invited: { attribute: 'cognito:user_status', value: 'FORCE_CHANGE_PASSWORD' },
  stopped: { attribute: 'status', value: 'Disabled' },
};

export async function findAccounts(
  system: PeopleSystem,
  search: AccountSearch,
  places: ActingPlaces,
): Promise<FoundAccounts> {
  const { q, role, state, cursor } = search;
  const matching = async (people: readonly PooledPerson[], by = search): Promise<StoredAccount[]> =>
    inOrder((await storedOf(system, people)).filter((each) => isWanted(each, by, places)));
  const whole = { isLong: false, isCut: false };
  if (role === 'admin' || role === 'prefecture' || role === 'reader')
    return { people: await matching(await membersOf(system, staffGroups)), ...whole };
  if (cursor === undefined) {
    const people = await fewPeople(system);
    if (people !== undefined) {
      const isAll = q === '' && role === undefined && state === undefined;
      return { people: isAll ? inOrder(people) : await matching(people), ...whole };
    }
    if (q !== '') {
      const found = inOrder(await searched(system, q, places));
      const looked = await matching(found.slice(0, mostFound), { ...search, q: '' });
      return { people: looked, isLong: true, isCut: found.length > mostFound };
    }
  }
  try {
    const page = await system.pool.page(state === undefined ? undefined : stateFilters[state], cursor);
    return { people: await matching(page.people), isLong: true, isCut: false, next: page.next };
  } catch (error) {
    if (error instanceof UnknownCursor) return findAccounts(system, { ...search, cursor: undefined }, places);
    throw error;
  }
}
