/**
 * The normal form of answers, before storing and hashing: keys and options in the form's order, no empty groups, list
 * entries in the officer's order, each with an id.
 */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Item } from '../../schemas/form.ts';

export type NewEntryId = () => string;

function fields(items: readonly Item[], value: JsonObject, newId: NewEntryId): JsonObject {
  const normal: JsonObject = {};
  for (const item of items) {
    const answer = value[item.key];
    const part = answer === undefined ? undefined : normalPart(item, answer, newId);
    if (part !== undefined) normal[item.key] = part;
  }
  return normal;
}

export function normalPart({ kind, children }: Item, answer: Json, newId: NewEntryId): Json | undefined {
  if (kind.nesting === 'fields' && isObject(answer)) {
    const group = fields(children, answer, newId);
    return Object.keys(group).length === 0 ? undefined : group;
  }
  if (kind.nesting === 'entries' && Array.isArray(answer))
    return answer.map((entry) => (isObject(entry) ? normalEntry(children, entry, newId) : entry));
  // Nobody answers what is computed.
  if (kind.nesting === 'none' && kind.formula !== undefined) return undefined;
  return kind.normal === undefined ? answer : kind.normal(answer);
}

export function normalEntry(items: readonly Item[], entry: JsonObject, newId: NewEntryId): JsonObject {
  return { id: entry['id'] ?? newId(), ...fields(items, entry, newId) };
}

export function normalForm(sections: readonly Item[], answers: Answers, newId: NewEntryId): Answers {
  return fields(sections, answers, newId);
}
