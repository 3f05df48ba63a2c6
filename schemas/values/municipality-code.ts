import * as z from 'zod/mini';
import { read, readSpelling, unreadable, type Reading } from './reading.ts';

const WEIGHTS = [6, 5, 4, 3, 2] as const;
const PREFECTURE = /^(?:0[1-9]|[1-3]\d|4[0-7])/;

/**
 * The sixth digit of a 全国地方公共団体コード: five digits weighted 6, 5, 4, 3, 2, modulus 11
 * (総務省「全国地方公共団体コード」の検査数字). Anything but five ASCII digits gives `''`.
 *
 * @example checkDigit('11100') // '7', さいたま市
 */
export function checkDigit(fiveDigits: string): string {
  if (!/^\d{5}$/.test(fiveDigits)) return '';
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(fiveDigits.charAt(place)), 0);
  return String((11 - (sum % 11)) % 10);
}

/** Whether a text is six digits, the last of which follows from the other five. */
export function hasValidCheckDigit(code: string): boolean {
  return /^\d{6}$/.test(code) && checkDigit(withoutCheckDigit(code)) === code.charAt(5);
}

/** The five digits of a municipality code as those write it who leave out the check digit. */
export function withoutCheckDigit(code: string): string {
  return code.slice(0, 5);
}

/** A municipality code as stored: six digits with a valid check digit. */
export const municipalityCode = z
  .string({ error: '市町村コードは文字列（6桁の数字）で指定してください。' })
  .check(
    z.regex(/^\d{6}$/, { error: '市町村コードは6桁の数字で指定してください。', abort: true }),
    z.refine(hasValidCheckDigit, {
      error: '市町村コードの検査数字（6桁目）が合いません。コードを確かめて入力し直してください。',
      params: { code: 'wrong-check-digit' },
    }),
  )
  .register(z.globalRegistry, { description: '全国地方公共団体コード（検査数字を含む6桁）' });

/** The code of a prefecture itself (`110001`, 埼玉県): 01 to 47, and 000 where a municipality has its number. */
export const prefectureCode = municipalityCode.check(
  z.regex(/^(?:0[1-9]|[1-3]\d|4[0-7])000\d$/, { error: '都道府県のコード（3〜5桁目が000）を指定してください。' }),
);

/**
 * Reads a municipality code of six digits, or of five, which are taken in one of two ways:
 * the check digit was left off (`11100` for `111007`), or a spreadsheet ate the leading zero
 * (`11002` for `011002`, 札幌市). `11100` may be さいたま市 or 札幌市清田区 (`011100`).
 *
 * `prefecture` (two digits) decides between them, because the two readings always belong to
 * different prefectures. Without it, five digits that can be read both ways are a problem
 * (`ambiguous-code`): a code says whose return it is, so it is never guessed. What was added is
 * said in a notice (`check-digit-added`, `leading-zero-added`).
 *
 * Problems: `empty`, `too-long`, `not-digits`, `wrong-length`, `wrong-check-digit`, `other-prefecture`,
 * `ambiguous-code`.
 */
export function readMunicipalityCode(text: string, prefecture?: string): Reading<string> {
  const spelling = readSpelling(text);
  if (!spelling.ok) return spelling;
  const typed = spelling.value;
  if (!/^\d+$/.test(typed)) return unreadable('not-digits', '市町村コードは数字だけで入力してください。');
  if (typed.length === 5) return readFiveDigits(typed, prefecture);
  if (typed.length !== 6) {
    return unreadable('wrong-length', '市町村コードは6桁（または検査数字を除く5桁）で入力してください。');
  }
  if (!hasValidCheckDigit(typed)) {
    return unreadable(
      'wrong-check-digit',
      `市町村コード「${typed}」は検査数字（6桁目）が合いません。番号を確かめてください。`,
    );
  }
  if (prefecture !== undefined && prefectureOf(typed) !== prefecture) return otherPrefecture(typed);
  return read(typed);
}

function readFiveDigits(typed: string, prefecture: string | undefined): Reading<string> {
  const completed = typed + checkDigit(typed);
  const restored = `0${typed}`;
  const mayBe = (code: string): boolean =>
    hasValidCheckDigit(code) && (prefecture === undefined ? PREFECTURE.test(code) : prefectureOf(code) === prefecture);

  if (mayBe(completed) && mayBe(restored)) {
    return unreadable(
      'ambiguous-code',
      `「${typed}」は「${completed}」（検査数字なし）とも「${restored}」（先頭の0の欠落）とも読めます。6桁で入力してください。`,
    );
  }
  if (mayBe(completed)) {
    return read(completed, {
      code: 'check-digit-added',
      message: `「${typed}」に検査数字を補い、「${completed}」と読み取りました。`,
    });
  }
  if (mayBe(restored)) {
    return read(restored, {
      code: 'leading-zero-added',
      message: `「${typed}」の先頭に0を補い、「${restored}」と読み取りました。`,
    });
  }
  return otherPrefecture(typed);
}

function otherPrefecture(typed: string): Reading<string> {
  return unreadable(
    'other-prefecture',
    `市町村コード「${typed}」は対象の都道府県のコードではありません。コードを確かめて入力し直してください。`,
  );
}

/** The two digits of the prefecture that a municipality code belongs to. */
export function prefectureOf(code: string): string {
  return code.slice(0, 2);
}
