/** The people of a deployment, as its own pages and API manage them: the same plans as `npm run accounts` carries out. */

import { areOfAdmin, roleNames, roleOf, stateNames, textsOf } from '../../domain/accounts/account.ts';
import type { AccountTexts, StoredAccount, WantedAccount } from '../../domain/accounts/account.ts';
import { refusedFor } from '../../domain/accounts/describe.ts';
import { planAccounts } from '../../domain/accounts/plan.ts';
import type { AccountAction } from '../../domain/accounts/plan.ts';
import type { Person } from '../../domain/authorisation.ts';
import { done, refused } from '../../domain/outcome.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { AccountLog } from '../../storage/account-log.ts';
import { DailyMailLimit, UnknownCursor } from '../../storage/account-errors.ts';
import { applyRecorded } from './apply.ts';
import { removeAuthenticator, renewPassword } from './begin-anew.ts';
import type { WholeSystem } from './begin-anew.ts';
import { findAccounts } from './find-accounts.ts';
import type { AccountSearch, FoundAccounts } from './find-accounts.ts';
import type { UnitsToAsk, UnitsWithout } from './people.ts';
import { accountBy, concernedBy, everybody, storedOf, unitsWithout } from './people.ts';
import { proposeFile } from './proposal.ts';
import type { FileChange, FileOptions, Proposal } from './proposal.ts';
import { readAccount } from './read-accounts.ts';
import type { Cells, KnownPlaces } from './read-accounts.ts';

interface AccountChange extends Partial<AccountTexts> {
  readonly active?: boolean | undefined;
}

/** What became of a part of a file. */
export interface AppliedFile extends Pick<Proposal, 'next'> {
  readonly changes: readonly FileChange[];
}

export interface AccountsDeps extends WholeSystem {
  readonly log: AccountLog;
  readonly places: () => Promise<KnownPlaces>;
  /** Whether people, their passwords and their telephones are the pool's, or a provider's, whose people are in groups alone. */
  readonly heldBy: 'pool' | 'provider';
  readonly clock: () => Date;
  readonly failed: (error: unknown) => void;
}

export interface AccountsService {
  readonly heldBy: AccountsDeps['heldBy'];
  /** What finding did not need is told by `told`, of those that are shown. */
  find(search: AccountSearch, names: ReadonlyMap<string, string>): Promise<FoundAccounts>;
  told(people: FoundAccounts['people']): Promise<readonly StoredAccount[]>;
  account(by: 'sub' | 'username', value: string): Promise<StoredAccount | undefined>;
  /** Some of everybody, in no order, and where more follow. Refuses a cursor that is none with `malformed-request`. */
  page(cursor?: string): Promise<Outcome<{ accounts: readonly StoredAccount[]; next: string | undefined }>>;
  /** Everybody, some at a time. */
  everybody(): AsyncIterable<readonly StoredAccount[]>;
  /** Units for which nobody may act: of all where people are few, else of those shown. */
  unitsWithout<T extends { readonly code: string }>(units: UnitsToAsk<T>): Promise<UnitsWithout<T>>;
  invite(person: Person, given: AccountTexts & { readonly username: string }): Promise<Outcome<undefined>>;
  change(person: Person, id: string, given: AccountChange): Promise<Outcome<undefined>>;
  /** Mails a temporary password. */
  renewPassword(person: Person, id: string): Promise<Outcome<undefined>>;
  /** The owner sets up another authenticator at the next sign-in. */
  removeAuthenticator(person: Person, id: string): Promise<Outcome<undefined>>;
  /** What a file would change; with errors by row, nothing. */
  propose(person: Person, bytes: Uint8Array, options: FileOptions): Promise<Outcome<Proposal>>;
  /** Carries out what was proposed, in as much as time allows; refuses when by now it would be something else. */
  apply(
    person: Person,
    bytes: Uint8Array,
    options: FileOptions & { readonly seen: string },
  ): Promise<Outcome<AppliedFile>>;
  readonly log: Pick<AccountLog, 'newest'>;
}

/** Milliseconds for which a file is worked on in one request; what is left is done by the next. */
const applyFor = 20_000;

/** A refusal for what people can wait for; anything else is a fault. */
async function mailing(act: () => Promise<unknown>): Promise<Outcome<undefined>> {
  try {
    await act();
    return done(undefined);
  } catch (error) {
    if (error instanceof DailyMailLimit) return refused('mail-limit');
    throw error;
  }
}

export function createAccounts(deps: AccountsDeps): AccountsService {
  const { heldBy, log } = deps;

  const byId = (id: string): Promise<StoredAccount | undefined> => accountBy(deps, 'sub', id);

  async function carryOut(
    { id, name }: Person,
    wanted: WantedAccount,
    account: StoredAccount | undefined,
  ): Promise<Outcome<undefined>> {
    const stored = account === undefined ? [] : await concernedBy(deps, account);
    const plan = planAccounts([wanted], stored, { retireMissing: false, self: id });
    if (!plan.ok) return refusedFor(plan.errors);
    return mailing(async () => {
      for (const action of plan.actions) await run(action, name);
    });
  }

  const run = (action: AccountAction, actor: string): Promise<void> =>
    applyRecorded({ ...deps, accounts: deps.pool }, action, actor);

  async function anew(id: string, act: (account: StoredAccount) => Promise<unknown>): Promise<Outcome<undefined>> {
    if (heldBy === 'provider') return refused('held-by-provider');
    const account = await byId(id);
    if (account === undefined) return refused('not-found');
    if (!account.isEnabled) return refusedFor([{ message: '利用を停止しています。先に利用を再開してください。' }]);
    return mailing(() => act(account));
  }

  async function propose({ id }: Person, bytes: Uint8Array, options: FileOptions): Promise<Outcome<Proposal>> {
    if (heldBy === 'provider') return refused('held-by-provider');
    return proposeFile(bytes, await deps.places(), deps, { ...options, self: id });
  }

  return {
    heldBy,
    log,
    find: async (search, names) => findAccounts(deps, search, { names, forms: (await deps.places()).forms }),
    told: (people) => storedOf(deps, people),
    account: (by, value) => accountBy(deps, by, value),
    page: async (cursor) => {
      try {
        const { people, next } = await deps.pool.page(undefined, cursor);
        return done({ accounts: await storedOf(deps, people), next });
      } catch (error) {
        if (error instanceof UnknownCursor) return refused('malformed-request');
        throw error;
      }
    },
    everybody: async function* told() {
      for await (const people of everybody(deps)) yield storedOf(deps, people);
    },
    unitsWithout: async (units) => unitsWithout(deps, units, (await deps.places()).forms),

    invite: async (person, { username, ...given }) => {
      if (heldBy === 'provider') return refused('held-by-provider');
      const read = readAccount(cellsOf({ username, ...given, active: true }), await deps.places(), false);
      if (!read.ok) return refusedFor(read.errors);
      if ((await accountBy(deps, 'username', read.account.username)) !== undefined)
        return refusedFor([{ column: '利用者名', message: 'この利用者名はすでに登録されています。' }]);
      return carryOut(person, read.account, undefined);
    },

    change: async (person, id, { active, ...given }) => {
      const account = await byId(id);
      if (account === undefined) return refused('not-found');
      const isOfPeople = active !== undefined || given.name !== undefined || given.email !== undefined;
      if (heldBy === 'provider' && isOfPeople) return refused('held-by-provider');
      const isActive = active ?? account.isEnabled;
      const kept = wantedAsIs(account, isActive);
      if (Object.keys(given).length === 0) return carryOut(person, kept, account);
      const cells = cellsOf({ ...textsOf(account), ...given, username: account.username, active: isActive });
      // Who was registered without an address may stay so.
      const read = readAccount(cells, await deps.places(), given.email === undefined || account.email === '');
      return read.ok
        ? carryOut(person, { ...read.account, username: kept.username }, account)
        : refusedFor(read.errors);
    },

    renewPassword: (person, id) => anew(id, (account) => renewPassword(deps, account, person.name)),
    removeAuthenticator: (person, id) => anew(id, (account) => removeAuthenticator(deps, account, person.name)),
    propose,
    apply: async (person, bytes, { seen, ...options }) => {
      const proposed = await propose(person, bytes, options);
      if (!proposed.ok) return proposed;
      if (proposed.value.seen !== seen) return refused('precondition-failed');
      return done({ changes: await applyProposal(person, proposed.value), next: proposed.value.next });
    },
  };

  async function applyProposal({ id, name }: Person, { changes, next }: Proposal): Promise<readonly FileChange[]> {
    const until = deps.clock().getTime() + applyFor;
    const applied: FileChange[] = [];
    let isMailOver = false;
    const isLast = ({ action }: FileChange): boolean => givesUpOwn(action, id);
    for (const change of changes.toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)))) {
      const { action } = change;
      const isMailing = action.kind === 'create';
      const waits = isLast(change) && (next !== undefined || applied.some(({ result }) => result !== 'done'));
      if (waits || deps.clock().getTime() >= until || (isMailing && isMailOver)) {
        applied.push({ ...change, result: 'left' });
        continue;
      }
      try {
        await run(action, name);
        applied.push({ ...change, result: 'done' });
      } catch (error) {
        const isOver = error instanceof DailyMailLimit;
        isMailOver ||= isOver;
        if (!isOver) deps.failed(error);
        applied.push({ ...change, result: isOver ? 'left' : 'failed' });
      }
    }
    return applied;
  }
}

/** Takes the right to go on with a file from whoever carries it out: before who follows was made, nobody would have it. */
function givesUpOwn(action: AccountAction, self: string): boolean {
  return action.kind === 'change' && action.account.id === self && areOfAdmin(action.groups.leave);
}

function wantedAsIs(account: StoredAccount, isActive: boolean): WantedAccount {
  const { username, name, email, groups } = account;
  return { row: 0, username: username.toLowerCase(), name, email, role: roleOf(groups), isActive };
}

function cellsOf(given: AccountTexts & { readonly username: string; readonly active: boolean }): Cells {
  const cells = {
    利用者名: given.username,
    氏名: given.name,
    メールアドレス: given.email,
    区分: roleNames[given.role],
    団体コード: given.units,
    状態: given.active ? stateNames.active : stateNames.retired,
  };
  return (column) => cells[column];
}
