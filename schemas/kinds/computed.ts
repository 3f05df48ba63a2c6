import * as z from 'zod/mini';
import { fractional } from './cells.ts';
import { printDecimal, scaled } from './decimal.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';

/**
 * A number that follows from other answers, also from later ones. It stands in versions only, added before they are
 * sealed; what is sent for it is left out. Without a value there is no answer.
 */
export interface ComputedDefinition extends Defines<'computed'> {
  /** In the language of rules, by keys. */
  readonly formula: string;
  readonly unit: string;
  /** Decimals, rounded half up. */
  readonly places: number;
}

export function computedKind({ formula, unit, places }: ComputedDefinition): SingleKind {
  return {
    nesting: 'none',
    value: 'number',
    formula: { text: formula, places },
    shape: () => z.number(),
    content: () => z.number(),
    issueCode: () => 'wrong-type',
    unit,
    cells: () => fractional(unit),
    print: (answer) => (typeof answer === 'number' ? printDecimal(answer, unit) : asTyped(answer)),
    posting: { as: 'sent', rules: '他の回答から自動で計算します。' },
    fieldCount: 0,
    paper: '（自動で計算します）',
    figures: {
      of: 'numbers',
      unit,
      places,
      addsUp: false,
      value: (answer) => (typeof answer === 'number' ? scaled(answer, places) : undefined),
    },
  };
}
