import { array, assert, integer, option, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankUnits } from '../../../../../functions/domain/analysis/unit-ranking.ts';
import type { UnitValue } from '../../../../../functions/domain/analysis/unit-values.ts';

function units(values: readonly (number | null)[]): UnitValue<number>[] {
  return values.map((value, index) => ({
    unit: { code: String(index), name: `団体${index}`, members: [] },
    ...(value === null ? { missing: 'notSubmitted' as const } : { value }),
  }));
}

describe('a ranking by unit', () => {
  it('shares places and leaves out the next', () => {
    const ranked = rankUnits(units([3, null, 9, 3, 0]));
    expect(ranked.map(({ name, rank, missing }) => [name, rank, missing])).toEqual([
      ['団体2', 1, undefined],
      ['団体0', 2, undefined],
      ['団体3', 2, undefined],
      ['団体4', 4, undefined],
      ['団体1', undefined, 'notSubmitted'],
    ]);
  });

  it('has every unit once, and of each as many before it as its place says', () => {
    assert(
      property(array(option(integer({ min: -5, max: 5 }))), (values) => {
        const ranked = rankUnits(units(values));
        expect(ranked.map(({ code }) => code).toSorted()).toEqual(values.map((_, index) => String(index)).toSorted());
        for (const { value, rank } of ranked)
          expect(rank).toBe(
            value === undefined ? undefined : values.filter((each) => each !== null && each > value).length + 1,
          );
      }),
    );
  });
});
