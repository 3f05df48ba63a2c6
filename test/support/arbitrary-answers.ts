/** Arbitrary answers to any form, in normal form, hostile texts included. */

import * as fc from 'fast-check';
import type { Item } from '../../schemas/form.ts';
import type { Form } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import { isStorable } from '../../schemas/values/text.ts';

const hostile = fc.constantFrom(
  ',',
  '"',
  '""',
  '\r',
  '\n',
  '\r\n',
  '-',
  '0',
  ' ',
  '　',
  '=1+1',
  '@SUM(A1)',
  '\t',
  "'",
  '\uFEFF',
  '\u2028',
  '𠮷',
  '012345',
  'null',
  '</script>',
);

export const text = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 8 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter((value) => value !== '' && isStorable(value));

const entryId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,6}$/);
const count = fc.nat({ max: 99_999 });
const span = fc.tuple(count, count).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));

const frequency: fc.Arbitrary<Json> = fc.oneof(
  fc.constant('asNeeded'),
  fc.record(
    { per: fc.constantFrom('week', 'month', 'year'), times: span, asNeeded: fc.constant(true as const) },
    { requiredKeys: ['per', 'times'] },
  ),
);

function fields(items: readonly Item[], codes: readonly string[]): fc.Arbitrary<{ [key: string]: Json | undefined }> {
  const answers = Object.fromEntries(items.map((item) => [item.key, answerTo(item, codes)]));
  return fc.record(answers, { requiredKeys: [] });
}

function answerOf({ definition, children }: Item, codes: readonly string[]): fc.Arbitrary<Json> {
  switch (definition.kind) {
    case 'choice':
      return fc.constantFrom(...Object.keys(definition.options));
    case 'choices':
      return fc.subarray(Object.keys(definition.options));
    case 'municipalities':
      return fc.subarray([...codes].toSorted());
    case 'count':
      return count;
    case 'text':
    case 'reference':
      return text;
    case 'texts':
      return fc.array(text, { maxLength: 3 });
    case 'date':
      return fc.constantFrom('2024', '2024-09', '2024-09-30');
    case 'range':
      return span;
    case 'frequency':
      return frequency;
    case 'fiscalYears':
      return fc.constant({ from: 2021, to: 2023 });
    case 'list':
      return fc
        .uniqueArray(fc.tuple(entryId, fields(children, codes)), { maxLength: 3, selector: ([id]) => id })
        .map((entries) => entries.map(([id, answers]) => ({ id, ...answers })));
    case 'group':
    case 'matrix':
    case 'counts':
      return fields(children, codes).filter((answers) => Object.keys(answers).length > 0);
  }
}

function answerTo(item: Item, codes: readonly string[]): fc.Arbitrary<Json> {
  const answer = answerOf(item, codes);
  return item.definition.nullable ? fc.oneof({ arbitrary: answer, weight: 3 }, fc.constant(null)) : answer;
}

/** @param codes of the municipalities that may be named */
export function arbitraryAnswers(form: Pick<Form, 'sections'>, codes: readonly string[]): fc.Arbitrary<Answers> {
  return fields(form.sections, codes);
}
