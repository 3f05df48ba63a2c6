import { describe, expect, it } from 'vitest';
import { numberIn } from '../../../../../functions/web/browser/totals.ts';

describe('a number as typed', () => {
  it.each([
    ['12', 12],
    ['１２人', 12],
    ['1,234', 1234],
    ['', 0],
    ['-', 0],
    ['約3', 0],
  ])('%s', (text, value) => {
    expect(numberIn(text)).toBe(value);
  });
});
