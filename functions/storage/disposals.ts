/** Rounds that were disposed of: the record stands in place of the round, and every way to the round meets it. */

import type { Disposal } from '../../schemas/disposal.ts';
import { goneRound } from '../domain/disposal.ts';
import type { refused } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { disposedItem, metaItem } from './items.ts';
import type { MetaItem } from './items.ts';
import { isRoundId, metaKey, roundListKey } from './keys.ts';
import { readItem } from './reads.ts';
import type { StoredItem } from './reads.ts';
import { delistRound, disposedOf } from './round-list.ts';
import type { Write } from './transact.ts';

export interface Disposals {
  /** The record of a round that was disposed of, or is being. */
  disposal(round: string): Promise<Disposal | undefined>;
  disposals(): Promise<Disposal[]>;
}

function disposalOf(item: StoredItem | undefined): Disposal | undefined {
  return item !== undefined && 'disposal' in item ? disposedItem.parse(item).disposal : undefined;
}

/** Whoever asks for a round in the same turn is given the same item. */
const metas = new WeakMap<StoredItem, MetaItem>();

/** The round that an item under META's key stands for; none where it was disposed of. */
export function metaOf(item: StoredItem | undefined): MetaItem | undefined {
  if (item === undefined || 'disposal' in item) return undefined;
  const meta = metas.get(item) ?? metaItem.parse(item);
  metas.set(item, meta);
  return meta;
}

/** The refusal of whatever is asked about a round, if it was disposed of. */
export function disposedRound(item: StoredItem | undefined): ReturnType<typeof refused> | undefined {
  const disposal = disposalOf(item);
  return disposal && goneRound(disposal);
}

/** Closes a round to everybody: the record in place of its META, and its name among those that are gone. */
export function closeRound(
  table: string,
  disposal: Disposal,
  { seq }: Pick<MetaItem, 'seq'>,
  operation: string,
): Write[] {
  const { round } = disposal;
  const put = {
    TableName: table,
    Item: { ...metaKey(round), disposal: JSON.stringify(disposal), operation },
    ConditionExpression: 'seq = :seen',
    ExpressionAttributeValues: { ':seen': seq },
  };
  return [{ Put: put }, ...delistRound(table, round, operation)];
}

const before = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function createDisposals(context: StorageContext): Disposals {
  const disposal: Disposals['disposal'] = async (round) =>
    isRoundId(round) ? disposalOf(await readItem(context, metaKey(round))) : undefined;
  return {
    disposal,
    disposals: async () => {
      const ids = disposedOf(await readItem(context, roundListKey));
      const records = await Promise.all(ids.map(disposal));
      return records
        .filter((record) => record !== undefined)
        .toSorted((a, b) => before(a.referenceDate, b.referenceDate) || before(a.round, b.round));
    },
  };
}
