/** Values that the prefecture holds already: checked, read from rows, put together by return. Pure. */

import { fitsDraft } from '../../../schemas/compile.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import type { Answers, Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { Prefilled } from '../../../schemas/prefilled.ts';
import { numberedLabel } from '../../../schemas/kinds/question.ts';
import { circle, optionLabels, plain, postOf } from './cells.ts';
import type { SheetNames } from './cells.ts';
import { leavesIn, noneSlot, notApplicableSlot, notApplicableWord, planOf } from './plan.ts';
import type { Leaf } from './plan.ts';
import { namedEntries } from '../answers.ts';
import { printAnswer } from '../print-answer.ts';
import { noEntries, noneOfThese } from '../../../schemas/kinds/printing.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import { readAnswers } from '../posted/read.ts';
import { pathBelow, stepsAlong, withAnswerAt } from '../question-path.ts';

/** Whether somebody answers it, in a text or a choice. */
function isHeldable({ formula, kind }: Item): boolean {
  return formula === undefined && kind.nesting === 'none' && kind.files === undefined;
}

/** The questions outside lists that may have such a value. */
function leavesOf(form: Form): Leaf[] {
  return planOf(form)
    .filter(({ holds }) => holds === 'questions')
    .flatMap(({ leaves }) => leaves)
    .filter(({ item }) => isHeldable(item));
}

/** The question at a path, which names entries of lists by their ids. */
function heldItem({ sections }: Pick<Form, 'sections'>, path: string): Item | undefined {
  const names = path.split('.');
  const steps = stepsAlong(sections, names);
  const last = steps.at(-1);
  const isWhole = steps.length === names.length && last?.index === undefined;
  return isWhole && last !== undefined && isHeldable(last.item) ? last.item : undefined;
}

/** Whether a question may have this value. */
export function mayHold(form: Form, path: string, value: Json): 'fits' | 'unknown-question' | 'wrong-value' {
  const item = heldItem(form, path);
  if (item === undefined) return 'unknown-question';
  return fitsDraft(item, value) ? 'fits' : 'wrong-value';
}

/**
 * What the prefecture holds of a return, as its answers would be.
 *
 * @param answers of the return: of an entry that is not in them nothing is held, since nobody would see whose it is
 */
export function heldOf(
  { sections }: Pick<Form, 'sections'>,
  id: string,
  unit: string,
  values: Prefilled,
  answers: Answers,
): Answers {
  const isThere = (path: string): boolean =>
    stepsAlong(sections, path.split('.'), answers).every(({ index }) => index !== -1);
  const own = values.filter((each) => each.form === id && each.unit === unit && isThere(each.path));
  return own.reduce<JsonObject>(
    (held, { path, value }) => withAnswerAt(sections, path.split('.'), held, () => value),
    {},
  );
}

/** As it is printed beside each question, by path. */
export function heldTexts({ sections }: Form, held: Answers, names: Names): ReadonlyMap<string, string> {
  return new Map(textsBelow(sections, '', held, names));
}

function textsBelow(items: readonly Item[], base: string, answers: JsonObject, names: Names): [string, string][] {
  return items.flatMap((item): [string, string][] => {
    const value = answers[item.key];
    const path = pathBelow(base, item.key);
    if (value === undefined) return [];
    if (item.kind.nesting === 'entries')
      return namedEntries(value).flatMap(({ name, entry }) =>
        textsBelow(item.children, pathBelow(path, name), entry, names),
      );
    if (item.kind.nesting === 'fields') return isObject(value) ? textsBelow(item.children, path, value, names) : [];
    return [[path, printAnswer(item, value, names)]];
  });
}

function idOf(entry: Json): Json | undefined {
  return isObject(entry) ? entry['id'] : undefined;
}

/** Answers with those of another over them, question by question, and entry by entry where they have ids. */
export function laidOver(below: Json | undefined, above: Json | undefined): Json | undefined {
  if (
    Array.isArray(below) &&
    Array.isArray(above) &&
    above.length > 0 &&
    above.every((each) => idOf(each) !== undefined)
  ) {
    const over = new Map(above.map((each) => [idOf(each), each]));
    const known = new Set(below.map(idOf));
    return [
      ...below.map((each) => laidOver(each, over.get(idOf(each))) ?? each),
      ...above.filter((each) => !known.has(idOf(each))),
    ];
  }
  if (!isObject(below) || !isObject(above)) return above ?? below;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  const laid: JsonObject = {};
  for (const key of keys) laid[key] = laidOver(below[key], above[key]);
  return laid;
}

/** What a row of a spreadsheet says. */
interface HeldRow {
  readonly question: string;
  readonly text: string;
}

type ReadRow =
  | { readonly ok: true; readonly path: string; readonly value: Json }
  | { readonly ok: false; readonly column: 'question' | 'value'; readonly message: string };

function wrong(column: 'question' | 'value', message: string): ReadRow {
  return { ok: false, column, message };
}

function isCalled(item: Item, name: string): boolean {
  const { number, label } = item.definition;
  return [item.id, number, label, numberedLabel(item.definition)].some(
    (each) => each !== undefined && plain(each) === plain(name),
  );
}

const between = /^[、,;・>]+/u;

interface Misread {
  readonly message: string;
}

/** The options that a text names, in its order, or which words name none. Labels may hold what stands between them. */
function namedOptions(labels: ReadonlyMap<string, string>, text: string): readonly string[] | Misread {
  const codes = new Map([...labels].flatMap(([code, label]) => [[plain(label), code] as const, [code, code] as const]));
  const longestFirst = [...codes.keys()].toSorted((a, b) => b.length - a.length);
  const named: string[] = [];
  let rest = plain(text.replaceAll(/\r?\n/g, '、')).replace(between, '');
  while (rest !== '') {
    const found = longestFirst.find((name) => {
      const after = rest.slice(name.length);
      return rest.startsWith(name) && (after === '' || between.test(after));
    });
    if (found === undefined)
      return {
        message: `「${rest.split(/[、,;>]/u)[0] ?? rest}」という選択肢はありません。選択肢を「、」で区切って記入してください（${[...labels.values()].join('、')}）。`,
      };
    const code = codes.get(found) ?? found;
    if (named.includes(code)) return { message: `「${labels.get(code) ?? found}」が2回あります。1つにしてください。` };
    named.push(code);
    rest = rest.slice(found.length).replace(between, '');
  }
  return named;
}

/** The texts of the cells that one text stands for. */
function slotTexts({ item, slots }: Leaf, text: string): readonly string[] | Misread {
  if (slots[0]?.suffix === '') return [text];
  const isEmpty = [noneOfThese, noEntries].some((word) => plain(word) === plain(text));
  const isNotApplicable = plain(text) === plain(notApplicableWord);
  const mark = (at: string | undefined): readonly string[] => slots.map(({ suffix }) => (suffix === at ? circle : ''));
  if (isEmpty && slots.some(({ suffix }) => suffix === noneSlot)) return mark(noneSlot);
  if (isNotApplicable && slots.some(({ suffix }) => suffix === notApplicableSlot)) return mark(notApplicableSlot);
  const { options } = item.kind;
  if (options === undefined) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const most = slots.filter(({ accepts }) => accepts === 'text').length;
    if (lines.length > most) return { message: `1行に1件ずつ、${most}件まで記入してください。` };
    return slots.map(({ accepts }, index) => (accepts === 'text' ? (lines[index] ?? '') : ''));
  }
  const labels = optionLabels({ item });
  const named = namedOptions(labels, text);
  if ('message' in named) return named;
  const places = slots.filter(({ accepts }) => accepts === 'option').length;
  if (places > 0 && named.length > places) return { message: `順位の高い順に、${places}つまで記入してください。` };
  return slots.map(({ suffix, accepts }, index) =>
    accepts === 'option' ? (labels.get(named[index] ?? '') ?? '') : named.includes(suffix) ? circle : '',
  );
}

/** Where a question stands that is named by its id, with entries by theirs, by its number or by its label. */
function placeOf(form: Form, question: string): { readonly leaf: Leaf; readonly path: string } | string {
  const called = leavesOf(form).filter(({ item }) => isCalled(item, question));
  const [leaf] = called;
  if (called.length > 1)
    return `「${question}」という設問が${called.length}つあります。番号又はID（${called.map(({ item }) => item.id).join('、')}）で指定してください。`;
  if (leaf !== undefined) return { leaf, path: leaf.item.id };
  const item = heldItem(form, question);
  const inList = planOf(form)
    .flatMap((sheet) => leavesIn(sheet))
    .find((each) => each.item === item);
  return inList === undefined
    ? `「${question}」という設問は「${form.title}」にありません。番号、見出し又はIDで指定してください（繰返しの中の設問は、IDの間に記入のIDを入れます）。`
    : { leaf: inList, path: question };
}

/** Reads a value as it would be typed; several options or lines are one text. */
export function readHeldRow(form: Form, { question, text }: HeldRow, names: SheetNames): ReadRow {
  const place = placeOf(form, question);
  if (typeof place === 'string') return wrong('question', place);
  const { leaf, path } = place;
  if (text.trim() === '') return wrong('value', '値が空欄です。値を記入するか、この行を削除してください。');
  const texts = slotTexts(leaf, text);
  if ('message' in texts) return wrong('value', texts.message);
  const slots = leaf.slots.slice(0, texts.length);
  const post = postOf({ ...leaf, slots }, path, texts, names, () => undefined);
  if (!post.ok) return wrong('value', post.problem.message);
  const { item } = leaf;
  const read = readAnswers([item], new Map(post.post), path.split('.').slice(0, -1).join('.'));
  const problem = read.problems.get(path);
  const value = read.value[item.key];
  if (problem !== undefined || value === undefined)
    return wrong('value', problem?.message ?? '値を読み取れません。回答画面に入力するとおりに記入してください。');
  return { ok: true, path, value };
}
