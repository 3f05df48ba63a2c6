import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints, isBlank, isStorable } from '../../../../schemas/values/text.ts';

describe('isBlank', () => {
  it.each([
    ['nothing', ''],
    ['white space of any width', ' \t\r\n\u00A0\u3000\u2003'],
    ['zero width space, joiner and no-break space', '\u200B\u200D\uFEFF'],
    ['Hangul fillers', '\u3164\u115F\uFFA0'],
    ['the empty Braille cell', '\u2800'],
    ['marks without a letter', '\u3099\u0301\uFE0F'],
    ['marks of direction', '\u202E\u2066'],
  ])('%s cannot be seen', (_, text) => expect(isBlank(text)).toBe(true));

  it.each(['0', '-', '。', '・', '㈱', 'か\u3099', '\u{20BB7}', '\uE000', '☐', ' なし\u200B'])('%j can', (text) =>
    expect(isBlank(text)).toBe(false),
  );
});

describe('isStorable', () => {
  it.each([
    '',
    '自立支援協議会',
    '\u{20BB7}野家',
    'か\u3099',
    '18<age',
    '一行目\n二行目',
    '\t一\r\n二',
    '\u007F',
    '\uFFFD',
  ])('lets %j through', (text) => {
    expect(isStorable(text)).toBe(true);
  });

  it.each([
    '\0',
    'a\0b',
    '\u0001',
    '\b',
    '\v',
    '\f',
    '\u001B[0m',
    '\u001F',
    '\uFFFE',
    '\uFFFF',
    '\uD842',
    '\uDFB7',
    '\uDFB7\uD842',
  ])('refuses control characters, what is no character, and lone surrogates: %j', (text) => {
    expect(isStorable(text)).toBe(false);
  });

  it('takes exactly what XML 1.0 takes', () => {
    const isXml = (each: number): boolean =>
      [9, 10, 13].includes(each) ||
      (each >= 0x20 && each <= 0xd7ff) ||
      (each >= 0xe000 && each <= 0xfffd) ||
      each >= 0x1_0000;
    const anyPoint = fc.oneof(
      fc.integer({ min: 0, max: 0x2f }),
      fc.integer({ min: 0xd7f0, max: 0x1_0010 }),
      fc.integer({ min: 0, max: 0x10_ffff }),
    );
    // Two halves in a row would be one character.
    const points = fc.array(anyPoint, { maxLength: 8 }).map((each) => each.flatMap((point) => [0x41, point]));
    fc.assert(
      fc.property(points, (each) => {
        expect(isStorable(String.fromCodePoint(...each))).toBe(each.every(isXml));
      }),
    );
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
