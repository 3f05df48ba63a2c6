import * as z from 'zod/mini';
import type { Options } from './question.ts';
import { flags } from './cells.ts';
import { printBoxes, printOption } from './choice.ts';
import { optionIssue } from './field-error.ts';
import type { Defines, SingleKind } from './kind.ts';
import { asTyped, noneOfThese, textsIn } from './printing.ts';
import { listInDraft, withoutDuplicates } from './schemas.ts';

/** Any number of options, or at most so many; `[]` says that none applies. */
export interface ChoicesDefinition extends Defines<'choices'> {
  readonly options: Options;
  readonly atMost?: number;
}

export function choicesKind({ options, atMost }: ChoicesDefinition): SingleKind {
  const codes = Object.keys(options);
  return {
    nesting: 'none',
    value: 'texts',
    shape: () => listInDraft(z.enum(codes), codes.length),
    content: () => withoutDuplicates(z.enum(codes), atMost),
    issueCode: optionIssue,
    errors: atMost === undefined ? undefined : { 'too-many': `選べるのは${atMost}つまでです。` },
    mostChosen: atMost,
    normal: (answer) =>
      Array.isArray(answer) && answer.every((each) => typeof each === 'string')
        ? answer.toSorted((a, b) => codes.indexOf(a) - codes.indexOf(b))
        : answer,
    options,
    cells: () => flags(options),
    print: (answer) => {
      if (!Array.isArray(answer)) return asTyped(answer);
      if (answer.length === 0) return noneOfThese;
      return textsIn(answer)
        .map((each) => printOption(options, each))
        .join('\n');
    },
    posting: { as: 'several', accepts: (value) => Object.hasOwn(options, value) },
    fieldCount: codes.length,
    paper: printBoxes([...Object.values(options), noneOfThese]),
    figures: {
      of: 'options',
      options,
      several: true,
      base: 'answered',
      chosen: (answer) => (Array.isArray(answer) ? textsIn(answer) : undefined),
    },
  };
}
