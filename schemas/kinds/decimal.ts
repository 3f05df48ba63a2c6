import * as z from 'zod/mini';
import { question } from './question.ts';
import type { Question } from './question.ts';
import { readCount } from '../values/count.ts';
import { read, readSpelling, unreadable } from '../values/reading.ts';
import type { Reading } from '../values/reading.ts';
import { fractional } from './cells.ts';
import { numberBlank } from './count.ts';
import type { Defines, SingleKind } from './kind.ts';
import { limited } from './limits.ts';
import type { Limits } from './limits.ts';
import { asTyped } from './printing.ts';

/** A number of at most `places` decimals in a unit; below zero only where its limits are. */
export interface DecimalDefinition extends Defines<'decimal'>, Limits {
  readonly unit: string;
  readonly places: number;
}

/** Up to here numbers keep four decimals exactly. */
const largest = 1e11;

/** A number with decimals (職員数 2.5人, 割合 12.3%); one outside the limits asks for a reason. */
export function decimal(label: string, unit: string, size: Limits & { readonly places: number }): Question<number> {
  return question<number>({
    label,
    required: false,
    nullable: false,
    visibility: 'open',
    kind: 'decimal',
    unit,
    ...size,
  });
}

interface DecimalOptions extends Pick<DecimalDefinition, 'unit' | 'places'> {
  readonly nullable?: boolean;
  /** Below zero a minus may be typed. */
  readonly min?: number;
}

const WITH_POINT = /^(?<sign>-?)(?<whole>\d[\d,]*)\.(?<fraction>\d+)(?<rest>\D*)$/;
const MINUS = /^[-▲△](?=\d)/;

/**
 * Reads a decimal as {@link readCount} reads a count, with a point. Exactly three zeros behind the point may be the
 * groups of a thousand, and are asked about: `1.000` is neither 1 nor 1,000.
 *
 * Problems besides those of a count: `too-many-places`.
 */
export function readDecimal(text: string, options: DecimalOptions): Reading<number | null> {
  const { unit, places, nullable = false, min = 0 } = options;
  const typed = readSpelling(text);
  if (!typed.ok) return typed;
  if (min < 0 && MINUS.test(typed.value)) {
    const { min: _, ...positive } = options;
    const reading = readDecimal(typed.value.slice(1), positive);
    // No -0 is stored.
    return reading.ok && reading.value !== null ? read(0 - reading.value) : reading;
  }
  const { sign = '', whole = '', fraction = '', rest = '' } = WITH_POINT.exec(typed.value)?.groups ?? {};
  // Signs, commas and units are judged of the whole part; a point with zeros alone is for the count to refuse.
  const reading = readCount(fraction === '' ? typed.value : `${sign}${whole}${rest}`, { unit, nullable });
  if (!reading.ok || reading.value === null || fraction === '') return reading;
  if (fraction === '000')
    return unreadable(
      'ambiguous-point',
      `「${whole}.${fraction}」は「${whole}」とも「${whole}${fraction}」とも読めます。点を付けずに入力してください。`,
    );
  return fraction.length > places
    ? unreadable('too-many-places', `小数は${places}桁までで入力してください。`)
    : read(Number(`${reading.value}.${fraction}`));
}

/** As people read it: `1,234.5時間`. */
export function printDecimal(value: number, unit = ''): string {
  return `${(value + 0).toLocaleString('en-US', { maximumFractionDigits: 20 })}${unit}`;
}

/** In units of the last decimal. */
export function scaled(value: number, places: number): number {
  return Math.round(value * 10 ** places);
}

export function decimalKind({ unit, places, nullable, ...limits }: DecimalDefinition): SingleKind {
  const { min = 0 } = limits;
  return {
    nesting: 'none',
    value: 'number',
    shape: () => z.number(),
    content: () =>
      z.number().check(
        z.minimum(min < 0 ? -largest : 0),
        z.maximum(largest),
        z.refine((value) => scaled(value, places) / 10 ** places === value, { params: { code: 'too-many-places' } }),
      ),
    issueCode: ({ code }) => {
      if (code === 'too_small') return min < 0 ? 'too-large' : 'negative';
      return code === 'too_big' ? 'too-large' : 'wrong-type';
    },
    errors: {
      negative: '0以上の数で入力してください。',
      'too-large': '数が大きすぎます。桁数を確認してください。',
      'too-many-places': `小数は${places}桁までで入力してください。`,
    },
    unit,
    cells: () => fractional(unit),
    print: (answer) => (typeof answer === 'number' ? printDecimal(answer, unit) : asTyped(answer)),
    posting: { as: 'typed', text: asTyped, read: (text) => readDecimal(text, { unit, places, nullable, min }) },
    fieldCount: 1,
    paper: numberBlank(unit, nullable),
    ...limited(limits, (value) => printDecimal(value, unit)),
    figures: {
      of: 'numbers',
      addsUp: true,
      unit,
      places,
      value: (answer) => (typeof answer === 'number' ? scaled(answer, places) : undefined),
    },
  };
}
