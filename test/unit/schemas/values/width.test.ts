import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseWidth } from '../../../../schemas/values/width.ts';
import { anyText } from './arbitraries.ts';

describe('normaliseWidth', () => {
  it.each([
    ['１２，３４５', '12,345'],
    ['Ｒ６．９．３０', 'R6.9.30'],
    ['４～５', '4~5'],
    ['4〜5', '4~5'],
    ['4–5', '4-5'],
    ['4−5', '4-5'],
    ['4－5', '4-5'],
    ['ー', '-'],
    ['ｰ', '-'],
    ['2024⼗9⽉', '2024⼗9月'],
    [' 令和 ６ 年　９ 月\n', '令和6年9月'],
    ['\u200B \uFEFF', ''],
  ])('spells %j as %j', (typed, spelt) => {
    expect(normaliseWidth(typed)).toBe(spelt);
  });

  it('keeps a space between two digits, which are two numbers', () => {
    expect(normaliseWidth('１　　２')).toBe('1 2');
  });

  it('keeps a space beside a comma, which may part two numbers', () => {
    expect(normaliseWidth('１，　２３４')).toBe('1, 234');
    expect(normaliseWidth('1 ,234')).toBe('1 ,234');
  });

  it('keeps the long vowel of a katakana word', () => {
    expect(normaliseWidth('５ケース')).toBe('5ケース');
  });

  it('does not turn a footnote mark into a digit', () => {
    expect(normaliseWidth('12②')).toBe('12②');
    expect(normaliseWidth('12²')).toBe('12²');
  });

  it('has nothing left to do the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normaliseWidth(text);
        expect(normaliseWidth(once)).toBe(once);
      }),
    );
  });
});
