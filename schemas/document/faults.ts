/**
 * What is wrong with a document that no single member of it tells: names that are taken, reserved or unknown, options
 * that cannot be told apart, members that contradict each other. Expressions are judged elsewhere.
 */

import { reservedRules } from '../form-rule.ts';
import type { Json, JsonObject } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import type { FieldError } from '../problem.ts';
import { isBlank } from '../values/text.ts';
import { allPlaces, objectsIn, optionsIn, placesOf, textOf } from './places.ts';
import type { Option, Place } from './places.ts';
import { reportFaults } from './report-faults.ts';

const keyPattern = /^[a-z][A-Za-z0-9]{0,63}$/;
const formPattern = /^[a-z][A-Za-z0-9-]{0,63}$/;
const rulePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const idPattern = /^[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)*$/;

/** Words of the expression language, and names that answers and expressions have already. */
export const reservedKeys: ReadonlySet<string> = new Set(
  `for in return if then else some every satisfies or and between instance function null true false external
   id unit round previous item`.split(/\s+/),
);
/** Exported files of a round that are no form's. */
const reservedForms = new Set(['summary', 'codebook', 'report', 'manifest', 'datapackage']);
/** A table of a list has a file of its name beside the form's for Excel. */
const reservedLists = new Set(['excel']);

export const mostQuestions = 1000;
export const mostLevels = 6;

function fault(path: string, code: string, message: string): FieldError {
  return { path, code, message };
}

function keyFaults(path: string, key: string, reserved: ReadonlySet<string> = new Set()): FieldError[] {
  if (key === '') return [];
  if (!keyPattern.test(key))
    return [
      fault(
        path,
        'invalid-key',
        `「${key}」は識別子にできません。英小文字で始まる半角英数字（64文字以内）にしてください。`,
      ),
    ];
  if (reserved.has(key.toLowerCase()))
    return [fault(path, 'reserved-key', `「${key}」は式などで使う語のため、識別子にできません。`)];
  return [];
}

/** What stands twice, regardless of case; of the first nothing is said. */
function repeated<T>(all: readonly T[], wordOf: (each: T) => string): T[] {
  const seen = new Set<string>();
  return all.filter((each) => {
    const word = wordOf(each);
    const isSeen = word !== '' && seen.has(word);
    seen.add(word);
    return isSeen;
  });
}

/** A label as people tell it from another one. */
function appearance(label: string): string {
  return label.normalize('NFKC').replaceAll(/\s/g, '');
}

function optionFaults(options: readonly Option[], member: string, reserved?: ReadonlySet<string>): FieldError[] {
  return [
    ...options.flatMap(({ path, key, label }) => [
      ...keyFaults(`${path}.key`, key, reserved),
      ...(isBlank(label) ? [fault(`${path}.label`, 'no-label', `${member}の名称がありません。`)] : []),
    ]),
    ...repeated(options, ({ key }) => key.toLowerCase()).map(({ path, key }) =>
      fault(`${path}.key`, 'duplicate', `識別子「${key}」が重複しています（大文字と小文字は区別されません）。`),
    ),
    ...repeated(options, ({ label }) => appearance(label)).map(({ path, label }) =>
      fault(`${path}.label`, 'duplicate', `${member}「${label}」が重複しています。`),
    ),
  ];
}

function siblingFaults(siblings: readonly Place[]): FieldError[] {
  return [
    ...repeated(siblings, ({ key }) => key.toLowerCase()).map(({ path, key }) =>
      fault(
        `${path}.key`,
        'duplicate',
        `識別子「${key}」が重複しています（大文字と小文字は区別されません。選択肢 other は「識別子＋Other」も使います）。`,
      ),
    ),
    ...siblings.flatMap(({ children, kind }) => (isTable(kind) ? [] : siblingFaults(children))),
  ];
}

function isTable(kind: string): boolean {
  return kind === 'matrix' || kind === 'counts';
}

function levelOf(place: Place): number {
  return place.parent === undefined ? 1 : 1 + levelOf(place.parent);
}

function isInList({ parent }: Place): boolean {
  return parent !== undefined && (parent.kind === 'list' || isInList(parent));
}

function tableFaults({ path, kind, value, options = [] }: Place): FieldError[] {
  if (!isTable(kind)) return [];
  const rows = optionsIn(value['rows'], `${path}.rows`);
  const columns = optionsIn(value['columns'], `${path}.columns`);
  const numbers = kind === 'counts' ? [...rows, ...columns] : [];
  const taken = new Set(rows.map(({ key }) => key.toLowerCase()));
  return [
    ...optionFaults(rows, '行', reservedKeys),
    ...optionFaults(columns, '列', reservedKeys),
    ...numbers
      .filter(({ key }) => key === 'total')
      .map((each) => fault(`${each.path}.key`, 'reserved-key', '「total」は合計の名前のため、識別子にできません。')),
    ...columns
      .filter(({ key }) => key !== '' && taken.has(key.toLowerCase()))
      .map((each) => fault(`${each.path}.key`, 'duplicate', `識別子「${each.key}」は行にもあります。`)),
    ...(kind === 'matrix' ? options.filter(({ key }) => key === 'any') : []).map((each) =>
      fault(`${each.path}.key`, 'reserved-key', '「any」は総計の名前のため、識別子にできません。'),
    ),
  ];
}

/** Members of a question that do not go together. */
function contradictions(place: Place): FieldError[] {
  const { path, kind, value, options = [] } = place;
  const { min, max, places, atMost } = value;
  const inTable =
    value['layout'] === 'table'
      ? place.children.filter(({ children, kind }) => children.length > 0 && kind !== 'list')
      : [];
  const within = (key: string, number: Json | undefined): FieldError[] =>
    typeof number === 'number' && number > options.length
      ? [fault(`${path}.${key}`, 'beyond-options', `選択肢は${options.length}個しかありません。`)]
      : [];
  return [
    ...(value['reasonIfBlank'] === true && value['required'] !== true
      ? [fault(`${path}.reasonIfBlank`, 'not-required', '「不明可」は必須の設問だけに付けられます。')]
      : []),
    ...(typeof min === 'number' && typeof max === 'number' && min > max
      ? [fault(`${path}.max`, 'limits-reversed', '上限が下限より小さくなっています。')]
      : []),
    ...within('atMost', atMost),
    ...(kind === 'ranking' ? within('places', places) : []),
    ...(kind === 'reference' && !isInList(place)
      ? [fault(`${path}.kind`, 'not-in-list', '「参照」は繰返しの中だけで使えます。')]
      : []),
    ...inTable.map((each) => fault(`${each.path}.kind`, 'not-in-table', '表の中には、組、表の設問を置けません。')),
  ];
}

function placeFaults(place: Place): FieldError[] {
  const { path, key, kind, value, options } = place;
  const isWritten = value['key'] !== undefined;
  if (!isWritten) return [];
  return [
    ...keyFaults(`${path}.key`, key, reservedKeys),
    ...(kind === 'list' && reservedLists.has(key.toLowerCase())
      ? [fault(`${path}.key`, 'reserved-key', `「${key}」は出力ファイルの名前のため、繰返しの識別子にできません。`)]
      : []),
    ...optionFaults(options ?? [], '選択肢'),
    ...tableFaults(place),
    ...contradictions(place),
    ...(levelOf(place) > mostLevels
      ? [fault(path, 'too-deep', `設問の入れ子は${mostLevels}段までにしてください。`)]
      : []),
  ];
}

/** Ids that questions had before they moved. */
function formerFaults(places: readonly Place[], ids: ReadonlySet<string>): FieldError[] {
  const moved = places.filter(({ value }) => textOf(value['was']) !== '');
  const was = ({ value }: Place): string => textOf(value['was']);
  return [
    ...moved
      .filter((place) => !idPattern.test(was(place)))
      .map((place) => fault(`${place.path}.was`, 'invalid-key', `「${was(place)}」は旧IDの形ではありません。`)),
    ...moved
      .filter((place) => ids.has(was(place)))
      .map((place) => fault(`${place.path}.was`, 'in-use', `旧ID「${was(place)}」の設問が、この調査票にあります。`)),
    ...repeated(moved, was).map((place) =>
      fault(`${place.path}.was`, 'duplicate', `旧ID「${was(place)}」が重複しています。`),
    ),
  ];
}

function ruleFaults(document: JsonObject, ids: ReadonlySet<string>): FieldError[] {
  const rules = objectsIn(document['rules'], 'rules');
  return [
    ...rules.flatMap(([path, rule]) => {
      const name = textOf(rule['name']);
      const at = textOf(rule['at']);
      return [
        ...(name === '' || rulePattern.test(name)
          ? []
          : [
              fault(
                `${path}.name`,
                'invalid-key',
                `「${name}」は確認の識別子にできません。半角英数字とハイフンにしてください。`,
              ),
            ]),
        ...(reservedRules.has(name)
          ? [fault(`${path}.name`, 'reserved-key', `「${name}」は確認の識別子にできません。`)]
          : []),
        ...(at === '' || ids.has(at)
          ? []
          : [fault(`${path}.at`, 'unknown-question', `「${at}」という設問はありません。`)]),
      ];
    }),
    ...repeated(rules, ([, rule]) =>
      textOf(rule['name']) === '' ? '' : `${textOf(rule['at'])} ${textOf(rule['name'])}`,
    ).map(([path, rule]) =>
      fault(`${path}.name`, 'duplicate', `同じ対象に、識別子「${textOf(rule['name'])}」の確認が重複しています。`),
    ),
  ];
}

function measureFaults(document: JsonObject, ids: ReadonlySet<string>): FieldError[] {
  const measures = objectsIn(document['measures'], 'measures');
  const idOf = ([, measure]: [string, JsonObject]): string => textOf(measure['id']);
  return [
    ...measures.flatMap((measure) => {
      const [path, value] = measure;
      const id = idOf(measure);
      return [
        ...(id === '' || idPattern.test(id)
          ? []
          : [fault(`${path}.id`, 'invalid-key', `「${id}」は集計の識別子にできません。`)]),
        ...(ids.has(id) ? [fault(`${path}.id`, 'in-use', `「${id}」は設問の識別子です。`)] : []),
        ...optionFaults(optionsIn(value['options'], `${path}.options`), '選択肢'),
      ];
    }),
    ...repeated(measures, (measure) => idOf(measure).toLowerCase()).map((measure) =>
      fault(`${measure[0]}.id`, 'duplicate', `集計の識別子「${idOf(measure)}」が重複しています。`),
    ),
  ];
}

function formFaults({ id }: JsonObject): FieldError[] {
  const name = textOf(id);
  if (name === '') return [];
  if (!formPattern.test(name))
    return [
      fault(
        'id',
        'invalid-key',
        '調査票の識別子は、英小文字で始まる半角英数字とハイフン（64文字以内）にしてください（例：kinkyu-r8）。',
      ),
    ];
  return reservedForms.has(name)
    ? [fault('id', 'reserved-key', `「${name}」は出力ファイルの名前のため、調査票の識別子にできません。`)]
    : [];
}

/** Everything at once, in the order of the document. */
export function documentFaults(document: Json): FieldError[] {
  if (!isObject(document)) return [];
  const sections = placesOf(document);
  const places = allPlaces(sections);
  const ids = new Set(places.map(({ id }) => id));
  return [
    ...formFaults(document),
    ...(places.length > mostQuestions
      ? [fault('sections', 'too-many-questions', `設問は、表の欄も含めて${mostQuestions}問までにしてください。`)]
      : []),
    ...siblingFaults(sections),
    ...places.flatMap(placeFaults),
    ...formerFaults(places, ids),
    ...ruleFaults(document, ids),
    ...measureFaults(document, ids),
    ...reportFaults(document, places),
  ];
}
