import * as z from 'zod/mini';
import type { Options } from './question.ts';
import { single, textual } from './cells.ts';
import { optionIssue } from './field-error.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped } from './printing.ts';

export interface ChoiceDefinition extends Defines<'choice'> {
  readonly options: Options;
  /** The row of a matrix: tallied over all that were asked, with this name for all options together. */
  readonly totalLabel?: string;
  /** What leaving it empty means. */
  readonly emptyLabel?: string;
}

export function printBoxes(labels: readonly string[]): string {
  return labels.map((label) => `☐ ${label}`).join('　');
}

export function printOption(options: Options, code: string): string {
  return Object.hasOwn(options, code) ? (options[code] ?? code) : code;
}

export function choiceKind({ options, totalLabel, emptyLabel }: ChoiceDefinition): SingleKind {
  const schema = (): z.ZodMiniType => z.enum(Object.keys(options));
  const isAsked = totalLabel !== undefined;
  return {
    nesting: 'none',
    value: 'text',
    shape: schema,
    content: schema,
    issueCode: optionIssue,
    options,
    emptyLabel,
    cells: () => textual(single('option', emptyLabel === undefined ? { options } : { options, emptyLabel })),
    print: (answer) => (typeof answer === 'string' ? printOption(options, answer) : asTyped(answer)),
    posting: { as: 'one', accepts: (value) => Object.hasOwn(options, value) },
    fieldCount: 1,
    paper: printBoxes(Object.values(options)),
    figures: {
      of: 'options',
      options,
      several: false,
      base: isAsked ? 'asked' : 'answered',
      totalLabel,
      chosen: (answer) => (typeof answer === 'string' ? [answer] : isAsked ? [] : undefined),
    },
  };
}
