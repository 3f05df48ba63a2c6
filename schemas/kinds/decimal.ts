import * as z from 'zod/mini';
import { question } from '../question.ts';
import type { Question } from '../question.ts';
import { printDecimal, readDecimal } from '../values/decimal.ts';
import { fractional } from './cells.ts';
import { numberBlank } from './count.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';

/** A number of at most `places` decimals in a unit, within its bounds. */
export interface DecimalDefinition extends Defines<'decimal'> {
  readonly unit: string;
  readonly places: number;
  readonly min: number;
  readonly max: number;
}

type Size = Pick<DecimalDefinition, 'places'> & Partial<Pick<DecimalDefinition, 'min' | 'max'>>;

/** Up to here numbers keep four decimals exactly. */
const largest = 1e11;

/** A number with decimals (職員数 2.5人, 割合 12.3%): from 0 where no bounds are given. */
export function decimal(label: string, unit: string, { places, min = 0, max = largest }: Size): Question<number> {
  return question<number>({
    label,
    required: false,
    nullable: false,
    visibility: 'open',
    kind: 'decimal',
    unit,
    places,
    min,
    max,
  });
}

/** In units of the last decimal. */
function scaled(value: number, places: number): number {
  return Math.round(value * 10 ** places);
}

export function decimalKind({ unit, places, min, max, nullable }: DecimalDefinition): SingleKind {
  return {
    nesting: 'none',
    shape: () => z.number(),
    content: () =>
      z.number().check(
        z.minimum(min),
        z.maximum(max),
        z.refine((value) => scaled(value, places) / 10 ** places === value, { params: { code: 'too-many-places' } }),
      ),
    issueCode: ({ code }) => (code === 'too_small' || code === 'too_big' ? 'out-of-range' : 'wrong-type'),
    limits: {
      'out-of-range': `${printDecimal(min)}から${printDecimal(max)}までで入力してください。`,
      'too-many-places': `小数は${places}桁までです。`,
    },
    unit,
    cells: () => fractional(unit),
    print: (answer) => (typeof answer === 'number' ? printDecimal(answer, unit) : asTyped(answer)),
    posting: { as: 'typed', text: asTyped, read: (text) => readDecimal(text, { unit, places, nullable }) },
    fieldCount: 1,
    paper: numberBlank(unit, nullable),
    figures: {
      of: 'numbers',
      unit,
      places,
      value: (answer) => (typeof answer === 'number' ? scaled(answer, places) : undefined),
    },
  };
}
