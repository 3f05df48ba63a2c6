/** What a button of a page does besides saving: adding, removing and moving entries, one at a time. */

import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import type { Item } from '../../../schemas/form.ts';
import { hasEntries } from '../../../schemas/kinds/kind.ts';
import type { Json } from '../../../schemas/return.ts';
import { entryNames } from '../../domain/answers.ts';

/** `open` and `take` change nothing: the page of an entry comes next, for `take` filled in from the last round. */
const verbs = ['add', 'remove', 'up', 'down', 'open', 'take'] as const;
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

/** Where a list is: its question, and the list changed by a function that gets it. */
interface Found {
  readonly item: Item;
  readonly rest: readonly string[];
}

export interface Acted {
  readonly value: JsonObject;
  /** What the page shows next. */
  readonly focus: string;
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const element = list[from];
  if (element === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, element);
}

function changed(list: readonly Json[], index: number, verb: Verb): Json[] {
  if (verb === 'remove') return list.toSpliced(index, 1);
  if (verb === 'up') return moved(list, index, index - 1);
  return verb === 'down' ? moved(list, index, index + 1) : [...list];
}

function actOnList(
  { item, rest }: Found,
  list: readonly Json[],
  verb: Verb,
  newId: () => string,
): { list: Json[]; focus: string } {
  const { kind } = item;
  const isList = kind.nesting === 'entries';
  if (verb === 'add') {
    if (kind.nesting !== 'entries' || list.length >= kind.maxEntries) return { list: [...list], focus: '' };
    const id = newId();
    return { list: [...list, { id }], focus: `.${id}` };
  }
  const [name = ''] = rest;
  const index = isList ? entryNames(list).indexOf(name) : Number(name);
  return {
    list: index < 0 || !Number.isInteger(index) ? [...list] : changed(list, index, verb),
    focus: verb === 'remove' ? '' : `.${name}`,
  };
}

function act(
  items: readonly Item[],
  value: JsonObject,
  rest: readonly string[],
  verb: Verb,
  newId: () => string,
): Acted | undefined {
  const [key = '', ...inside] = rest;
  const item = items.find((each) => each.key === key);
  if (item === undefined) return undefined;
  const { kind } = item;
  const part = value[key];
  if (kind.nesting === 'fields') {
    const acted = act(item.children, isObject(part) ? part : {}, inside, verb, newId);
    return acted && { value: { ...value, [key]: acted.value }, focus: `${key}.${acted.focus}` };
  }
  if (!hasEntries(kind)) return undefined;
  const list = Array.isArray(part) ? part : [];
  if (inside.length <= 1) {
    const { list: after, focus } = actOnList({ item, rest: inside }, list, verb, newId);
    // The last entry removed leaves the question unanswered; that there is none is said by its own mark.
    const left = after.length === 0 && list.length > 0 ? undefined : after.length === 0 ? part : after;
    return { value: { ...value, [key]: left }, focus: `${key}${focus}` };
  }
  const [name = '', ...further] = inside;
  const index = entryNames(list).indexOf(name);
  const entry = list[index];
  const acted = isObject(entry) ? act(item.children, entry, further, verb, newId) : undefined;
  return acted && { value: { ...value, [key]: list.with(index, acted.value) }, focus: `${key}.${name}.${acted.focus}` };
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
  if (!action.path.startsWith(`${base}.`)) return undefined;
  const acted = act(items, value, action.path.slice(base.length + 1).split('.'), action.verb, newId);
  return acted && { ...acted, focus: `${base}.${acted.focus}` };
}
