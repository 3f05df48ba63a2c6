/** The accounts as they stand, as a file to be changed and imported again. */

import { stringify } from 'csv-stringify/sync';
import { accountColumns, roleNameOf, roleOf, stateNames } from '../../domain/accounts/account.ts';
import type { StoredAccount } from '../../domain/accounts/account.ts';
import { isFederated } from '../../domain/accounts/federated.ts';

function remark({ username, isInvited, isEnabled, isBarred }: StoredAccount): string {
  if (isEnabled && isBarred) return '変更が途中で止まっています';
  if (isFederated(username)) return '県の認証基盤の利用者';
  return isEnabled && isInvited ? '招待中（まだサインインしていません）' : '';
}

/** Lines of the file, the accounts in order. */
export function accountLines(accounts: readonly StoredAccount[]): string {
  return linesOf(
    accounts
      .toSorted((a, b) => (a.username < b.username ? -1 : 1))
      .map((account) => {
        const role = roleOf(account.groups);
        return [
          account.username,
          account.name,
          account.email,
          roleNameOf(role),
          role.kind === 'municipality' ? role.units.join(';') : '',
          account.isEnabled ? stateNames.active : stateNames.retired,
          remark(account),
        ];
      }),
  );
}

function linesOf(rows: readonly (readonly string[])[]): string {
  return stringify([...rows], { record_delimiter: '\r\n', quote_record_delimiter: true, escape_formulas: true });
}

/** With a BOM, so that Excel reads it as UTF-8. The last column is for reading only. */
export const accountHeading = `\uFEFF${linesOf([[...accountColumns, '備考']])}`;

export function writeAccounts(accounts: readonly StoredAccount[]): string {
  return accountHeading + accountLines(accounts);
}
