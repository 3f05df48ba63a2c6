import { describe, expect, it } from 'vitest';
import { codePoints, isStorable } from '../../../../schemas/values/text.ts';

describe('isStorable', () => {
  it.each(['', '自立支援協議会', '\u{20BB7}野家', 'か\u3099', '18<age', '一行目\n二行目'])('lets %j through', (text) => {
    expect(isStorable(text)).toBe(true);
  });

  it.each(['\0', 'a\0b', '\uD842', '\uDFB7', '\uDFB7\uD842'])('refuses NUL and lone surrogates: %j', (text) => {
    expect(isStorable(text)).toBe(false);
  });
});

describe('codePoints', () => {
  it.each([
    ['', 0],
    ['協議会', 3],
    ['\u{20BB7}', 1],
    ['か\u3099', 2],
    ['\uD842', 1],
  ])('counts %j as %i', (text, length) => {
    expect(codePoints(text)).toBe(length);
  });
});
