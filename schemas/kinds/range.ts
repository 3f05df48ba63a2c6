import * as z from 'zod/mini';
import type { Json } from '../values/json.ts';
import { printRange, rangeSchema, readRange } from '../values/range.ts';
import { integers } from './cells.ts';
import { numberBlank } from './count.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';

export interface RangeDefinition extends Defines<'range'> {
  readonly unit: string;
}

function printed(answer: Json, unit: string): string {
  const { success, data } = rangeSchema.safeParse(answer);
  return success ? printRange(data, unit) : asTyped(answer);
}

export function rangeKind({ unit, nullable }: RangeDefinition): SingleKind {
  return {
    nesting: 'none',
    value: 'range',
    shape: () => z.strictObject({ min: z.number(), max: z.number() }),
    content: () => rangeSchema,
    issueCode: () => 'invalid-range',
    errors: { 'invalid-range': '範囲は下限が上限以下になるよう、0以上の整数で入力してください。' },
    unit,
    cells: () => integers({ min: '下限', max: '上限' }, unit),
    print: (answer) => printed(answer, unit),
    posting: { as: 'typed', text: (answer) => printed(answer, ''), read: (text) => readRange(text, { unit }) },
    fieldCount: 1,
    paper: numberBlank(unit, nullable),
    figures: undefined,
  };
}
