/** A file of accounts (年度当初の一括登録): what it would change, before anything is changed. */

import { createHash } from 'node:crypto';
import type { StoredAccount } from '../../domain/accounts/account.ts';
import { refusedFor } from '../../domain/accounts/describe.ts';
import { planAccounts, usernameOf } from '../../domain/accounts/plan.ts';
import type { AccountAction, PlanOptions } from '../../domain/accounts/plan.ts';
import { done } from '../../domain/outcome.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { readAccounts } from './read-accounts.ts';
import type { KnownPlaces } from './read-accounts.ts';

export interface FileChange {
  /** As the spreadsheet counts; none for an account that the file does not name. */
  readonly row: number | undefined;
  readonly action: AccountAction;
  /** Once it is carried out; `left` waits for the next time. */
  readonly result?: 'done' | 'failed' | 'left';
}

export interface Proposal {
  readonly changes: readonly FileChange[];
  /** How many rows change nothing. */
  readonly unchanged: number;
  /** Accounts in use that the file does not name, and that stay. */
  readonly unnamed: readonly string[];
  /** Names what is proposed: what is carried out is what was seen. */
  readonly seen: string;
}

export async function proposeFile(
  bytes: Uint8Array,
  place: KnownPlaces,
  stored: readonly StoredAccount[],
  options: PlanOptions,
): Promise<Outcome<Proposal>> {
  const read = await readAccounts(bytes, place);
  if (!read.ok) return refusedFor(read.errors);
  const plan = planAccounts(read.accounts, stored, options);
  if (!plan.ok) return refusedFor(plan.errors);
  const rows = new Map(read.accounts.map(({ username, row }) => [username, row]));
  const changes = plan.actions.map((action) => ({ row: rows.get(usernameOf(action).toLowerCase()), action }));
  return done({
    changes,
    unchanged: read.accounts.length - plan.awaited.length - changes.filter(({ row }) => row !== undefined).length,
    unnamed: plan.unnamed,
    seen: createHash('sha256').update(JSON.stringify(plan.actions)).digest('hex'),
  });
}
