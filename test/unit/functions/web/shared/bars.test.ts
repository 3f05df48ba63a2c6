import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barLength, segments } from '../../../../../functions/web/shared/bars.ts';

describe('segments of a whole', () => {
  it('lie side by side over the whole width, without those of 0', () => {
    expect(
      segments(
        [
          ['a', 1],
          ['b', 0],
          ['c', 3],
        ],
        400,
      ),
    ).toEqual([
      { key: 'a', value: 1, x: 0, width: 100 },
      { key: 'c', value: 3, x: 100, width: 300 },
    ]);
  });

  it('are none where there is nothing', () => {
    expect(segments([['a', 0]], 400)).toEqual([]);
  });

  it('never leave the width', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { minLength: 1, maxLength: 6 }), (values) => {
        const laid = segments(
          values.map((value, index) => [String(index), value] as const),
          600,
        );
        for (const { x, width } of laid) expect(x + width).toBeLessThanOrEqual(600.02);
      }),
    );
  });
});

describe('a bar', () => {
  it('is as long as its part of the greatest', () => {
    expect(barLength(5, 20, 200)).toBe(50);
    expect(barLength(30, 20, 200)).toBe(200);
    expect(barLength(1, 0, 200)).toBe(0);
  });
});
