import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codePoints,
  firstCharacters,
  isLongerThan,
  invisibleNameText,
  isBlank,
  isStorable,
  unseenDifference,
} from '../../../../schemas/values/text.ts';

describe('isBlank', () => {
  it.each([
    ['nothing', ''],
    ['white space of any width', ' \t\r\n\u00A0\u3000\u2003'],
    ['zero width space, joiner and no-break space', '\u200B\u200D\uFEFF'],
    ['Hangul fillers', '\u3164\u115F\uFFA0'],
    ['the empty Braille cell', '\u2800'],
    ['marks without a letter', '\u3099\u0301\uFE0F'],
    ['marks of direction', '\u202E\u2066'],
    ['what stands beside the letters of ASCII and the kana', '\u007F\u3040\u3097\u3098'],
  ])('%s cannot be seen', (_, text) => expect(isBlank(text)).toBe(true));

  it.each([...Array.from('0-!~。・ゖヺ鿿㈱☐'), 'か\u3099', '\u{20BB7}', '\uE000', ' なし\u200B'])('%j can', (text) =>
    expect(isBlank(text)).toBe(false),
  );
});

describe('invisibleNameText', () => {
  it.each([
    ['川越\u202E市', 'U+202E'],
    ['川越\u200B市', 'U+200B'],
    ['川越\u00AD市', 'U+00AD'],
    ['\uFEFF川越市', 'U+FEFF'],
    ['川越市\u3164', 'U+3164'],
    ['川越\t市', 'U+0009'],
    ['川越\u2028市', 'U+2028'],
    ['川越\n市', '改行'],
    ['川越\r\n市', '改行'],
  ])('%j is told with its character', (name, what) => {
    expect(invisibleNameText(name)).toContain(what);
    expect(invisibleNameText(name)).toContain('取り除いて入力し直してください。');
  });

  it.each(['川越市', '東 秩父村', 'ふじみ野市\u3000', '葛\u{E0100}城市', '\u{20BB7}川市', 'か\u3099す市', '①区', ''])(
    '%j shows every character',
    (name) => expect(invisibleNameText(name)).toBeUndefined(),
  );
});

describe('unseenDifference', () => {
  it.each([
    ['川越市', '川越\u200B市', 'なし → U+200B'],
    ['川越\u202E市', '川越市', 'U+202E → なし'],
    ['次\uF92C町', '次郎町', 'U+F92C → U+90CE'],
    ['川越市', '川越\u{E0100}市', 'なし → U+E0100'],
    ['第１区', '第1区', 'U+FF11 → U+0031'],
    ['川越 市', '川越市', 'U+0020 → なし'],
  ])('of %j and %j names the characters', (before, after, told) => expect(unseenDifference(before, after)).toBe(told));

  it.each([
    ['川越市', '川越市'],
    ['川越市', '川口市'],
    ['', '川越市'],
    ['川越市', ''],
  ])('of %j and %j has nothing to tell', (before, after) => expect(unseenDifference(before, after)).toBeUndefined());
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

describe('the length of a text', () => {
  it('is compared and cut in characters, none of them in two', () => {
    expect([isLongerThan('𠮷'.repeat(3), 3), isLongerThan('𠮷'.repeat(4), 3), isLongerThan('漢字', 3)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([firstCharacters('𠮷𠮷野家', 3), firstCharacters('𠮷野', 3)]).toEqual(['𠮷𠮷野', '𠮷野']);
  });
});
