/** Questionnaires as documents: every kind of question, every member, texts that a spreadsheet may mistake. */

import * as fc from 'fast-check';
import { readDocument } from '../../../schemas/document/form-document.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';
import { optionsIn, textOf } from '../../../schemas/document/places.ts';
import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';

const pieces = fc.constantFrom(
  '設置済',
  '回数',
  '人',
  '（年額）',
  '○',
  '〇',
  '見出し：',
  '行：',
  '：',
  '=1+1',
  '1-1',
  '2025-04',
  '001234',
  "'",
  '"',
  '_x0041_',
  '，',
  ',',
  ' ',
  '　',
  '①',
  '髙',
  '𠮷',
  '％',
  'その他',
  'TRUE',
  '#N/A',
  '@',
  '-',
  '.',
  '`',
  '\\',
  '<&>',
);

/** In one line, as the normal form has it: something to see, and no spaces around. */
const line = fc
  .array(pieces, { minLength: 1, maxLength: 6 })
  .map((all) => all.join('').trim())
  .filter((text) => text !== '');
const words = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));

function maybe<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined });
}

const mark = maybe(fc.constant(true as const));
const visibility = maybe(fc.constantFrom('open', 'tally', 'internal'));
const unit = fc.constantFrom('人', '回', '％', '件');

function optionsOf(least: number, letter: string): fc.Arbitrary<Json[]> {
  return fc.array(line, { minLength: least, maxLength: 5 }).chain((labels) =>
    maybe(fc.constant(labels.length - 1)).map((other) =>
      labels.map((label, index) => ({
        key: index === other && letter === 'a' ? 'other' : `${letter}${index}`,
        label: index === other && letter === 'a' ? 'その他' : `${label}${index}`,
      })),
    ),
  );
}
const options = optionsOf(1, 'a');

const labelled = { label: line, help: maybe(words), visibility, overPeriod: mark };
const required = fc.constantFrom({}, { required: true }, { required: true, reasonIfBlank: true });
const asked = { ...labelled, nullable: mark, example: maybe(words) };
const limits = fc.constantFrom({}, { min: 0 }, { max: 1_000_000 }, { min: -2.5, max: 0.1 }, { min: 5, max: 5 });

type Members = fc.Arbitrary<JsonObject>;

function question(kind: string, members: Readonly<Record<string, fc.Arbitrary<Json | undefined>>>): Members {
  return fc.record({ kind: fc.constant(kind), ...members });
}

function requirable(kind: string, members: Readonly<Record<string, fc.Arbitrary<Json | undefined>>>): Members {
  return fc.tuple(question(kind, members), required).map(([made, more]) => ({ ...made, ...more }));
}

const size = fc.integer({ min: 1, max: 200 });
const listed = maybe(fc.oneof(fc.constant(true as const), line));

const single: readonly Members[] = [
  requirable('choice', { ...asked, options, listed }),
  requirable('choices', { ...asked, options, atMost: maybe(fc.constant(1)) }),
  requirable('ranking', { ...asked, options, places: fc.constant(1) }),
  requirable('municipalities', asked),
  fc.tuple(requirable('count', { ...asked, unit }), limits).map(([made, more]) => ({ ...made, ...more })),
  fc
    .tuple(requirable('decimal', { ...asked, unit, places: fc.integer({ min: 1, max: 4 }) }), limits)
    .map(([made, more]) => ({ ...made, ...more })),
  requirable('text', { ...asked, maxLength: size, format: maybe(fc.constantFrom('email', 'phone')) }),
  requirable('texts', { ...asked, maxLength: size, maxEntries: size }),
  requirable('date', asked),
  requirable('range', { ...asked, unit }),
  requirable('frequency', asked),
  requirable('fiscalYears', asked),
  requirable('file', { ...asked, maxFiles: fc.integer({ min: 1, max: 20 }) }),
];
const tables: readonly Members[] = [
  question('matrix', {
    ...labelled,
    rows: optionsOf(1, 'r'),
    options,
    totalLabel: maybe(line),
    emptyLabel: maybe(line),
  }),
  requirable('counts', { ...labelled, rows: optionsOf(1, 'r'), columns: maybe(optionsOf(1, 'c')), unit }),
];

function holding(questions: fc.Arbitrary<Json[]>): readonly Members[] {
  const list = {
    ...labelled,
    maxEntries: size,
    questions: fc.tuple(questions, requirable('reference', asked)).map((all) => all.flat()),
  };
  return [question('group', { ...labelled, questions }), requirable('list', list)];
}

const inTable = fc.array(fc.oneof(...single), { minLength: 1, maxLength: 4 });
const table = requirable('list', {
  ...labelled,
  maxEntries: size,
  layout: fc.constant('table'),
  questions: inTable,
});
const flat = fc.array(fc.oneof(...single, ...tables), { minLength: 1, maxLength: 4 });
const nested = fc.array(fc.oneof(...single, ...tables, ...holding(flat), table), { minLength: 1, maxLength: 8 });
const sections = fc.array(
  fc.oneof(
    fc.record({ ...labelled, questions: nested }),
    fc.record({ ...labelled, questions: nested }),
    table,
    requirable('list', { ...labelled, maxEntries: size, questions: nested }),
  ),
  { minLength: 1, maxLength: 3 },
);

/** Keys that are unlike each other, numbers for some, former ids for a few, and expressions that name what is before. */
class Names {
  #last = 0;

  of(questions: readonly Json[]): Json[] {
    const named: JsonObject[] = [];
    for (const each of questions) if (isObject(each)) named.push(...this.#named(each, named));
    return named;
  }

  #named(each: JsonObject, before: readonly JsonObject[]): JsonObject[] {
    this.#last += 1;
    const nth = this.#last;
    const key = nth % 2 === 0 ? `k${nth}` : `longKey${nth}`;
    const choice = before.findLast(({ kind }) => kind === 'choice');
    const question = {
      ...each,
      key,
      ...(nth % 3 === 0 ? {} : { number: nth % 5 === 0 ? `${nth}-1` : `問${nth}` }),
      ...(nth % 7 === 0 ? { was: `gone.k${nth}` } : {}),
      ...(choice === undefined || nth % 4 !== 0
        ? {}
        : { when: `${textOf(choice['key'])} = "${textOf(optionsIn(choice['options'], '')[0]?.key)}"` }),
      ...(Array.isArray(each['questions']) ? { questions: this.of(each['questions']) } : {}),
    };
    if (each['kind'] !== 'count') return [question];
    const { label, unit } = each;
    return [question, { key: `${key}Twice`, kind: 'computed', label, unit, places: 1, formula: `${key} * 2` }];
  }
}

const measures = fc
  .array(
    fc.oneof(
      fc.record({
        kind: fc.constant('total'),
        label: line,
        of: fc.constant('1'),
        measure: fc.constantFrom('sum', 'count'),
        unit: maybe(unit),
        per: maybe(fc.constantFrom<Json>(['municipality'], ['council'], ['council', 'municipality'])),
        listed: maybe(line),
        visibility,
      }),
      fc.record({
        kind: fc.constant('class'),
        label: line,
        of: fc.constant('"a0"'),
        options: optionsOf(2, 'b').map((all) => [{ key: 'a0', label: '甲' }, ...all]),
        visibility,
      }),
    ),
    { maxLength: 3 },
  )
  .map((all) => all.map((measure, index) => ({ ...measure, id: index % 2 === 0 ? `measure${index}` : `m.n${index}` })));

const rules = fc
  .array(
    fc.record({
      severity: fc.constantFrom('refuse', 'askReason', 'note'),
      if: fc.constant('same as last time()'),
      message: words,
      readyMade: maybe(fc.array(line, { minLength: 1, maxLength: 3 })),
    }),
    { maxLength: 3 },
  )
  .map((all) => all.map((rule, index) => ({ ...rule, name: `rule-${index}` })));

function documentOf(value: JsonObject): FormDocument {
  const read = readDocument(value);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors.slice(0, 5)));
  return read.document;
}

/** In normal form. */
export const documents: fc.Arbitrary<FormDocument> = fc
  .record({
    id: fc.constantFrom('kinkyu', 'soudan-jisshi', 'a1'),
    version: fc.integer({ min: 1, max: 9999 }),
    title: line,
    units: fc.constantFrom('municipality', 'council', 'welfareOffice'),
    help: maybe(words),
    sections: sections.map((all) => new Names().of(all)),
    rules,
    measures,
    report: maybe(fc.record({ title: maybe(line), purpose: maybe(words) })),
  })
  .map(documentOf);
