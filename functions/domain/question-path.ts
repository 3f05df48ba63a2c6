/**
 * Paths of questions as errors, reasons and addresses write them: keys, with list entries by their names
 * (`sites.main.visits.v1.heldOn`). The one walk along a path is here: through the questions of a form and, where they are
 * given, the answers.
 */

import type { Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Form, Item } from '../../schemas/form.ts';
import { hasEntries } from '../../schemas/kinds/kind.ts';
import { entryNames } from './answers.ts';

/** The path of what is called `name` at `base`; at an empty base, of a section. */
export function pathBelow(base: string, name: string): string {
  return base === '' ? name : `${base}.${name}`;
}

/** The names that lead from `base` to a path; `undefined` where it does not lead there. */
export function namesBelow(base: string, path: string): string[] | undefined {
  if (base === '') return path.split('.');
  return path.startsWith(`${base}.`) ? path.slice(base.length + 1).split('.') : undefined;
}

/** What one name of a path leads to: a question, or an entry (or line) of a list. */
export interface Step {
  readonly name: string;
  /** The question; of an entry, its list. */
  readonly item: Item;
  /** Where an entry stands in its list, -1 when it is not there; `undefined` of a question. */
  readonly index: number | undefined;
  readonly value: Json | undefined;
}

function entryStep(list: Item, value: Json | undefined, given: PropertyKey): Step {
  const entries: readonly Json[] = Array.isArray(value) ? value : [];
  const names = list.kind.nesting === 'entries' ? entryNames(entries) : entries.map((_, index) => String(index));
  const index = typeof given === 'number' ? given : names.indexOf(String(given));
  return {
    name: typeof given === 'number' ? (names[given] ?? String(given)) : String(given),
    item: list,
    index,
    value: entries[index],
  };
}

/**
 * The steps along a path, as far as the form knows its names; whether an entry exists is not judged.
 *
 * @param names entries by their names or, as Zod has them, by position
 * @param known how many of the names lead to `answers`; 0 when these are the answers of the whole return
 */
export function stepsAlong(
  sections: readonly Item[],
  names: readonly PropertyKey[],
  answers?: Json,
  known = 0,
): Step[] {
  const steps: Step[] = [];
  let inside = sections;
  let list: Item | undefined;
  let value = answers;
  for (const [position, given] of names.entries()) {
    const step: Step | undefined =
      list === undefined ? questionStep(inside, value, given) : entryStep(list, value, given);
    if (step === undefined) break;
    value = position < known ? answers : step.value;
    steps.push({ ...step, value });
    list = step.index === undefined && hasEntries(step.item.kind) ? step.item : undefined;
    inside = step.item.children;
  }
  return steps;
}

function questionStep(items: readonly Item[], value: Json | undefined, given: PropertyKey): Step | undefined {
  const item = items.find(({ key }) => key === given);
  return item && { name: item.key, item, index: undefined, value: isObject(value) ? value[item.key] : undefined };
}

export function isQuestionPath(sections: readonly Item[], path: string): boolean {
  const names = path.split('.');
  return stepsAlong(sections, names).length === names.length;
}

/** The question that a path leads into, and its own path: `bases.partners` for `bases.partners.0`. */
export function questionAt(
  { sections }: Pick<Form, 'sections'>,
  path: string,
): { readonly path: string; readonly item: Item | undefined } {
  const steps = stepsAlong(sections, path.split('.')).filter(
    ({ item, index }) => index === undefined || item.kind.nesting === 'entries',
  );
  return { path: steps.map(({ name }) => name).join('.'), item: steps.at(-1)?.item };
}

export function answerAt(
  items: readonly Item[],
  names: readonly string[],
  answers: Json | undefined,
): Json | undefined {
  if (names.length === 0) return answers;
  const steps = stepsAlong(items, names, answers);
  return steps.length === names.length ? steps.at(-1)?.value : undefined;
}

type Change = (answer: Json | undefined) => Json | undefined;

/**
 * Answers with the one that names lead to changed; groups and entries on the way are made where there are none.
 *
 * @param change gives `undefined` to take the answer away
 */
export function withAnswerAt(
  items: readonly Item[],
  [key = '', ...rest]: readonly string[],
  answers: JsonObject,
  change: Change,
): JsonObject {
  const item = items.find((each) => each.key === key);
  const { [key]: before, ...others } = answers;
  const after = item === undefined || rest.length === 0 ? change(before) : withAnswerInside(item, rest, before, change);
  return after === undefined ? others : { ...others, [key]: after };
}

function withAnswerInside(item: Item, names: readonly string[], before: Json | undefined, change: Change): Json {
  const group = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
  if (item.kind.nesting === 'fields') return withAnswerAt(item.children, names, group(before), change);
  const entries = Array.isArray(before) ? before : [];
  const [name = '', ...rest] = names;
  const index = entryNames(entries).indexOf(name);
  const entry = entries[index];
  const after =
    rest.length === 0 ? change(entry) : withAnswerAt(item.children, rest, { id: name, ...group(entry) }, change);
  const position = index < 0 ? entries.length : index;
  return entries.toSpliced(position, 1, ...(after === undefined ? [] : [after]));
}

/** A question below `around`, or an entry of the list at `around`: a path that is spelt out only where it is needed. */
export type Position =
  | { readonly around: Position | undefined; readonly key: string }
  | { readonly around: Position; readonly entries: readonly Json[]; readonly index: number };

export function pathOf(position: Position): string {
  const name =
    'key' in position ? position.key : (entryNames(position.entries)[position.index] ?? String(position.index));
  return position.around === undefined ? name : `${pathOf(position.around)}.${name}`;
}
