import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeByTime } from '../../../../functions/storage/merge.ts';

const at = (...times: number[]) => times.map((time) => ({ at: String(time).padStart(4, '0') }));
const timeOf = (item: { at: string }) => item.at;
const page = <T>(items: readonly T[], more = false) => ({ items, more });

describe('merging two pages by time', () => {
  it('takes the oldest of both, the first stream first at the same time', () => {
    const { order, complete } = mergeByTime(page(at(1, 3, 5)), page(at(2, 3, 9)), timeOf, 10);
    expect(order.map(timeOf).map(Number)).toEqual([1, 2, 3, 3, 5, 9]);
    expect(complete).toBe(true);
  });

  it('stops at the limit and says that more is left', () => {
    const merged = mergeByTime(page(at(1, 2)), page(at(3)), timeOf, 2);
    expect(merged).toMatchObject({ first: at(1, 2), second: [], complete: false });
  });

  it('stops where a page ends and its stream goes on', () => {
    const merged = mergeByTime(page(at(1), true), page(at(2, 3)), timeOf, 10);
    expect(merged).toMatchObject({ order: at(1), complete: false });
  });

  it('takes the newest of both where they are newest first: the reverse of the other direction', () => {
    const { order } = mergeByTime(page(at(5, 3, 1)), page(at(9, 3, 2)), timeOf, 10, 'newestFirst');
    expect(order.map(timeOf).map(Number)).toEqual([9, 5, 3, 3, 2, 1]);
    const tie = mergeByTime(
      page([{ at: '3', is: 'first' }]),
      page([{ at: '3', is: 'second' }]),
      timeOf,
      10,
      'newestFirst',
    );
    expect(tie.order.map(({ is }) => is)).toEqual(['second', 'first']);
  });

  it('gives every item once, in order, whatever the sizes of pages', () => {
    const times = fc.array(fc.nat(9999), { maxLength: 30 }).map((all) => at(...all.toSorted((a, b) => a - b)));
    fc.assert(
      fc.property(times, times, fc.integer({ min: 1, max: 7 }), (a, b, limit) => {
        const seen: { at: string }[] = [];
        let i = 0;
        let j = 0;
        for (let complete = false; !complete;) {
          const next = (all: typeof a, from: number) => page(all.slice(from, from + limit), from + limit < all.length);
          const merged = mergeByTime(next(a, i), next(b, j), timeOf, limit);
          expect(merged.order.length > 0 || merged.complete).toBe(true);
          seen.push(...merged.order);
          i += merged.first.length;
          j += merged.second.length;
          ({ complete } = merged);
        }
        expect(seen.map(timeOf)).toEqual([...a, ...b].map(timeOf).toSorted());
      }),
    );
  });
});
