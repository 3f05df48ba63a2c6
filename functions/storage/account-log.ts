/** The log of what was done with accounts. It belongs to no round, and stays. */

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { accountRecord } from '../domain/accounts/account-log.ts';
import type { AccountRecord } from '../domain/accounts/account-log.ts';
import type { StorageContext } from './context.ts';
import { accountLogKey } from './keys.ts';
import { readLastPage } from './reads.ts';

export interface AccountLog {
  record(what: Omit<AccountRecord, 'at'>): Promise<void>;
  /** Newest first, of before an instant where one is given; `more` when older ones are left. */
  newest(
    limit: number,
    before?: string,
  ): Promise<{ readonly records: readonly AccountRecord[]; readonly more: boolean }>;
}

export function createAccountLog(context: StorageContext): AccountLog {
  const { client, table, now, randomId } = context;
  return {
    record: async (what) => {
      const at = now().toISOString();
      await client.send(new PutCommand({ TableName: table, Item: { ...accountLogKey(at, randomId()), ...what, at } }));
    },
    newest: async (limit, before = '~') => {
      const { pk } = accountLogKey('', '');
      const { items, more } = await readLastPage(context, { pk, from: ' ', to: before }, limit);
      return { records: items.map((item) => accountRecord.parse(item)), more };
    },
  };
}
