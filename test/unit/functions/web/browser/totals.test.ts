import { describe, expect, it } from 'vitest';
import { countIn, sumOf } from '../../../../../functions/web/browser/totals.ts';

describe('a running total', () => {
  it('adds what the server would store', () => {
    expect(sumOf(['12', '１２人', '1,234', ''], '人')).toBe(1258);
    expect(sumOf(['約3', '-', '12,34', '3.5', '-1', '2回'], '人')).toBeUndefined();
    expect(sumOf(['', '0'], '人')).toBe(0);
  });

  it('tells no count from 0', () => {
    expect([countIn('0', '人'), countIn('-', '人'), countIn('', '人'), countIn('三', '人')]).toEqual([
      0,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
