/** The answers kept for submissions with an Idempotency-Key. */

import type { ReturnKey } from '../../schemas/return.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { idempotencyItem } from './items.ts';
import type { KeptAnswer } from './items.ts';
import { idempotencyKey } from './keys.ts';
import type { Item } from './reads.ts';
import { sha256 } from './seal.ts';
import type { Write } from './transact.ts';

/** How long an answer is kept, in seconds. */
const keptFor = 24 * 60 * 60;
const longestKey = 255;

interface IdempotentCall {
  readonly key: ReturnKey;
  /** As sent by the caller. */
  readonly name: string;
  readonly body: string;
  readonly now: Date;
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

export function isIdempotencyKey(name: string): boolean {
  return name.length > 0 && name.length <= longestKey;
}

/** The answer given to the same key and body; refused (`idempotency-key-reused`) when the body was another. */
export function keptAnswer({ body, now }: IdempotentCall, item: Item | undefined): Outcome<KeptAnswer | undefined> {
  const kept = item === undefined ? undefined : idempotencyItem.parse(item);
  if (kept === undefined || kept.expiresAt <= seconds(now)) return done(undefined);
  return kept.bodyHash === sha256(body) ? done(kept.answer) : refused('idempotency-key-reused');
}

/** Keeps an answer where none is, or where it has expired. */
export function keepAnswer(table: string, { key, name, body, now }: IdempotentCall, answer: KeptAnswer): Write {
  return {
    Put: {
      TableName: table,
      Item: {
        ...idempotencyKey(key, name),
        bodyHash: sha256(body),
        answer: JSON.stringify(answer),
        expiresAt: seconds(now) + keptFor,
      },
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': seconds(now) },
    },
  };
}
