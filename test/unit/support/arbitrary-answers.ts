/**
 * Arbitrary answers to any form, walked from its definition: well formed, asked, complete and in normal form, so that
 * nothing but an edit check or an unlisted municipality could refuse them.
 */

import * as fc from 'fast-check';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Definition, DefinitionOf } from '../../../schemas/kinds/kinds.ts';
import type { TextFormat } from '../../../schemas/kinds/text.ts';
import type { Answers, Json } from '../../../schemas/values/json.ts';
import { fileName, fileTypes, isFileType, mostFileBytes } from '../../../schemas/values/file-answer.ts';
import type { FileAnswer } from '../../../schemas/values/file-answer.ts';
import { codePoints, isBlank } from '../../../schemas/values/text.ts';

export interface AnswersOptions {
  /** Codes that may be named as partners. */
  readonly municipalities: readonly string[];
  /** Also texts that spreadsheets, CSV readers and programs stumble over, and the largest numbers. Default false. */
  readonly hostile?: boolean;
  /** How many entries a repeating group has at most. Default 2; the form's own limit holds too. */
  readonly maxEntries?: number;
}

interface JsonObject {
  [key: string]: Json | undefined;
}

/** Formulas, quotes, separators, line breaks, leading zeros, characters outside the BMP, words of programs. */
const hostileTexts: readonly string[] = [
  '=HYPERLINK("http://example.test","開く")',
  '+1',
  '-1',
  '-',
  '@SUM(A1:A9)',
  '＝1+1',
  '\t先頭のタブ',
  '007',
  '0120',
  '1e5',
  '1,234',
  '引用"符"と,コンマ',
  '"',
  "'",
  '一行目\n二行目',
  '一行目\r\n二行目\r',
  '  前後の空白　',
  '𠮷'.repeat(3000),
  '𠮷野家の髙﨑',
  'か\u3099',
  '\uFEFFBOM',
  'null',
  '[]',
  '2024-02-30',
  '</script><script>alert(1)</script>',
  '👨‍👩‍👧‍👦',
  '\u007F',
  '18<age & age>65',
];

const plainTexts = ['全体会', 'こども支援部会', '第1回', '地域課題の整理', '久喜市', 'A B', '令和6年度', '相談、支援'];
const hostileIds = ['0', '1', '007', 'constructor', 'toString', 'a-b_c', 'ID'];
const formatted: Readonly<Record<TextFormat, readonly string[]>> = {
  email: ['shogai@city.example.lg.jp', 'a@b.cd', '+1@example.test'],
  phone: ['048-000-0000', '０４８（０００）００００', '+81-48-000-0000'],
};

/** At most `maxLength` characters, and not blank. */
function cut(text: string, maxLength: number): string {
  const kept = Array.from(text).slice(0, maxLength).join('');
  return isBlank(kept) ? '字' : kept;
}

function textOf(maxLength: number, hostile: boolean): fc.Arbitrary<string> {
  const usual = fc.oneof(
    fc.constantFrom(...plainTexts),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => codePoints(text) <= 60),
  );
  const any = hostile ? fc.oneof(usual, fc.constantFrom(...hostileTexts)) : usual;
  return any.map((text) => cut(text, maxLength));
}

function countOf(hostile: boolean): fc.Arbitrary<number> {
  const usual = fc.oneof({ weight: 4, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(100_000) });
  return hostile
    ? fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(0, Number.MAX_SAFE_INTEGER) })
    : usual;
}

const date = fc
  .tuple(
    fc.date({ min: new Date('1868-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
    fc.constantFrom(4, 7, 10),
  )
  .map(([day, length]) => day.toISOString().slice(0, length));

function spanOf(end: fc.Arbitrary<number>): fc.Arbitrary<{ min: number; max: number }> {
  return fc.tuple(end, end).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
}

const frequency: fc.Arbitrary<Json> = fc.oneof(
  fc.constant('asNeeded'),
  fc.record({ per: fc.constantFrom('week', 'month', 'year'), times: spanOf(fc.nat(20)) }),
  fc.record({
    per: fc.constantFrom('week', 'month', 'year'),
    times: spanOf(fc.nat(20)),
    asNeeded: fc.constant(true),
  }),
);

function fileOf(hostile: boolean): fc.Arbitrary<FileAnswer & JsonObject> {
  return fc
    .record({
      name: textOf(60, hostile),
      type: fc.constantFrom(...Object.keys(fileTypes).filter(isFileType)),
      bytes: fc.integer({ min: 1, max: mostFileBytes }),
      sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
    })
    .map(({ name, type, ...rest }) => ({ name: fileName(name, type), type, ...rest }));
}

const fiscalYear = fc.integer({ min: 1868, max: 2999 });

type Single = Exclude<Definition, DefinitionOf<'group' | 'matrix' | 'counts' | 'list'>>;

function answerTo(definition: Single, options: AnswersOptions): fc.Arbitrary<Json> {
  const { municipalities, hostile = false, maxEntries = 2 } = options;
  switch (definition.kind) {
    case 'choice':
      return fc.constantFrom(...Object.keys(definition.options));
    case 'choices':
      return fc.subarray(Object.keys(definition.options));
    case 'ranking':
      return fc.shuffledSubarray(Object.keys(definition.options), { minLength: 1, maxLength: definition.places });
    case 'municipalities':
      return fc.subarray(municipalities.toSorted(), { maxLength: Math.min(municipalities.length, 5) });
    case 'count':
      return countOf(hostile);
    case 'decimal': {
      const { places, min = 0, max = 1e6 } = definition;
      const scale = 10 ** places;
      return fc.integer({ min: min * scale, max: max * scale }).map((value) => value / scale);
    }
    case 'computed':
      return countOf(hostile);
    case 'text':
      return definition.format === undefined
        ? textOf(definition.maxLength, hostile)
        : fc.constantFrom(...formatted[definition.format]);
    case 'texts':
      return fc.array(textOf(definition.maxLength, hostile), {
        minLength: definition.required ? 1 : 0,
        maxLength: Math.min(maxEntries, definition.maxEntries),
      });
    case 'date':
      return date;
    case 'range':
      return spanOf(countOf(hostile));
    case 'frequency':
      return frequency;
    case 'fiscalYears':
      return fc.record({ from: fiscalYear, to: fiscalYear });
    case 'file':
      return fc.uniqueArray(fileOf(hostile), {
        selector: ({ sha256 }) => sha256,
        minLength: definition.required ? 1 : 0,
        maxLength: Math.min(maxEntries, definition.maxFiles),
      });
    case 'reference':
      return fc.nat(1000).map(String);
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** References so far hold a number each; they come to name an earlier entry, so that no cycle arises. */
function linked(list: Item, entries: readonly JsonObject[]): JsonObject[] {
  const references = list.children.filter(({ definition }) => definition.kind === 'reference');
  return entries.map((entry, index) => {
    const own = { ...entry };
    for (const { key } of references) {
      const target = index === 0 ? undefined : entries[Number(entry[key]) % index]?.['id'];
      if (own[key] === undefined || target === undefined) delete own[key];
      else own[key] = target;
    }
    return own;
  });
}

function saysSomething(entry: JsonObject): boolean {
  return Object.keys(entry).length > 1;
}

function listOf(list: Item, maxEntries: number, options: AnswersOptions): fc.Arbitrary<Json> {
  const id = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,8}$/),
    ...(options.hostile === true ? [fc.constantFrom(...hostileIds)] : []),
  );
  const entry = fc
    .tuple(id, scopeOf(list.children, options))
    .map(([id, fields]): JsonObject => ({ id, ...fields }))
    .filter(saysSomething);
  return fc
    .uniqueArray(entry, {
      selector: (each) => each['id'],
      minLength: list.definition.required ? 1 : 0,
      maxLength: Math.min(options.maxEntries ?? 2, maxEntries),
    })
    .map((entries) => linked(list, entries).filter(saysSomething));
}

function partOf(item: Item, options: AnswersOptions): fc.Arbitrary<Json> {
  const { definition } = item;
  switch (definition.kind) {
    case 'group':
    case 'matrix':
    case 'counts':
      return fieldsOf(item.children, options);
    case 'list':
      return listOf(item, definition.maxEntries, options);
    case 'choice':
    case 'choices':
    case 'computed':
    case 'count':
    case 'date':
    case 'decimal':
    case 'file':
    case 'fiscalYears':
    case 'frequency':
    case 'municipalities':
    case 'range':
    case 'ranking':
    case 'reference':
    case 'text':
    case 'texts':
      return singleOf(definition, options);
  }
}

function singleOf(definition: Single, options: AnswersOptions): fc.Arbitrary<Json> {
  const answer = answerTo(definition, options);
  return definition.nullable ? fc.option(answer, { nil: null, freq: 4 }) : answer;
}

/** An answer to every question that must be answered, and to any of the others, asked or not. */
function fieldsOf(items: readonly Item[], options: AnswersOptions): fc.Arbitrary<JsonObject> {
  const isAlways = ({ definition, kind }: Item): boolean => definition.required || kind.nesting === 'fields';
  return fc
    .tuple(
      ...items.map((item) =>
        isAlways(item) ? partOf(item, options) : fc.option(partOf(item, options), { nil: undefined }),
      ),
    )
    .map((parts) =>
      Object.fromEntries(
        items.flatMap(({ key }, index): [string, Json][] => {
          const part = parts[index];
          return part === undefined ? [] : [[key, part]];
        }),
      ),
    );
}

function at(scope: JsonObject, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), scope);
}

function isAsked(item: Item, scope: JsonObject): boolean {
  return item.conditions.every(({ on, values }) => {
    const answer = at(scope, on.keys);
    const chosen = Array.isArray(answer) ? answer : [answer];
    return isAsked(on, scope) && chosen.some((each) => typeof each === 'string' && values.includes(each));
  });
}

/** Without what is not asked, and without groups that are left empty by it. */
function asked(items: readonly Item[], value: JsonObject, scope: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const item of items) {
    const answer = value[item.key];
    if (answer === undefined || !isAsked(item, scope)) continue;
    const part = item.kind.nesting === 'fields' && isObject(answer) ? asked(item.children, answer, scope) : answer;
    if (item.kind.nesting !== 'fields' || (isObject(part) && Object.keys(part).length > 0)) kept[item.key] = part;
  }
  return kept;
}

/** Fields of a scope: the root of a form, or one entry of a list. */
function scopeOf(items: readonly Item[], options: AnswersOptions): fc.Arbitrary<JsonObject> {
  return fieldsOf(items, options).map((value) => asked(items, value, value));
}

/**
 * Answers as they may be submitted: content rules kept, every required question that is asked answered, nothing
 * answered that is not asked, in normal form. Edit checks may strike.
 */
export function answersOf(form: Pick<Form, 'sections'>, options: AnswersOptions): fc.Arbitrary<Answers> {
  return scopeOf(form.sections, options);
}
