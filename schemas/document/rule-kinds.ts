/**
 * What rules ask of each kind of a document, whatever else is wrong with the question: its options may be missing, its
 * unit be no text. The kinds themselves say the same of a definition without fault.
 */

import type { Options } from '../kinds/question.ts';
import type { RuleKind } from '../rules/questions.ts';
import type { SingleKind } from '../kinds/kind.ts';

const fields = { nesting: 'fields' } as const;

const made: Readonly<Record<string, RuleKind>> = {
  '': fields,
  group: fields,
  list: { nesting: 'entries' },
  matrix: { nesting: 'fields', table: 'options' },
  counts: { nesting: 'fields', table: 'numbers' },
};

const values: Readonly<Record<string, SingleKind['value']>> = {
  choice: 'text',
  choices: 'texts',
  ranking: 'texts',
  municipalities: 'texts',
  count: 'number',
  decimal: 'number',
  computed: 'number',
  text: 'text',
  texts: 'texts',
  date: 'date',
  range: 'range',
  frequency: 'frequency',
  fiscalYears: 'fiscalYears',
  reference: 'text',
  file: 'files',
};

/** What is not known as a kind is no more than a text. */
export function ruleKind(kind: string, options: Options | undefined): RuleKind {
  return made[kind] ?? { nesting: 'none', value: values[kind] ?? 'text', options };
}
