/** Storage on the real clock, with real randomness: what Lambda and the laptop pass in. */

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Catalogue } from '../../schemas/form.ts';
import type { StorageContext } from './context.ts';

export function runtimeStorage(
  client: DynamoDBDocumentClient,
  table: string,
  forms: Catalogue,
  prefecture?: string,
): StorageContext {
  return {
    ...(prefecture === undefined ? {} : { prefecture }),
    client,
    table,
    forms,
    now: () => new Date(),
    randomId: () => randomUUID(),
    wait: async (milliseconds) => {
      await wait(milliseconds);
    },
    random: () => Math.random(),
  };
}
