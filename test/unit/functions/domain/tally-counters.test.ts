import { array, assert, constantFrom, nat, option, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram, OptionCounts } from '../../../../functions/domain/tally-counters.ts';

function histogram(...values: readonly number[]): Histogram {
  const counted = new Histogram();
  for (const value of values) counted.add(value);
  return counted;
}

function figures(counted: Histogram) {
  return { base: counted.base, sum: counted.sum, ...counted.spread() };
}

describe('numbers', () => {
  it('have a sum, a median, a minimum and a maximum', () => {
    expect(figures(histogram(3, 0, 5, 0))).toEqual({ base: 4, sum: 8, min: 0, max: 5, median: 1.5 });
    expect(figures(histogram(7, 1, 2))).toEqual({ base: 3, sum: 10, min: 1, max: 7, median: 2 });
    expect(figures(histogram(4))).toEqual({ base: 1, sum: 4, min: 4, max: 4, median: 4 });
  });

  it('counted as zeros are not the same as none', () => {
    expect(figures(histogram(0))).toEqual({ base: 1, sum: 0, min: 0, max: 0, median: 0 });
    expect(histogram().spread()).toBeUndefined();
    expect(histogram().base).toBe(0);
  });

  it('are compared as numbers, not as texts', () => {
    expect(figures(histogram(10, 9, 100))).toMatchObject({ min: 9, max: 100, median: 10 });
  });

  it('merge to what they are together, in any order, however large', () => {
    const numbers = array(option(nat(9), { nil: Number.MAX_SAFE_INTEGER }), { maxLength: 12 });
    assert(
      property(numbers, numbers, (a, b) => {
        const merged = histogram(...a);
        merged.merge(histogram(...b));
        expect(figures(merged)).toEqual(figures(histogram(...a, ...b)));
        expect(figures(merged)).toEqual(figures(histogram(...b, ...a)));
      }),
    );
  });
});

describe('options', () => {
  it('count who chose them, by code', () => {
    const counts = new OptionCounts();
    for (const unit of ['112011', '111007']) counts.choose('x', unit);
    expect(counts.total('x')).toBe(2);
    expect(counts.units('x')).toEqual(['111007', '112011']);
    expect(counts.total('y')).toBe(0);
    expect(counts.units('y')).toEqual([]);
  });

  it('count entries without a unit', () => {
    const counts = new OptionCounts();
    counts.choose('x', undefined);
    expect(counts.total('x')).toBe(1);
    expect(counts.units('x')).toEqual([]);
  });

  it('merge to what they are together', () => {
    const chosen = array(tuple(constantFrom('x', 'y'), option(constantFrom('a', 'b', 'c'), { nil: undefined })));
    const counted = (all: readonly [string, string | undefined][]): OptionCounts => {
      const counts = new OptionCounts();
      for (const [option, unit] of all) {
        counts.base += 1;
        counts.choose(option, unit);
      }
      return counts;
    };
    const figuresOf = (counts: OptionCounts) => [
      counts.base,
      ...['x', 'y'].map((each) => [counts.total(each), counts.units(each)]),
    ];
    assert(
      property(chosen, chosen, (a, b) => {
        const merged = counted(a);
        merged.merge(counted(b));
        expect(figuresOf(merged)).toEqual(figuresOf(counted([...a, ...b])));
      }),
    );
  });
});
