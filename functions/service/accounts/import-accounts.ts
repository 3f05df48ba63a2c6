/** From the accounts wanted to the accounts there: the plan is told first, and then carried out. */

import type { StoredAccount, WantedAccount } from '../../domain/accounts/account.ts';
import { describeAction, describeError } from '../../domain/accounts/describe.ts';
import { planAccounts } from '../../domain/accounts/plan.ts';
import type { AccountLog } from '../../storage/account-log.ts';
import type { Pool } from '../../storage/account-pool.ts';
import type { SignOuts } from '../../storage/sign-outs.ts';
import { applyRecorded } from './apply.ts';
import { everybody, storedOf } from './people.ts';
import type { PeopleSystem } from './people.ts';

export interface AccountSystem extends PeopleSystem {
  readonly pool: Omit<Pool, 'inviteAgain' | 'forgetPassword' | 'removeAuthenticator'>;
  readonly signOuts: Pick<SignOuts, 'bar' | 'admit' | 'barredAmong'>;
  /** By the clock of whoever issues the tokens. */
  readonly now: () => Date;
  readonly log: Pick<AccountLog, 'record'>;
}

/** In whose name the command acts: nobody of the site. */
export const commandActor = '運用者（npm run accounts）';

export interface ImportOptions {
  readonly dryRun: boolean;
  readonly retireMissing: boolean;
  readonly say: (line: string) => void;
}

/** Everybody: for a command, which may take minutes. */
export async function storedAccounts(system: PeopleSystem): Promise<StoredAccount[]> {
  const accounts: StoredAccount[] = [];
  for await (const people of everybody(system)) accounts.push(...(await storedOf(system, people)));
  return accounts;
}

/**
 * Whether the accounts now stand as wanted, or would. Broken off, it goes on where it was when it is called again;
 * called once more, it finds nothing to do.
 */
export async function importAccounts(
  system: AccountSystem,
  wanted: readonly WantedAccount[],
  { dryRun, retireMissing, say }: ImportOptions,
): Promise<boolean> {
  const plan = planAccounts(wanted, await storedAccounts(system), { retireMissing });
  if (!plan.ok) {
    for (const error of plan.errors) say(describeError(error));
    say(`${plan.errors.length} 件の誤りがあるため、何も変更していません。`);
    return false;
  }
  for (const action of plan.actions) say(describeAction(action));
  for (const username of plan.awaited)
    say(`待機  ${username}: まだサインインしたことがありません。サインインの後で、もう一度実行してください`);
  if (plan.unnamed.length > 0)
    say(`ファイルにない利用中の利用者 ${plan.unnamed.length} 件は、そのままにします: ${plan.unnamed.join('、')}`);
  const invitations = plan.actions.filter(({ kind }) => kind === 'create').length;
  say(`${plan.actions.length} 件を変更します（招待のメール ${invitations} 通）。`);
  if (dryRun) {
    say('--dry-run のため、何も変更していません。');
    return true;
  }
  let applied = 0;
  try {
    for (const action of plan.actions) {
      await applyRecorded({ ...system, accounts: system.pool }, action, commandActor);
      applied += 1;
    }
  } catch (error) {
    say(`${applied} 件を終えたところで止まりました。同じコマンドをもう一度実行すると、続きから行います。`);
    throw error;
  }
  say(`${applied} 件を終えました。`);
  return true;
}
