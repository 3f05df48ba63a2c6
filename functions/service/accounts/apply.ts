/**
 * Carrying out a plan, step by step in an order that may be broken off anywhere: what was begun shows, and the next
 * plan goes on from there. Nobody is invited twice, since the account itself is the record of its invitation, and
 * nobody acts in a role that was taken away: they are barred before the first step and let in after the last.
 */

import { recordOf } from '../../domain/accounts/account-log.ts';
import type { AccountAction, AttributeChange, GroupChange } from '../../domain/accounts/plan.ts';
import type { Accounts } from '../../storage/account-pool.ts';
import type { AccountLog } from '../../storage/account-log.ts';
import type { SignOuts } from '../../storage/sign-outs.ts';

export interface ApplyDeps {
  readonly accounts: Accounts;
  readonly signOuts: Pick<SignOuts, 'bar' | 'admit'>;
  /** By the clock of whoever issues the tokens. */
  readonly now: () => Date;
}

async function changeGroups({ accounts }: ApplyDeps, username: string, { join, leave }: GroupChange): Promise<void> {
  for (const group of leave) await accounts.leave(username, group);
  for (const group of join) await accounts.join(username, group);
}

async function changeAttributes({ accounts }: ApplyDeps, username: string, attributes: AttributeChange): Promise<void> {
  if (Object.keys(attributes).length > 0) await accounts.setAttributes(username, attributes);
}

async function change(
  deps: ApplyDeps,
  { account, groups, attributes, endsSessions }: AccountAction & { kind: 'change' },
): Promise<void> {
  const { id, username } = account;
  const { accounts, signOuts, now } = deps;
  if (endsSessions) await signOuts.bar(id);
  await changeAttributes(deps, username, attributes);
  await changeGroups(deps, username, groups);
  if (!endsSessions) return;
  await accounts.signOut(username);
  await signOuts.admit(id, now());
}

/** Carries out one action. It may be repeated, whole or from a newer plan. */
async function applyAction(deps: ApplyDeps, action: AccountAction): Promise<void> {
  const { accounts, signOuts, now } = deps;
  switch (action.kind) {
    case 'create':
      await accounts.invite(action);
      return changeGroups(deps, action.username, action.groups);
    case 'change':
      return change(deps, action);
    case 'enable': {
      const { account, attributes, groups } = action;
      // Barred until all is done, however it was disabled.
      await signOuts.bar(account.id);
      await changeAttributes(deps, account.username, attributes);
      await changeGroups(deps, account.username, groups);
      await accounts.enable(account.username);
      return signOuts.admit(account.id, now());
    }
    case 'retire': {
      const { id, username, isEnabled } = action.account;
      await signOuts.bar(id);
      if (!isEnabled) return undefined;
      await accounts.signOut(username);
      return accounts.disable(username);
    }
  }
}

type Recorded = Parameters<AccountLog['record']>[0];

/** Does what is recorded first: nothing happens unsaid, and what breaks off is said to have. */
export async function recorded(
  log: Pick<AccountLog, 'record'>,
  what: Recorded,
  act: () => Promise<void>,
): Promise<void> {
  await log.record(what);
  try {
    await act();
  } catch (error) {
    await log.record({ ...what, failed: true });
    throw error;
  }
}

/** Carries out one action in somebody's name. */
export function applyRecorded(
  deps: ApplyDeps & { readonly log: Pick<AccountLog, 'record'> },
  action: AccountAction,
  actor: string,
): Promise<void> {
  return recorded(deps.log, { ...recordOf(action), actor }, () => applyAction(deps, action));
}
