/**
 * Ending at once all that a person holds: sessions here, and tokens that their issuer would let live for an hour. What
 * they were issued is not looked for; one record of the person says what of it no longer counts, and is read with it.
 */

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StorageContext } from './context.ts';
import { signOutKey } from './keys.ts';
import { readItem, readItems } from './reads.ts';
import { sha256 } from './seal.ts';

/** In seconds: longer than any session or token lives. */
const keptFor = 2 * 24 * 60 * 60;
/** As many as one request reads. */
const atOnce = 100;

const signOutItem = z.object({
  /** Nothing counts, whenever it was issued. */
  barred: z.boolean(),
  /** Seconds since the epoch: nothing that was issued up to then counts. */
  endedAt: z.int(),
});

export interface SignOuts {
  /** Whether what a person was issued then, in seconds since the epoch, has been ended. */
  hasEnded(personId: string, issuedAt: number): Promise<boolean>;
  /** Ends everything, and whatever may yet be issued, until `admit`. */
  bar(personId: string): Promise<void>;
  /** Lets a person sign in anew; what was issued up to the instant stays ended. */
  admit(personId: string, at: Date): Promise<void>;
  barredAmong(personIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export function createSignOuts(context: StorageContext): SignOuts {
  const { client, table } = context;
  const keyOf = (personId: string) => signOutKey(sha256(personId));
  const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);
  return {
    hasEnded: async (personId, issuedAt) => {
      const item = await readItem(context, keyOf(personId));
      if (item === undefined) return false;
      const { barred, endedAt } = signOutItem.parse(item);
      return barred || issuedAt <= endedAt;
    },
    bar: async (personId) => {
      await client.send(new PutCommand({ TableName: table, Item: { ...keyOf(personId), barred: true, endedAt: 0 } }));
    },
    admit: async (personId, at) => {
      const endedAt = secondsOf(at);
      const item = { ...keyOf(personId), barred: false, endedAt, expiresAt: endedAt + keptFor };
      await client.send(new PutCommand({ TableName: table, Item: item }));
    },
    barredAmong: async (personIds) => {
      const different = [...new Set(personIds)];
      const barred = new Set<string>();
      for (let from = 0; from < different.length; from += atOnce) {
        const some = different.slice(from, from + atOnce);
        const items = await readItems(context, some.map(keyOf));
        some.forEach((personId, index) => {
          const item = items[index];
          if (item !== undefined && signOutItem.parse(item).barred) barred.add(personId);
        });
      }
      return barred;
    },
  };
}
