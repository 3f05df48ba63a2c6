/** Rounds that were disposed of: the record stands in place of the round, and every way to the round meets it. */

import type { Disposal } from '../../schemas/disposal.ts';
import { printDisposal } from '../domain/disposal.ts';
import { refused } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { disposedItem, metaItem } from './items.ts';
import type { MetaItem } from './items.ts';
import { isRoundId, metaKey, roundListKey } from './keys.ts';
import { readItem } from './reads.ts';
import type { StoredItem } from './reads.ts';
import { disposedOf } from './round-list.ts';

export interface Disposals {
  /** The record of a round that was disposed of, or is being. */
  disposal(round: string): Promise<Disposal | undefined>;
  disposals(): Promise<Disposal[]>;
}

function disposalOf(item: StoredItem | undefined): Disposal | undefined {
  return item !== undefined && 'disposal' in item ? disposedItem.parse(item).disposal : undefined;
}

/** The round that an item under META's key stands for; none where it was disposed of. */
export function metaOf(item: StoredItem | undefined): MetaItem | undefined {
  return item === undefined || 'disposal' in item ? undefined : metaItem.parse(item);
}

/** The refusal of whatever is asked about a round, if it was disposed of. */
export function disposedRound(item: StoredItem | undefined): ReturnType<typeof refused> | undefined {
  const disposal = disposalOf(item);
  return disposal && refused('round-disposed', { detail: printDisposal(disposal) });
}

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
        .toSorted((a, b) => (a.referenceDate < b.referenceDate ? -1 : a.referenceDate > b.referenceDate ? 1 : 0));
    },
  };
}
