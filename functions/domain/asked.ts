/** Which questions are asked, given the answers so far. */

import { isObject } from '../../schemas/json.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Item, ResolvedCondition } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import { isEmptyEntry, valueAt } from './answers.ts';

function chosen(value: Json | undefined, values: readonly string[]): boolean {
  if (typeof value === 'string') return values.includes(value);
  return Array.isArray(value) && value.some((each) => typeof each === 'string' && values.includes(each));
}

export function allHold(conditions: readonly ResolvedCondition[], scope: JsonObject): boolean {
  for (const { on, values } of conditions)
    if (!chosen(valueAt(scope, on.keys), values) || !isAsked(on, scope)) return false;
  return true;
}

/**
 * Whether a question is asked in its scope. A question that hangs on one that is not asked itself is not asked either.
 */
export function isAsked(item: Item, scope: JsonObject): boolean {
  return allHold(item.conditions, scope);
}

/** Whether a question is asked, or may come to be by answers that are not given yet. */
export function mayBeAsked(item: Item, scope: JsonObject): boolean {
  return item.conditions.every(({ on, values }) => {
    const value = valueAt(scope, on.keys);
    return (value === undefined || chosen(value, values)) && mayBeAsked(on, scope);
  });
}

function askedFields(items: readonly Item[], value: JsonObject, scope: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const item of items) {
    const answer = value[item.key];
    const part = answer !== undefined && isAsked(item, scope) ? askedPart(item, answer, scope) : undefined;
    if (part !== undefined) kept[item.key] = part;
  }
  return kept;
}

/** A list of nothing but empty entries is not answered, which is not the same as one that says that there are none. */
function askedPart(item: Item, answer: Json, scope: JsonObject): Json | undefined {
  if (item.kind.nesting === 'fields' && isObject(answer)) return askedFields(item.children, answer, scope);
  if (item.kind.nesting !== 'entries' || !Array.isArray(answer)) return answer;
  const entries = answer.map((entry) =>
    isObject(entry) ? { id: entry['id'], ...askedFields(item.children, entry, entry) } : entry,
  );
  const filled = entries.filter((entry) => !isEmptyEntry(entry));
  return filled.length === 0 && entries.length > 0 ? undefined : filled;
}

export function askedAnswers(sections: readonly Item[], answers: Answers): Answers {
  return askedFields(sections, answers, answers);
}
