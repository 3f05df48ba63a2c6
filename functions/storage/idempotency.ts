/** The answers kept for submissions with an Idempotency-Key. */

import type { ReturnKey } from '../../schemas/return.ts';
import { idempotencyItem } from './items.ts';
import type { KeptAnswer } from './items.ts';
import { idempotencyKey } from './keys.ts';
import type { StoredItem } from './reads.ts';
import type { Write } from './transact.ts';

/** How long an answer is kept, in seconds. */
const keptFor = 24 * 60 * 60;

export interface KeptCall {
  /** The idempotency key as sent by the caller. */
  readonly name: string;
  readonly bodyHash: string;
  readonly answer: KeptAnswer;
}

const longestName = 255;

/** Whether an `Idempotency-Key` is one: 1–255 characters. */
export function isIdempotencyName(name: string): boolean {
  return name !== '' && name.length <= longestName;
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

/** `undefined` when nothing is kept, or no longer: an expired item may still be there. */
export function keptCall(name: string, item: StoredItem | undefined, now: Date): KeptCall | undefined {
  const kept = item === undefined ? undefined : idempotencyItem.parse(item);
  if (kept === undefined || kept.expiresAt <= seconds(now)) return undefined;
  return { name, bodyHash: kept.bodyHash, answer: kept.answer };
}

export function keepCall(table: string, key: ReturnKey, { name, bodyHash, answer }: KeptCall, now: Date): Write {
  return {
    Put: {
      TableName: table,
      Item: {
        ...idempotencyKey(key, name),
        bodyHash,
        answer: JSON.stringify(answer),
        expiresAt: seconds(now) + keptFor,
      },
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': seconds(now) },
    },
  };
}
