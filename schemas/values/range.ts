import * as z from 'zod/mini';
import { countSchema, printCount, readNumber } from './count.ts';
import { read, readSpelling, unreadable, type Reading, type Unreadable } from './reading.ts';

/** A range as stored: two counts, both included, `min` not above `max`. */
// Marked pure, so that the browser takes the reader below without the schema and zod.
export const rangeSchema = /* @__PURE__ */ z
  .strictObject({ min: countSchema, max: countSchema }, { error: '範囲は最小（min）と最大（max）で指定してください。' })
  .check(/* @__PURE__ */ z.refine(({ min, max }) => min <= max, { error: '範囲の最小が最大より大きくなっています。' }));

export type Range = z.infer<typeof rangeSchema>;

const APPROXIMATELY = /^(?:約|およそ)|(?:程度|前後|くらい|ぐらい|ほど)$/g;
const FROM_TO = /^(?<min>.+?)(?:~|-|から)(?<max>.+?)(?:まで)?$/;

/**
 * Reads a range (`4~5`, `4～5件`, `4から5`) or one number, which is both ends. 程度 and 約 are dropped
 * with the notice `approximate`.
 *
 * Problems: `empty`, `too-long`, `not-a-range`, `reversed`, and those of a count for either end.
 */
export function readRange(text: string, options: { unit?: string } = {}): Reading<Range> {
  const typed = readSpelling(text);
  if (!typed.ok) return typed;
  const exact = typed.value.replace(APPROXIMATELY, '');
  const ends = FROM_TO.exec(exact)?.groups;
  const min = readNumber(ends?.['min'] ?? exact, options.unit);
  const max = readNumber(ends?.['max'] ?? exact, options.unit);
  if (!min.ok) return notARange(min);
  if (!max.ok) return notARange(max);
  if (min.value > max.value) {
    return unreadable('reversed', `範囲の前後が逆です。「${max.value}〜${min.value}」の順に入力してください。`);
  }
  const notice =
    exact === typed.value
      ? undefined
      : { code: 'approximate', message: '「程度」「約」などは省き、数だけを読み取りました。' };
  return read({ min: min.value, max: max.value }, notice);
}

function notARange(reading: Unreadable): Unreadable {
  return reading.problem.code === 'not-a-number'
    ? unreadable('not-a-range', '範囲として読み取れません。「4〜5」または「20」のように入力してください。')
    : reading;
}

/** A range as people read it: `4〜5件`, and `20件` where both ends are the same. */
export function printRange(value: Range, unit = ''): string {
  const max = printCount(value.max, unit);
  return value.min === value.max ? max : `${printCount(value.min)}〜${max}`;
}
