/** Finding one's way in answers: values by keys, entries by id. */

import type { Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';

/** The value the keys lead to; absent stays `undefined`, apart from `null`. */
export function valueAt(scope: JsonObject, keys: readonly string[]): Json | undefined {
  let value: Json | undefined = scope;
  for (const key of keys) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** Asked of every entry of every return: stops at the first value, and copies nothing. */
function holdsNothing(value: Json | undefined, but?: string): boolean {
  if (value === undefined) return true;
  if (!isObject(value)) return false;
  for (const key in value) if (key !== but && !holdsNothing(value[key])) return false;
  return true;
}

/** An entry of a repeating group in which nothing is answered: it was added, and left. */
export function isEmptyEntry(entry: Json): boolean {
  return isObject(entry) && holdsNothing(entry, 'id');
}

const named = new WeakMap<readonly Json[], string[]>();

/** The name that each entry of a repeating group has in paths: its id, or its position where ids fail. */
export function entryNames(entries: readonly Json[]): readonly string[] {
  const known = named.get(entries) ?? namesOf(entries);
  named.set(entries, known);
  return known;
}

function namesOf(entries: readonly Json[]): string[] {
  const ids = entries.map((entry) => (isObject(entry) ? entry['id'] : undefined));
  const times = new Map<Json | undefined, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return ids.map((id, index) => (typeof id === 'string' && times.get(id) === 1 ? id : String(index)));
}

export function namedEntries(value: Json | undefined): { readonly name: string; readonly entry: JsonObject }[] {
  if (!Array.isArray(value)) return [];
  const names = entryNames(value);
  return value.flatMap((entry, index) => (isObject(entry) ? [{ name: names[index] ?? String(index), entry }] : []));
}
