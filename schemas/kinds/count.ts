import * as z from 'zod/mini';
import { countSchema, printCount, readCount } from '../values/count.ts';
import { integral } from './cells.ts';
import type { Defines, SingleKind } from './kind.ts';
import { limited } from './limits.ts';
import type { Limits } from './limits.ts';
import { asTyped } from './printing.ts';

/** A whole number ≥ 0 in a unit (事業所, 人, 回 …). */
export interface CountDefinition extends Defines<'count'>, Limits {
  readonly unit: string;
}

export function numberBlank(unit: string, nullable: boolean): string {
  return `＿＿＿＿＿＿ ${unit}${nullable ? '　☐ 該当なし' : ''}`;
}

export function countKind({ unit, nullable, ...limits }: CountDefinition): SingleKind {
  return {
    nesting: 'none',
    value: 'number',
    shape: () => z.number(),
    content: () => countSchema,
    issueCode: ({ code, expected }) => {
      if (code === 'too_small') return 'negative';
      if (code === 'too_big') return 'too-large';
      return expected === 'int' ? 'fractional' : 'wrong-type';
    },
    errors: {
      negative: '0以上の整数で入力してください。',
      fractional: '小数は入力できません。整数で入力してください。',
      'too-large': '数が大きすぎます。桁数を確認してください。',
    },
    unit,
    cells: () => integral(unit),
    print: (answer) => (typeof answer === 'number' ? printCount(answer, unit) : asTyped(answer)),
    posting: { as: 'typed', text: asTyped, read: (text) => readCount(text, { unit, nullable }) },
    fieldCount: 1,
    paper: numberBlank(unit, nullable),
    ...limited(limits, (value) => printCount(value, unit)),
    figures: {
      of: 'numbers',
      addsUp: true,
      unit,
      places: 0,
      value: (answer) => (typeof answer === 'number' ? answer : undefined),
    },
  };
}
