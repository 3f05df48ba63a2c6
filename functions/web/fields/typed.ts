/** Answers that are typed as text: how a stored one stands in its field, and what a typed one says. */

import type { Definition } from '../../../schemas/kinds/kinds.ts';
import type { Json } from '../../../schemas/return.ts';
import { readCount } from '../../../schemas/values/count.ts';
import { fiscalYears, printFiscalYears, readFiscalYears } from '../../../schemas/values/fiscal-years.ts';
import { frequency, printFrequency, readFrequency } from '../../../schemas/values/frequency.ts';
import { printPartialDate, readPartialDate } from '../../../schemas/values/partial-date.ts';
import { printRange, range, readRange } from '../../../schemas/values/range.ts';
import type { Reading } from '../../../schemas/values/reading.ts';

const typedKinds = ['count', 'date', 'range', 'frequency', 'fiscalYears'] as const;
export type TypedDefinition = Extract<Definition, { kind: (typeof typedKinds)[number] }>;

export function isTyped(definition: Definition): definition is TypedDefinition {
  return typedKinds.some((kind) => kind === definition.kind);
}

/** The text in the field of a stored answer; empty for `null`, which is marked beside it. */
export function fieldText({ kind }: TypedDefinition, answer: Json | undefined): string {
  if (answer === undefined || answer === null) return '';
  if (typeof answer === 'number') return String(answer);
  if (kind === 'date' && typeof answer === 'string') return printPartialDate(answer);
  if (kind === 'frequency') {
    const { success, data } = frequency.safeParse(answer);
    if (success) return printFrequency(data);
  }
  if (kind === 'range') {
    const { success, data } = range.safeParse(answer);
    if (success) return printRange(data);
  }
  if (kind === 'fiscalYears') {
    const { success, data } = fiscalYears.safeParse(answer);
    if (success) return printFiscalYears(data);
  }
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

/** Problems besides those of the value: `empty` when nothing was typed. */
export function readTyped(definition: TypedDefinition, text: string): Reading<Json> {
  switch (definition.kind) {
    case 'count':
      return readCount(text, { unit: definition.unit, nullable: definition.nullable });
    case 'date':
      return readPartialDate(text);
    case 'range':
      return readRange(text, { unit: definition.unit });
    case 'frequency':
      return readFrequency(text);
    case 'fiscalYears':
      return readFiscalYears(text);
  }
}
