/** Merging two pages by time. Pure. */

import type { ItemPage } from './reads.ts';

interface Merged<A, B> {
  /** What was taken, in order of time; each stream keeps its own order. */
  readonly order: readonly (A | B)[];
  readonly first: readonly A[];
  readonly second: readonly B[];
  /** Nothing is left of either stream. */
  readonly complete: boolean;
}

/**
 * Takes up to `limit` from the beginnings of two streams, which are both oldest first or both newest first. Where a
 * page ends and its stream goes on, what follows in time is not known, so that the merge ends there too.
 */
export function mergeByTime<A, B>(
  first: ItemPage<A>,
  second: ItemPage<B>,
  timeOf: (item: A | B) => string,
  limit: number,
  direction: 'oldestFirst' | 'newestFirst' = 'oldestFirst',
): Merged<A, B> {
  const order: (A | B)[] = [];
  // At the same time the first stream comes first, looked at from the oldest.
  const precedes = (a: string, b: string): boolean => (direction === 'oldestFirst' ? a <= b : a > b);
  let i = 0;
  let j = 0;
  while (order.length < limit) {
    const a = first.items[i];
    const b = second.items[j];
    if ((a === undefined && first.more) || (b === undefined && second.more)) break;
    if (a !== undefined && (b === undefined || precedes(timeOf(a), timeOf(b)))) {
      order.push(a);
      i += 1;
    } else if (b === undefined) break;
    else {
      order.push(b);
      j += 1;
    }
  }
  const left = first.more || second.more || i < first.items.length || j < second.items.length;
  return { order, first: first.items.slice(0, i), second: second.items.slice(0, j), complete: !left };
}
