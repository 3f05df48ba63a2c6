/** Somebody lost the device with the authenticator: it is taken off the account, and whoever has the device is out. */

import { storedAccounts } from './import-accounts.ts';
import type { AccountSystem } from './import-accounts.ts';
import type { Pool } from '../../storage/account-pool.ts';

/**
 * Broken off, it leaves nobody in, and may be repeated.
 *
 * @returns whether the account may be used at once; one that was barred in the middle of another change stays so
 * @throws Error when nobody who is in use has the name
 */
export async function removeAuthenticator(
  system: Omit<AccountSystem, 'pool'> & { readonly pool: Pool },
  username: string,
): Promise<boolean> {
  const { pool, signOuts, now } = system;
  const account = (await storedAccounts(system)).find((each) => each.username === username.toLowerCase());
  if (account?.isEnabled !== true) throw new Error(`利用中の利用者に「${username}」はありません。`);
  await signOuts.bar(account.id);
  await pool.removeAuthenticator(account.username);
  await pool.signOut(account.username);
  if (!account.isBarred) await signOuts.admit(account.id, now());
  return !account.isBarred;
}
