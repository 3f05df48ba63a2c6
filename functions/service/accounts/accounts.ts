/** The people of a deployment, as its own pages and API manage them: the same plans as `npm run accounts` carries out. */

import { roleNames, roleOf, stateNames } from '../../domain/accounts/account.ts';
import type { StoredAccount, WantedAccount } from '../../domain/accounts/account.ts';
import { refusedFor } from '../../domain/accounts/describe.ts';
import { planAccounts } from '../../domain/accounts/plan.ts';
import type { AccountAction } from '../../domain/accounts/plan.ts';
import type { Person } from '../../domain/authorisation.ts';
import { done, refused } from '../../domain/outcome.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { AccountLog } from '../../storage/account-log.ts';
import { DailyMailLimit } from '../../storage/account-pool.ts';
import { applyRecorded } from './apply.ts';
import { removeAuthenticator, renewPassword } from './begin-anew.ts';
import type { WholeSystem } from './begin-anew.ts';
import { storedAccounts } from './import-accounts.ts';
import { proposeFile } from './proposal.ts';
import type { FileChange, Proposal } from './proposal.ts';
import { readAccount } from './read-accounts.ts';
import type { Cells, KnownPlaces } from './read-accounts.ts';

/** What the page or the API says of an account; texts as they stand in the file. */
export interface AccountTexts {
  readonly name: string;
  readonly email: string;
  readonly role: keyof typeof roleNames;
  readonly units: string;
}

interface AccountChange extends Partial<AccountTexts> {
  readonly active?: boolean | undefined;
}

interface FileOptions {
  /** Stops whom the file does not name. */
  readonly retireMissing: boolean;
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
  all(): Promise<readonly StoredAccount[]>;
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
  ): Promise<Outcome<readonly FileChange[]>>;
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

  async function find(id: string): Promise<{ all: readonly StoredAccount[]; account: StoredAccount | undefined }> {
    const all = await storedAccounts(deps);
    return { all, account: all.find((each) => each.id === id) };
  }

  async function carryOut(
    { id, name }: Person,
    wanted: WantedAccount,
    stored: readonly StoredAccount[],
  ): Promise<Outcome<undefined>> {
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
    const { account } = await find(id);
    if (account === undefined) return refused('not-found');
    if (!account.isEnabled) return refusedFor([{ message: '利用を停止しています。先に利用を再開してください。' }]);
    return mailing(() => act(account));
  }

  async function propose({ id }: Person, bytes: Uint8Array, options: FileOptions): Promise<Outcome<Proposal>> {
    if (heldBy === 'provider') return refused('held-by-provider');
    return proposeFile(bytes, await deps.places(), await storedAccounts(deps), { ...options, self: id });
  }

  return {
    heldBy,
    log,
    all: () => storedAccounts(deps),

    invite: async (person, { username, ...given }) => {
      if (heldBy === 'provider') return refused('held-by-provider');
      const read = readAccount(cellsOf({ username, ...given, active: true }), await deps.places(), false);
      if (!read.ok) return refusedFor(read.errors);
      const stored = await storedAccounts(deps);
      if (stored.some((each) => each.username.toLowerCase() === read.account.username))
        return refusedFor([{ column: '利用者名', message: 'この利用者名はすでに登録されています。' }]);
      return carryOut(person, read.account, stored);
    },

    change: async (person, id, { active, ...given }) => {
      const { all, account } = await find(id);
      if (account === undefined) return refused('not-found');
      const isOfPeople = active !== undefined || given.name !== undefined || given.email !== undefined;
      if (heldBy === 'provider' && isOfPeople) return refused('held-by-provider');
      const isActive = active ?? account.isEnabled;
      const kept = wantedAsIs(account, isActive);
      if (Object.keys(given).length === 0) return carryOut(person, kept, all);
      const cells = cellsOf({ ...textsOf(account), ...given, username: account.username, active: isActive });
      // Who was registered without an address may stay so.
      const read = readAccount(cells, await deps.places(), given.email === undefined || account.email === '');
      return read.ok ? carryOut(person, { ...read.account, username: kept.username }, all) : refusedFor(read.errors);
    },

    renewPassword: (person, id) => anew(id, (account) => renewPassword(deps, account, person.name)),
    removeAuthenticator: (person, id) => anew(id, (account) => removeAuthenticator(deps, account, person.name)),
    propose,
    apply: async (person, bytes, { seen, ...options }) => {
      const proposed = await propose(person, bytes, options);
      if (!proposed.ok) return proposed;
      if (proposed.value.seen !== seen) return refused('precondition-failed');
      return done(await applyProposal(person.name, proposed.value));
    },
  };

  async function applyProposal(actor: string, { changes }: Proposal): Promise<readonly FileChange[]> {
    const until = deps.clock().getTime() + applyFor;
    const applied: FileChange[] = [];
    let isMailOver = false;
    for (const change of changes) {
      const { action } = change;
      const isMailing = action.kind === 'create';
      if (deps.clock().getTime() >= until || (isMailing && isMailOver)) {
        applied.push({ ...change, result: 'left' });
        continue;
      }
      try {
        await run(action, actor);
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

export function textsOf(account: StoredAccount): AccountTexts {
  const role = roleOf(account.groups);
  return {
    name: account.name,
    email: account.email,
    role: role.kind === 'prefecture' ? (role.rank ?? 'prefecture') : role.kind,
    units: role.kind === 'municipality' ? role.units.join(';') : '',
  };
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
