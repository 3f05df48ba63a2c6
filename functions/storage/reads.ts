/** Strongly consistent reads. */

import { BatchGetItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { attributesOf, valuesOf } from './attribute-values.ts';
import { backoff } from './backoff.ts';
import type { StorageContext } from './context.ts';
import type { ItemKey } from './keys.ts';

export type StoredItem = Readonly<Record<string, unknown>>;

function nameOf({ pk, sk }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([pk, sk]);
}

/** As many as one request takes. */
const mostItems = 100;

/**
 * Up to 100 different items in one request, in the order of the keys, `undefined` where there is none. What DynamoDB
 * leaves unprocessed (over 16 MB, or throttled) is asked for again. Throws when it stays unprocessed.
 */
export async function readItems(
  context: StorageContext,
  keys: readonly ItemKey[],
): Promise<(StoredItem | undefined)[]> {
  const { client, table } = context;
  const found = new Map<string, StoredItem>();
  const pause = backoff(context);
  let left = keys.map(({ pk, sk }) => attributesOf({ pk, sk }));
  while (left.length > 0) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
    );
    const items = (Responses?.[table] ?? []).map(valuesOf);
    for (const item of items) found.set(nameOf(item), item);
    left = UnprocessedKeys?.[table]?.Keys ?? [];
    if (left.length > 0 && items.length === 0 && !(await pause()))
      throw new Error(`${left.length} items stayed unprocessed`);
  }
  return keys.map((key) => found.get(nameOf({ ...key })));
}

/** What is asked for in one turn of the process, before any of it is sent. */
interface Turn {
  readonly keys: ItemKey[];
  readonly items: Promise<(StoredItem | undefined)[]>;
}

const turns = new WeakMap<StorageContext, Turn>();

async function readTurn(context: StorageContext, keys: readonly ItemKey[]): Promise<(StoredItem | undefined)[]> {
  // Whoever asks now joins the next turn.
  await Promise.resolve();
  turns.delete(context);
  const [only] = keys;
  if (keys.length > 1 || only === undefined) return readItems(context, keys);
  const { client, table } = context;
  const Key = attributesOf({ pk: only.pk, sk: only.sk });
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return [Item && valuesOf(Item)];
}

/** One item. Several that are asked for at once, as by `Promise.all`, are one request: a call costs more than an item. */
export async function readItem(context: StorageContext, key: ItemKey): Promise<StoredItem | undefined> {
  let turn = turns.get(context);
  if (turn === undefined || turn.keys.length === mostItems) {
    const keys: ItemKey[] = [];
    turn = { keys, items: readTurn(context, keys) };
    turns.set(context, turn);
  }
  const { keys, items } = turn;
  const known = keys.findIndex(({ pk, sk }) => pk === key.pk && sk === key.sk);
  const index = known < 0 ? keys.push(key) - 1 : known;
  return (await items)[index];
}

interface ItemRange {
  readonly pk: string;
  /** Sort keys from here … */
  readonly from?: string;
  /** … to here, both included. Given with `from`. */
  readonly to?: string;
  readonly prefix?: string;
  /** The attributes wanted; all when absent. */
  readonly attributes?: readonly string[];
}

function rangeQuery(table: string, { pk, from, to, prefix, attributes }: ItemRange): QueryCommandInput {
  const names: [string, string][] = (attributes ?? []).map((name, index) => [`#a${index}`, name]);
  const condition =
    prefix !== undefined
      ? { text: ' AND begins_with(sk, :prefix)', values: { ':prefix': prefix } }
      : from !== undefined && to !== undefined
        ? { text: ' AND sk BETWEEN :from AND :to', values: { ':from': from, ':to': to } }
        : { text: '', values: {} };
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: `pk = :pk${condition.text}`,
    ExpressionAttributeValues: attributesOf({ ':pk': pk, ...condition.values }),
    ...(names.length === 0
      ? {}
      : {
          ProjectionExpression: names.map(([alias]) => alias).join(', '),
          ExpressionAttributeNames: Object.fromEntries(names),
        }),
  };
}

export async function* readItemRange({ client, table }: StorageContext, range: ItemRange): AsyncGenerator<StoredItem> {
  const query = rangeQuery(table, range);
  let from: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: from }));
    for (const item of page.Items ?? []) yield valuesOf(item);
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

export async function readAll(context: StorageContext, range: ItemRange): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  for await (const item of readItemRange(context, range)) items.push(item);
  return items;
}

export interface ItemPage<T> {
  readonly items: readonly T[];
  /** More items follow. */
  readonly more: boolean;
}

/** At most `limit` items from the beginning of a range; fewer, with more to follow, when they are large. */
export async function readPage(
  { client, table }: StorageContext,
  range: ItemRange,
  limit: number,
): Promise<ItemPage<StoredItem>> {
  const { Items, LastEvaluatedKey } = await client.send(
    new QueryCommand({ ...rangeQuery(table, range), Limit: limit }),
  );
  return { items: (Items ?? []).map(valuesOf), more: LastEvaluatedKey !== undefined };
}

/** The same from the end of a range, in the reverse order of its sort keys. */
export async function readLastPage(
  { client, table }: StorageContext,
  range: ItemRange,
  limit: number,
): Promise<ItemPage<StoredItem>> {
  const query = { ...rangeQuery(table, range), Limit: limit, ScanIndexForward: false };
  const { Items, LastEvaluatedKey } = await client.send(new QueryCommand(query));
  return { items: (Items ?? []).map(valuesOf), more: LastEvaluatedKey !== undefined };
}
