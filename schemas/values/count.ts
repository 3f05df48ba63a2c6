import * as z from 'zod/mini';
import { read, readSpelling, unreadable, type Reading } from './reading.ts';
import { isPlacesFor, isSameUnit, isUnit } from './units.ts';

/** A count as stored: a whole number from 0. */
// Marked pure, so that the browser takes the reader below without the schema and zod.
export const countSchema = /* @__PURE__ */ z
  .int({ error: '0以上の整数で指定してください。' })
  .check(/* @__PURE__ */ z.minimum(0, { error: '0以上の整数で指定してください。' }));

interface CountOptions {
  /** The unit that the question counts in, `回`; it may be typed behind the number. */
  unit?: string;
  /** Whether 該当なし is an answer to the question: `-` is then read as null. */
  nullable?: boolean;
}

const NOT_APPLICABLE = /^(?:-+|なし|無し|無|該当なし|該当無し)$/;
/** A unit never begins like the number, so that a text that does not match is given up in one pass. */
const WRITTEN = /^(?<sign>[-▲△]?)(?<whole>\d[\d,]*)(?:\.(?<fraction>\d+))?(?<unit>(?:[^\d,.]\D*)?)$/;
const GROUPED = /^[1-9]\d{0,2}(?:,\d{3})+$/;

/**
 * Reads a count: digits of either width, `1,234`, its unit behind it (`12回`), and where the question
 * allows it `-` or `なし` as null, which is neither 0 nor unanswered. `12.0` is twelve; `1.000` may be
 * a thousand written with a point, and is asked about. `3箇所` of 事業所 and the like is read with the notice `converted`.
 *
 * Problems: `empty`, `too-long`, `not-a-number`, `not-applicable` (where null is no answer), `negative`,
 * `fractional`, `ambiguous-point`, `misplaced-comma`, `too-large`, `unexpected-unit`.
 */
export function readCount(text: string, options: CountOptions = {}): Reading<number | null> {
  const typed = readSpelling(text);
  if (!typed.ok) return typed;
  if (NOT_APPLICABLE.test(typed.value)) {
    return options.nullable === true
      ? read(null)
      : unreadable(
          'not-applicable',
          'この項目に「該当なし」はありません。ないときは0と入力し、わからないときは空欄のままにしてください。',
        );
  }
  return readNumber(typed.value, options.unit);
}

/** Reads a count where null is no answer; the text has one spelling of widths already. */
export function readNumber(typed: string, unit: string | undefined): Reading<number> {
  const groups = WRITTEN.exec(typed)?.groups;
  const whole = groups?.['whole'] ?? '';
  const typedUnit = groups?.['unit'] ?? '';
  if (whole === '') return unreadable('not-a-number', '数として読み取れません。数字で入力してください。');
  const isPlaces = isPlacesFor(typedUnit, unit);
  if (typedUnit !== '' && !isPlaces && !isSameUnit(typedUnit, unit)) return unexpectedUnit(typedUnit, unit);
  if (whole.includes(',') && !GROUPED.test(whole)) {
    return unreadable(
      'misplaced-comma',
      '桁区切りのコンマの位置が正しくありません。「1,234」のように3桁ごとに入力してください。',
    );
  }
  if (groups?.['sign'] !== '') {
    return unreadable('negative', '負の数は入力できません。0以上の整数で入力してください。');
  }
  const fraction = groups?.['fraction'] ?? '';
  if (/[1-9]/.test(fraction)) {
    return unreadable('fractional', '小数は入力できません。整数で入力してください。');
  }
  if (fraction.length > 2) {
    return unreadable(
      'ambiguous-point',
      `「${whole}.${fraction}」は「${whole}」とも「${whole}${fraction}」とも読めます。点を付けずに入力してください。`,
    );
  }
  const value = Number(whole.replaceAll(',', ''));
  if (!Number.isSafeInteger(value)) return unreadable('too-large', '数が大きすぎます。桁数を確かめてください。');
  if (!isPlaces) return read(value);
  return read(value, { code: 'converted', message: `「${typed}」は「${printCount(value, unit)}」と読み取りました。` });
}

function unexpectedUnit(typedUnit: string, unit: string | undefined): Reading<number> {
  if (!isUnit(typedUnit)) {
    return unreadable('not-a-number', '数として読み取れません。数字だけを入力してください。');
  }
  return unit === undefined
    ? unreadable('unexpected-unit', `単位「${typedUnit}」は付けずに、数字だけを入力してください。`)
    : unreadable('unexpected-unit', `単位が「${typedUnit}」になっています。この項目の単位は「${unit}」です。`);
}

/** A count as people read it: `1,234回`; null (該当なし) is `-`. */
export function printCount(value: number | null, unit = ''): string {
  if (value === null) return '-';
  // A stored -0 is zero, and is printed so.
  const count = value + 0;
  // Whole numbers without the formatter, whose first use loads what it knows of every language: a start has time for none.
  const text = Number.isSafeInteger(count)
    ? String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
    : count.toLocaleString('en-US');
  return `${text}${unit}`;
}

/**
 * A mean as the sources print it: cut, not rounded, to one decimal, and marked 約 when it was cut. A sum in units of a
 * decimal keeps its `places`.
 */
export function printMean(sum: number, base: number, places = 0): string {
  const digits = Math.max(1, places);
  const scaled = sum * 10 ** (digits - places);
  return `${scaled % base === 0 ? '' : '約'}${(Math.trunc(scaled / base) / 10 ** digits).toFixed(digits)}`;
}
