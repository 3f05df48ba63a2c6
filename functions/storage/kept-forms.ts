/** Forms that were posted after their session had ended: kept for the same person on the same page of the browser, until it is saved. */

import { gunzipSync, gzipSync } from 'node:zlib';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StorageContext } from './context.ts';
import { keptFormKey } from './keys.ts';
import { readItem } from './reads.ts';
import { sha256 } from './seal.ts';

/** In seconds. */
const keptFor = 24 * 60 * 60;
/** DynamoDB keeps at most 400 KB in an item. */
const maxBytes = 380_000;
const maxTypedBytes = 1024 * 1024;

const keptForm = z.object({
  gzip: z.instanceof(Uint8Array),
  /** Seconds since the epoch; the table may be days late to delete. */
  expiresAt: z.int(),
});

export interface FormPlace {
  /** The random id in the browser's cookie. */
  readonly browser: string;
  /** The mark of the person who typed. */
  readonly owner: string;
  /** The path of the page, with what in its query says which page it is. */
  readonly page: string;
}

export interface KeptForms {
  /** Keeps what was typed for a day, in place of what was kept for the page before. False when it is too large. */
  keepForm(place: FormPlace, typed: URLSearchParams): Promise<boolean>;
  /** What was kept; it stays kept. */
  keptForm(place: FormPlace): Promise<URLSearchParams | undefined>;
  /** What was kept has been saved. */
  forgetForm(place: FormPlace): Promise<void>;
}

export function createKeptForms(context: StorageContext): KeptForms {
  const { client, table, now } = context;
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  const keyOf = ({ browser, owner, page }: FormPlace) => keptFormKey(sha256(browser), owner, sha256(page));
  return {
    keepForm: async (place, typed) => {
      const text = typed.toString();
      const gzip = gzipSync(text);
      if (text.length > maxTypedBytes || gzip.byteLength > maxBytes) return false;
      const item = { ...keyOf(place), gzip, expiresAt: seconds() + keptFor };
      await client.send(new PutCommand({ TableName: table, Item: item }));
      return true;
    },
    keptForm: async (place) => {
      const item = await readItem(context, keyOf(place));
      if (item === undefined) return undefined;
      const { gzip, expiresAt } = keptForm.parse(item);
      return expiresAt > seconds() ? new URLSearchParams(gunzipSync(gzip).toString('utf8')) : undefined;
    },
    forgetForm: async (place) => {
      await client.send(new DeleteCommand({ TableName: table, Key: keyOf(place) }));
    },
  };
}
