/** Somebody lost the password, or the device with the authenticator: whoever has it is out, and the owner begins anew. */

import type { StoredAccount } from '../../domain/accounts/account.ts';
import type { Pool } from '../../storage/account-pool.ts';
import { recorded } from './apply.ts';
import type { AccountSystem } from './import-accounts.ts';
import { accountBy } from './people.ts';

export interface WholeSystem extends Omit<AccountSystem, 'pool'> {
  readonly pool: Pool;
}

/**
 * Keeps an account out while it changes. Broken off, it leaves nobody in, and may be repeated.
 *
 * @returns whether the account may be used at once; one that was barred in the middle of another change stays so
 */
async function keptOut(
  { pool, signOuts, now }: WholeSystem,
  account: StoredAccount,
  change: () => Promise<void>,
): Promise<boolean> {
  await signOuts.bar(account.id);
  await change();
  await pool.signOut(account.username);
  if (!account.isBarred) await signOuts.admit(account.id, now());
  return !account.isBarred;
}

/** Takes the authenticator off an account in use. */
export async function removeAuthenticator(
  system: WholeSystem,
  account: StoredAccount,
  actor: string,
): Promise<boolean> {
  const { username } = account;
  const what = { what: 'removeAuthenticator', actor, username } as const;
  await recorded(system.log, what, async () => {
    await keptOut(system, account, () => system.pool.removeAuthenticator(username));
  });
  return !account.isBarred;
}

/** Mails a temporary password for an account in use: to who was invited and has not come, the invitation once more. */
export async function renewPassword(system: WholeSystem, account: StoredAccount, actor: string): Promise<boolean> {
  const { username, isInvited } = account;
  await recorded(system.log, { what: 'newPassword', actor, username }, async () => {
    if (isInvited) return system.pool.inviteAgain(username);
    await keptOut(system, account, () => system.pool.forgetPassword(username));
    return system.pool.inviteAgain(username);
  });
  return !account.isBarred;
}

/** @throws Error when nobody who is in use has the name */
export async function accountInUse(system: WholeSystem, username: string): Promise<StoredAccount> {
  const account = await accountBy(system, 'username', username.toLowerCase());
  if (account?.isEnabled !== true) throw new Error(`利用中の利用者に「${username}」はありません。`);
  return account;
}
