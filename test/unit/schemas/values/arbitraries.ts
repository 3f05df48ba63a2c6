import * as fc from 'fast-check';

/** Texts nobody should have typed: NUL, lone surrogates, a megabyte of what readers look for. */
export const hostileTexts: readonly string[] = [
  '\0',
  '\uD800',
  'か\u3099',
  '\u{20BB7}',
  '年',
  '令和',
  '1',
  '-'.repeat(1_000_000),
  '1'.repeat(1_000_000),
  '1,'.repeat(500_000),
  ' '.repeat(1_000_000) + 'x',
  '4~'.repeat(500_000),
  '令和'.repeat(500_000),
  'から'.repeat(500_000),
  '程度'.repeat(500_000),
  '\u{20BB7}'.repeat(500_000),
];

const FRAGMENTS =
  '令和 R ㍻ 昭 元 年 月 日 度 末 回 件 毎 隔 週 随時 程度 約 〜 ～ - ー − から ＋ , ， . / 0 1 ６ 31 2024 11002'
    .split(' ')
    .concat(' ', '\u3000');

/** Arbitrary texts: any UTF-16 at all, any code points, and plausible fragments in any order. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 8 }).map((parts) => parts.join('')),
);

/** Days that exist from 1868 to 2999, as ISO days. */
export const isoDay = fc
  .date({ min: new Date('1868-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
