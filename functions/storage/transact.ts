/**
 * Writing under optimistic concurrency: read, decide, write under the condition that nothing read has changed; when it
 * has, read and decide again. Nothing is ever written twice: each try carries a token in an item of its own, and a try
 * whose answer was lost is looked up by it before the next one.
 */

import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  ProvisionedThroughputExceededException,
  PutItemCommand,
  RequestLimitExceeded,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { attributesOf } from './attribute-values.ts';
import { backoff } from './backoff.ts';
import type { StorageContext } from './context.ts';
import type { ItemKey } from './keys.ts';
import { readItems } from './reads.ts';
import type { StoredItem } from './reads.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export function putNew(table: string, item: ItemKey & Readonly<Record<string, unknown>>): Write {
  return { Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

export type TransactionStep<T> =
  | { readonly kind: 'settled'; readonly value: T }
  | {
      readonly kind: 'write';
      readonly writes: readonly Write[];
      /** The item that these writes put with the token of the try, as `operation` or among `operations`. */
      readonly proof: ItemKey;
      readonly value: T;
    };

/** A try whose answer was lost: it may have been written, or may still be. */
interface Unsure<T> {
  readonly proof: ItemKey;
  readonly operation: string;
  readonly value: T;
}

/** How often an answer may be lost before its error goes to the caller. */
export const lostAnswers = 2;

const retriedReasons = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Whether the error says that nothing was written, and that another try may succeed. */
export function isConflict(error: unknown): boolean {
  if (error instanceof TransactionCanceledException)
    return (error.CancellationReasons ?? []).every(({ Code }) => Code === undefined || retriedReasons.has(Code));
  return (
    error instanceof TransactionConflictException ||
    error instanceof ProvisionedThroughputExceededException ||
    error instanceof RequestLimitExceeded ||
    error instanceof ThrottlingException
  );
}

/** Whether AWS says that nothing was written and that no other try will do better. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof DynamoDBServiceException &&
    error.$fault === 'client' &&
    !(error instanceof ConditionalCheckFailedException || error instanceof TransactionInProgressException)
  );
}

interface Expression {
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

function valuesIn({ ExpressionAttributeValues: values }: Expression) {
  return values === undefined ? {} : { ExpressionAttributeValues: attributesOf(values) };
}

function keyed<Keyed extends Expression & { readonly Key: Readonly<Record<string, unknown>> | undefined }>(
  write: Keyed,
) {
  return { ...write, Key: attributesOf(write.Key ?? {}), ...valuesIn(write) };
}

function attributesOfWrite({ Put, Update, Delete, ConditionCheck }: Write): TransactWriteItem {
  if (Put !== undefined) return { Put: { ...Put, Item: attributesOf(Put.Item ?? {}), ...valuesIn(Put) } };
  if (Update !== undefined) return { Update: keyed(Update) };
  if (Delete !== undefined) return { Delete: keyed(Delete) };
  return ConditionCheck === undefined ? {} : { ConditionCheck: keyed(ConditionCheck) };
}

/** One request: several writes as a transaction, a single Put as itself. The SDK gives each transaction its token. */
export async function send({ client }: StorageContext, writes: readonly Write[]): Promise<void> {
  const items = writes.map(attributesOfWrite);
  const [only] = items;
  await (items.length === 1 && only?.Put !== undefined
    ? client.send(new PutItemCommand(only.Put))
    : client.send(new TransactWriteItemsCommand({ TransactItems: items })));
}

function operationsOf(item: StoredItem | undefined): readonly unknown[] {
  const operations = item?.['operations'];
  return Array.isArray(operations) ? operations : [];
}

async function findWritten<T>(context: StorageContext, tries: readonly Unsure<T>[]): Promise<Unsure<T> | undefined> {
  if (tries.length === 0) return undefined;
  const proofs = new Map(tries.map(({ proof }) => [`${proof.pk} ${proof.sk}`, proof]));
  const items = await readItems(context, [...proofs.values()]);
  const operations = new Set(items.flatMap((item) => [item?.['operation'], ...operationsOf(item)]));
  return tries.find(({ operation }) => operations.has(operation));
}

/**
 * Runs `decide` until what it wants is written or it refuses, `busy` when it takes too long. `decide` gets the token
 * of the try, to be put into its proof.
 *
 * @throws what AWS throws, when another try cannot help
 */
export async function transact<T>(
  context: StorageContext,
  decide: (operation: string) => Promise<Outcome<TransactionStep<T>>>,
): Promise<Outcome<T>> {
  const pause = backoff(context);
  const unsure: Unsure<T>[] = [];
  const lost: unknown[] = [];
  do {
    const written = await findWritten(context, unsure);
    if (written !== undefined) return done(written.value);
    if (lost.length > lostAnswers) throw lost.at(-1);
    const operation = context.randomId();
    const decided = await decide(operation);
    if (!decided.ok) return decided;
    const step = decided.value;
    if (step.kind === 'settled') return done(step.value);
    try {
      await send(context, step.writes);
      return done(step.value);
    } catch (error) {
      if (isConflict(error)) continue;
      if (isRefusal(error)) throw error;
      // A failed condition of a single Put may be our own: the SDK repeats a request whose answer it did not get.
      if (!(error instanceof ConditionalCheckFailedException)) lost.push(error);
      unsure.push({ proof: step.proof, operation, value: step.value });
    }
  } while (await pause());
  const written = await findWritten(context, unsure);
  if (written !== undefined) return done(written.value);
  return refused('busy', { retryAfterSeconds: 5 });
}
