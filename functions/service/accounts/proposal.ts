/**
 * A file of accounts (年度当初の一括登録): what it would change, before anything is changed. A long one is gone through in
 * parts, each of which is seen and carried out before the next: what somebody may do is one call of Cognito for each.
 */

import { createHash } from 'node:crypto';
import type { PooledPerson, StoredAccount, WantedAccount } from '../../domain/accounts/account.ts';
import { refusedFor } from '../../domain/accounts/describe.ts';
import { planAccounts, usernameOf } from '../../domain/accounts/plan.ts';
import type { AccountAction } from '../../domain/accounts/plan.ts';
import { done } from '../../domain/outcome.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { everybody, staffOf, storedOf } from './people.ts';
import type { PeopleSystem } from './people.ts';
import { readAccounts } from './read-accounts.ts';
import type { KnownPlaces } from './read-accounts.ts';

export interface FileOptions {
  /** Stops whom the file does not name. */
  readonly retireMissing: boolean;
  /** With which of its accounts the part begins, from 0. */
  readonly from?: number | undefined;
}

export interface FileChange {
  /** As the spreadsheet counts; none for an account that the file does not name. */
  readonly row: number | undefined;
  readonly action: AccountAction;
  /** Once it is carried out; `left` waits for the next time. */
  readonly result?: 'done' | 'failed' | 'left';
}

export interface Proposal {
  readonly changes: readonly FileChange[];
  /** How many rows of the part change nothing. */
  readonly unchanged: number;
  /** Accounts in use that the file does not name, and that stay. */
  readonly unnamed: readonly string[];
  /** Names what is proposed: what is carried out is what was seen. */
  readonly seen: string;
  /** The accounts of the file that were looked at, from 0 and up to before `to`, of so many. */
  readonly part: { readonly from: number; readonly to: number; readonly of: number };
  /** Where the next part begins once this one is carried out. */
  readonly next: number | undefined;
}

/** Accounts of a file in one part, and most that are stopped with the last. */
export const partSize = 200;

/** Whom the file does not name, and whose use has not ended yet. */
async function missingFrom(
  { signOuts }: PeopleSystem,
  people: readonly PooledPerson[],
  named: ReadonlySet<string>,
): Promise<readonly PooledPerson[]> {
  const missing = people.filter(({ username }) => !named.has(username.toLowerCase()));
  const barred = await signOuts.barredAmong(missing.map(({ id }) => id));
  return missing.filter(({ id, isEnabled }) => isEnabled || !barred.has(id));
}

/**
 * In which order a file is carried out in parts: those first without whom nobody could make it good, or a part would stop
 * the last of them before another one names who follows; last, who carries it out and may not go on after that.
 */
function inOrder(accounts: readonly WantedAccount[], self: string | undefined): WantedAccount[] {
  const placeOf = ({ username, role, isActive }: WantedAccount): number => {
    const isOfStaff = isActive && role.kind === 'prefecture';
    const isAdmin = isOfStaff && role.rank === 'admin';
    if (isAdmin) return 0;
    if (username === self) return 3;
    return isOfStaff ? 1 : 2;
  };
  return accounts.toSorted((a, b) => placeOf(a) - placeOf(b));
}

export async function proposeFile(
  bytes: Uint8Array,
  place: KnownPlaces,
  system: PeopleSystem,
  { retireMissing, from = 0, self }: FileOptions & { readonly self: string },
): Promise<Outcome<Proposal>> {
  const read = await readAccounts(bytes, place);
  if (!read.ok) return refusedFor(read.errors);
  const { accounts } = read;
  const named = new Set(accounts.map(({ username }) => username));
  const people: PooledPerson[] = [];
  for await (const some of everybody(system)) people.push(...some);
  const staff = await staffOf(system);
  const isOfStaff = new Set(staff.map(({ username }) => username));
  const others = people.filter(({ username }) => !isOfStaff.has(username));
  // What is wrong with the file is told of all of it; it does not hang on what those who are not of the prefecture may do.
  const unasked = others.map((each): StoredAccount => ({ ...each, groups: [], isBarred: false }));
  const whole = planAccounts(accounts, [...staff, ...unasked], { retireMissing, self });
  if (!whole.ok) return refusedFor(whole.errors);

  const own = people.find(({ id }) => id === self)?.username.toLowerCase();
  const ordered = accounts.length > partSize ? inOrder(accounts, own) : accounts;
  const part = ordered.slice(from, from + partSize);
  const to = from + part.length;
  const inPart = new Set(part.map(({ username }) => username));
  const isLast = to >= accounts.length;
  const missing = retireMissing && isLast ? await missingFrom(system, others, named) : [];
  const asked = [...others.filter(({ username }) => inPart.has(username.toLowerCase())), ...missing.slice(0, partSize)];
  const stored = [...staff, ...(await storedOf(system, asked))];
  const plan = planAccounts(part, stored, { retireMissing: retireMissing && isLast, self, named });
  if (!plan.ok) return refusedFor(plan.errors);
  const rows = new Map(part.map(({ username, row }) => [username, row]));
  const changes = plan.actions.map((action) => ({ row: rows.get(usernameOf(action).toLowerCase()), action }));
  return done({
    changes,
    unchanged: part.length - plan.awaited.length - changes.filter(({ row }) => row !== undefined).length,
    unnamed: whole.unnamed,
    seen: createHash('sha256').update(JSON.stringify(plan.actions)).digest('hex'),
    part: { from, to, of: accounts.length },
    next: isLast ? (missing.length > partSize ? from : undefined) : to,
  });
}
