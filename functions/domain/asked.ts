/** Which questions are asked, given the answers so far. */

import { isObject } from '../../schemas/json.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Item, ResolvedCondition } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import { valueAt } from './answers.ts';

function chosen(value: Json | undefined, values: readonly string[]): boolean {
  if (typeof value === 'string') return values.includes(value);
  return Array.isArray(value) && value.some((each) => typeof each === 'string' && values.includes(each));
}

/** Whether every condition holds in a scope: the answers, or the entry of the innermost list around. */
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
    if (answer !== undefined && isAsked(item, scope)) kept[item.key] = askedPart(item, answer, scope);
  }
  return kept;
}

function askedPart(item: Item, answer: Json, scope: JsonObject): Json {
  if (item.kind.nesting === 'fields' && isObject(answer)) return askedFields(item.children, answer, scope);
  if (item.kind.nesting === 'entries' && Array.isArray(answer))
    return answer.map((entry) =>
      isObject(entry) ? { id: entry['id'], ...askedFields(item.children, entry, entry) } : entry,
    );
  return answer;
}

/** The answers without those to questions that are not asked. */
export function askedAnswers(sections: readonly Item[], answers: Answers): Answers {
  return askedFields(sections, answers, answers);
}
