/** Values that the prefecture holds already, for questions outside lists: checked, read from rows, put together by return. Pure. */

import { fitsDraft } from '../../../schemas/compile.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import type { Prefilled } from '../../../schemas/prefilled.ts';
import { numberedLabel } from '../../../schemas/question.ts';
import type { Answers, Json } from '../../../schemas/return.ts';
import { plain, postOf } from './cells.ts';
import type { SheetNames } from './cells.ts';
import { planOf } from './plan.ts';
import type { Leaf } from './plan.ts';
import { printAnswer } from '../print-answer.ts';
import type { Names } from '../../../schemas/kinds/printing.ts';
import { readAnswers } from '../posted/read.ts';
import { answerAt, withAnswerAt } from '../question-path.ts';

/** The questions that may have such a value: those that somebody answers, outside lists. */
function leavesOf(form: Form): Leaf[] {
  return planOf(form)
    .filter(({ holds }) => holds === 'questions')
    .flatMap(({ leaves }) => leaves)
    .filter(
      ({ item }) => item.formula === undefined && item.kind.nesting !== 'entries' && item.kind.files === undefined,
    );
}

/** Whether a question may have this value. */
export function mayHold(form: Form, path: string, value: Json): 'fits' | 'unknown-question' | 'wrong-value' {
  const leaf = leavesOf(form).find(({ item }) => item.id === path);
  if (leaf === undefined) return 'unknown-question';
  return fitsDraft(leaf.item, value) ? 'fits' : 'wrong-value';
}

/** What the prefecture holds of a return, as its answers would be. */
export function heldOf({ sections }: Pick<Form, 'sections'>, id: string, unit: string, values: Prefilled): Answers {
  const own = values.filter((each) => each.form === id && each.unit === unit);
  return own.reduce<JsonObject>(
    (answers, { path, value }) => withAnswerAt(sections, path.split('.'), answers, () => value),
    {},
  );
}

/** As it is printed beside each question, by path. */
export function heldTexts(form: Form, held: Answers, names: Names): ReadonlyMap<string, string> {
  return new Map(
    leavesOf(form).flatMap(({ item }): [string, string][] => {
      const value = answerAt(form.sections, item.keys, held);
      return value === undefined ? [] : [[item.id, printAnswer(item, value, names)]];
    }),
  );
}

/** Answers with those of another over them, question by question. */
export function laidOver(below: Json | undefined, above: Json | undefined): Json | undefined {
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

/** Reads a value as it would be typed; a question is named by its id, its number or its label. */
export function readHeldRow(form: Form, { question, text }: HeldRow, names: SheetNames): ReadRow {
  const called = leavesOf(form).filter(({ item }) => isCalled(item, question));
  const [leaf] = called;
  if (leaf === undefined)
    return wrong(
      'question',
      `「${question}」という設問は「${form.title}」にありません。番号、見出し又はIDで指定してください。`,
    );
  if (called.length > 1)
    return wrong(
      'question',
      `「${question}」という設問が${called.length}つあります。番号又はID（${called.map(({ item }) => item.id).join('、')}）で指定してください。`,
    );
  const { item, slots } = leaf;
  if (slots[0]?.suffix !== '')
    return wrong(
      'question',
      `「${question}」は複数の欄に分けて答える設問のため、ファイルでは示せません。この行を削除してください。`,
    );
  if (text.trim() === '') return wrong('value', '値が空欄です。値を記入するか、この行を削除してください。');
  const post = postOf({ ...leaf, slots: slots.slice(0, 1) }, item.id, [text], names, () => undefined);
  if (!post.ok) return wrong('value', post.problem.message);
  const read = readAnswers([item], new Map(post.post), item.keys.slice(0, -1).join('.'));
  const problem = read.problems.get(item.id);
  const value = read.value[item.key];
  if (problem !== undefined || value === undefined) return wrong('value', problem?.message ?? '値を読み取れません。');
  return { ok: true, path: item.id, value };
}
