/** The answers of an earlier version of a form, where the questions stand now that have moved since (旧ID). */

import { formerIds } from '../../schemas/drift.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import { valueAt } from './answers.ts';

type Asked = Pick<Form, 'sections' | 'items'>;

/** The innermost list around a question. */
function listAround({ items }: Asked, { id }: Item): Item | undefined {
  const names = id.split('.');
  const around = names.slice(1).map((_, index) => items.get(names.slice(0, index + 1).join('.')));
  return around.findLast((item) => item?.kind.nesting === 'entries');
}

/** A copy with a value at a place; what is on the way and no object gives way to nothing. */
function withValue(scope: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  if (rest.length === 0) return { ...scope, [key]: value };
  const inner = scope[key];
  if (inner !== undefined && !isObject(inner)) return scope;
  return { ...scope, [key]: withValue(inner ?? {}, rest, value) };
}

/** From one place to another of the same scope; what is answered there already stays. */
function moved(scope: JsonObject, from: readonly string[], to: readonly string[]): JsonObject {
  const value = valueAt(scope, from);
  return value === undefined || valueAt(scope, to) !== undefined ? scope : withValue(scope, to, value);
}

/**
 * Everything that was answered, and beside it at their present places what moved: with all its entries and inner questions
 * where a group or list did, in each entry where a question moved within its list. A question that went from one list to
 * another has no earlier answer, since no entry of the one is an entry of the other.
 */
export function inPresentPlaces(form: Asked, answers: Answers): Answers {
  const movers = [...form.items.values()].filter(({ definition }) => definition.was !== undefined);
  if (movers.length === 0) return answers;
  const former = formerIds(form.sections, '', new Map());
  return movers.reduce((result: JsonObject, item) => {
    const from = (item.definition.was ?? '').split('.');
    const list = listAround(form, item);
    if (list === undefined) return moved(result, from, item.keys);
    const before = `${former.get(list.id) ?? list.id}.`;
    const entries = valueAt(result, list.keys);
    if (!(item.definition.was ?? '').startsWith(before) || !Array.isArray(entries)) return result;
    const inEntry = from.slice(before.split('.').length - 1);
    const changed = entries.map((entry) => (isObject(entry) ? moved(entry, inEntry, item.keys) : entry));
    return withValue(result, list.keys, changed);
  }, answers);
}
