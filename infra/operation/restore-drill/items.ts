/** Every item of a table: read, written, kept in a file, hashed. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { BatchWriteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { BatchWriteCommandInput, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import canonicalize from 'canonicalize';
import { setTimeout as wait } from 'node:timers/promises';
import type { StoredItem } from '../../../functions/storage/reads.ts';

export interface TableAt {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/** As many as a BatchWriteItem takes. */
const batchSize = 25;
/** Tries of a batch that DynamoDB did not take whole, each after twice the time. */
const mostTries = 8;

export async function* scan({ client, table }: TableAt): AsyncGenerator<StoredItem> {
  for await (const { Items } of paginateScan({ client }, { TableName: table, ConsistentRead: true }))
    yield* Items ?? [];
}

export function nameOf(item: StoredItem): string {
  return `${String(item['pk'])} ${String(item['sk'])}`;
}

type Request = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

async function send({ client, table }: TableAt, requests: Request[]): Promise<void> {
  let left = requests;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === mostTries)
      throw new Error(`${left.length} 件を書き込めませんでした。時間をおいて、もう一度実行してください。`);
    if (attempt > 0) await wait(50 * 2 ** attempt);
    const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [table]: left } }));
    left = UnprocessedItems?.[table] ?? [];
  }
}

async function write(to: TableAt, requests: AsyncIterable<Request>): Promise<number> {
  let count = 0;
  let batch: Request[] = [];
  for await (const request of requests) {
    batch.push(request);
    if (batch.length < batchSize) continue;
    await send(to, batch);
    count += batch.length;
    batch = [];
  }
  await send(to, batch);
  return count + batch.length;
}

export function putItems(to: TableAt, items: AsyncIterable<StoredItem>): Promise<number> {
  async function* puts(): AsyncGenerator<Request> {
    for await (const item of items) yield { PutRequest: { Item: { ...item } } };
  }
  return write(to, puts());
}

export function deleteItems(from: TableAt, items: AsyncIterable<StoredItem>): Promise<number> {
  async function* deletes(): AsyncGenerator<Request> {
    for await (const { pk, sk } of items) yield { DeleteRequest: { Key: { pk, sk } } };
  }
  return write(from, deletes());
}

/** The one kind of value that JSON does not have. */
function fromBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(fromBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fromBytes(each)]));
}

function toBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toBytes);
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value && typeof value.$bytes === 'string') return new Uint8Array(Buffer.from(value.$bytes, 'base64'));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toBytes(each)]));
}

/** Writes items to a file that only its owner reads, a line of JSON each. */
export async function dumpTo(file: string, items: AsyncIterable<StoredItem>): Promise<void> {
  const output = await open(file, 'wx', 0o600);
  try {
    for await (const item of items) await output.appendFile(`${JSON.stringify(fromBytes(item))}\n`);
  } finally {
    await output.close();
  }
}

export async function* readDump(file: string): AsyncGenerator<StoredItem> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    const item = toBytes(JSON.parse(line));
    if (typeof item === 'object' && item !== null) yield { ...item };
  }
}

/** SHA-256 of an item, whatever the order of its attributes. */
export function hashOfItem(item: StoredItem): string {
  return createHash('sha256')
    .update(canonicalize(fromBytes(item)) ?? '')
    .digest('hex');
}

export async function hashesOf(items: AsyncIterable<StoredItem>): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for await (const item of items) hashes.set(nameOf(item), hashOfItem(item));
  return hashes;
}
