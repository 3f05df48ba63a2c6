/** Forms that were posted after their session had ended: kept for the same person on the same page of the browser, until it is saved. */

import { gunzipSync, gzipSync } from 'node:zlib';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StorageContext } from './context.ts';
import { maxItemBytes } from './items.ts';
import { recoveredFormKey } from './keys.ts';
import { readItem } from './reads.ts';
import { sha256 } from './seal.ts';

/** In seconds. */
const keptFor = 24 * 60 * 60;
const maxTypedBytes = 1024 * 1024;

const recoveredFormItem = z.object({
  gzip: z.instanceof(Uint8Array),
  /** Seconds since the epoch; the table may be days late to delete. */
  expiresAt: z.int(),
});

interface RecoveredFormKey {
  /** The random id in the browser's cookie. */
  readonly browser: string;
  /** The mark of the person who typed. */
  readonly owner: string;
  /** The path of the page, with what in its query says which page it is. */
  readonly page: string;
}

export interface RecoveredForms {
  /** Keeps what was typed for a day, in place of what was kept for the page before. False when it is too large. */
  saveRecoveredForm(place: RecoveredFormKey, typed: URLSearchParams): Promise<boolean>;
  recoveredForm(place: RecoveredFormKey): Promise<URLSearchParams | undefined>;
  deleteRecoveredForm(place: RecoveredFormKey): Promise<void>;
}

export function createRecoveredForms(context: StorageContext): RecoveredForms {
  const { client, table, now } = context;
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  const keyOf = ({ browser, owner, page }: RecoveredFormKey) => recoveredFormKey(sha256(browser), owner, sha256(page));
  return {
    saveRecoveredForm: async (place, typed) => {
      const text = typed.toString();
      const gzip = gzipSync(text);
      if (text.length > maxTypedBytes || gzip.byteLength > maxItemBytes) return false;
      const item = { ...keyOf(place), gzip, expiresAt: seconds() + keptFor };
      await client.send(new PutCommand({ TableName: table, Item: item }));
      return true;
    },
    recoveredForm: async (place) => {
      const item = await readItem(context, keyOf(place));
      if (item === undefined) return undefined;
      const { gzip, expiresAt } = recoveredFormItem.parse(item);
      return expiresAt > seconds() ? new URLSearchParams(gunzipSync(gzip).toString('utf8')) : undefined;
    },
    deleteRecoveredForm: async (place) => {
      await client.send(new DeleteCommand({ TableName: table, Key: keyOf(place) }));
    },
  };
}
