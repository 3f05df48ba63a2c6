/** What a button of a page does besides saving: adding, copying, removing and moving entries, one at a time. */

import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { Item } from '../../../schemas/form.ts';
import { hasEntries } from '../../../schemas/kinds/kind.ts';
import { normalEntry } from '../../domain/normal-form.ts';
import { firstOf, isMarked, noneMark } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { answerAt, namesBelow, pathBelow, stepsAlong, withAnswerAt } from '../../domain/question-path.ts';

/**
 * `open`, `take` and `attach` change nothing: the page of an entry comes next, for `take` filled in from the last round,
 * or the page on which files are sent.
 */
const verbs = ['add', 'copy', 'remove', 'up', 'down', 'open', 'take', 'attach'] as const;
type Verb = (typeof verbs)[number];

/** `remove:sites.main.visits.v1`; `path` names a list to add to, or an entry. */
export interface EntryAction {
  readonly verb: Verb;
  readonly path: string;
}

export function entryAction(value: string | undefined): EntryAction | undefined {
  const [first = '', path = ''] = (value ?? '').split(':', 2);
  const verb = verbs.find((each) => each === first);
  return verb === undefined || path === '' ? undefined : { verb, path };
}

/** An entry and where it stood. */
export interface Removed {
  readonly list: string;
  readonly at: number;
  readonly entry: Json;
}

export interface Acted {
  readonly value: JsonObject;
  readonly focus: string;
  /** Where something stood in it. */
  readonly removed?: Removed | undefined;
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const element = list[from];
  if (element === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, element);
}

function changed(list: readonly Json[], index: number, verb: Verb): Json[] | undefined {
  // The last entry removed leaves the question unanswered; that there is none is said by its own mark.
  if (verb === 'remove') return list.length === 1 ? undefined : list.toSpliced(index, 1);
  if (verb === 'up') return moved(list, index, index - 1);
  return verb === 'down' ? moved(list, index, index + 1) : [...list];
}

/** Whether anything is answered; that entries were added and left says nothing. */
function holdsAnswer(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0 || value.some(holdsAnswer);
  if (!isObject(value)) return value !== undefined;
  return Object.entries(value).some(([key, each]) => key !== 'id' && holdsAnswer(each));
}

/** Nothing where nothing is in it. */
function removedFrom(list: string, entries: readonly Json[], at: number): Removed | undefined {
  const entry = entries[at];
  return entry === undefined || !holdsAnswer(entry) ? undefined : { list, at, entry };
}

/** Without the names of entries; no question is called `id`. */
function unnamed(value: JsonObject): JsonObject {
  const inside = (each: Json): Json => {
    if (Array.isArray(each)) return each.map(inside);
    return isObject(each) ? unnamed(each) : each;
  };
  const { id: _id, ...answers } = value;
  return Object.fromEntries(
    Object.entries(answers).flatMap(([key, each]) => (each === undefined ? [] : [[key, inside(each)]])),
  );
}

/**
 * The answers of a place after an action. `undefined` when the action names nothing there.
 *
 * @param base where `value` stands, which the action's path begins with
 */
export function actOn(
  items: readonly Item[],
  value: JsonObject,
  base: string,
  action: EntryAction,
  newId: () => string,
): Acted | undefined {
  const names = namesBelow(base, action.path);
  if (names === undefined) return undefined;
  const steps = stepsAlong(items, names, value);
  const last = steps.at(-1);
  const isGone = steps.slice(0, -1).some(({ index }) => index === -1);
  if (last === undefined || steps.length < names.length || isGone || !hasEntries(last.item.kind)) return undefined;
  const { item, index } = last;
  const listNames = index === undefined ? names : names.slice(0, -1);
  const list = answerAt(items, listNames, value);
  const entries = Array.isArray(list) ? list : [];
  const actedOn = (after: Json | undefined, focus: readonly string[]): Acted => ({
    value: withAnswerAt(items, listNames, value, () => after),
    focus: pathBelow(base, focus.join('.')),
  });
  if (action.verb === 'add') {
    if (item.kind.nesting !== 'entries' || entries.length >= item.kind.maxEntries) return actedOn(list, listNames);
    const id = newId();
    return actedOn([...entries, { id }], [...listNames, id]);
  }
  const isThere = index !== undefined && index >= 0;
  const copied = action.verb === 'copy' && index !== undefined ? entries[index] : undefined;
  if (copied !== undefined && index !== undefined) {
    if (entries.length >= (item.kind.maxEntries ?? 0)) return actedOn(list, names);
    if (!isObject(copied)) return actedOn(entries.toSpliced(index + 1, 0, copied), listNames);
    const id = newId();
    const copy = normalEntry(item.children, { ...unnamed(copied), id }, newId);
    return actedOn(entries.toSpliced(index + 1, 0, copy), [...listNames, id]);
  }
  const after = isThere ? changed(entries, index, action.verb) : list;
  if (action.verb !== 'remove') return actedOn(after, names);
  const removed = isThere ? removedFrom(pathBelow(base, listNames.join('.')), entries, index) : undefined;
  return { ...actedOn(after, listNames), removed };
}

/**
 * What a section that is a list holds after a post of its own page: `[]` says that there are no entries; without entries
 * and without the mark the question is not answered.
 */
export function actOnList(
  section: Item,
  before: Json | undefined,
  post: Posted,
  newId: () => string,
): { readonly after: Json | undefined; readonly focus: string | undefined; readonly removed?: Removed | undefined } {
  const action = entryAction(firstOf(post, 'action'));
  const acted = action && actOn([section], before === undefined ? {} : { [section.key]: before }, '', action, newId);
  if (acted !== undefined) return { ...acted, after: acted.value[section.key] };
  const isEmpty = !Array.isArray(before) || before.length === 0;
  const none = isMarked(post, noneMark(section.key)) ? [] : undefined;
  return { after: isEmpty ? none : before, focus: undefined };
}
