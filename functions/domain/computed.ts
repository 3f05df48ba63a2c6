/** Computed values of a return: added when it becomes a version, and never taken from who sends it. */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Form, Item, ResolvedExpression } from '../../schemas/form.ts';
import type { Budget } from '../../schemas/rules/run.ts';
import { askedEvaluator, hasComputed, isAsked, roundedResult } from './asked.ts';
import type { Scopes } from './asked.ts';
import { previousScopes } from './previous-scopes.ts';

const evaluators = new WeakMap<Item, ReturnType<typeof askedEvaluator>>();

function valueOf(item: Item, formula: ResolvedExpression, scopes: Scopes, budget: Budget): number | undefined {
  if (!isAsked(item, scopes)) return undefined;
  const evaluate = evaluators.get(item) ?? askedEvaluator(formula, 'stands');
  evaluators.set(item, evaluate);
  const { about = {}, scopes: items } = formula;
  return roundedResult(
    item,
    evaluate({ scopes, about, budget, previous: previousScopes(about.previous, scopes, items) }),
  );
}

function fields(items: readonly Item[], value: JsonObject, scopes: Scopes, budget: Budget): JsonObject {
  const result: JsonObject = {};
  // In the order of the form, computed ones among the others.
  for (const item of items) {
    const answer = hasComputed(item) ? part(item, value[item.key], scopes, budget) : value[item.key];
    if (answer !== undefined) result[item.key] = answer;
  }
  return value['id'] === undefined ? result : { id: value['id'], ...result };
}

function part(item: Item, answer: Json | undefined, scopes: Scopes, budget: Budget): Json | undefined {
  const { kind, children, formula } = item;
  if (formula !== undefined) return valueOf(item, formula, scopes, budget);
  if (kind.nesting === 'entries' && Array.isArray(answer))
    return answer.map((entry) => (isObject(entry) ? fields(children, entry, [...scopes, entry], budget) : entry));
  if (kind.nesting !== 'fields') return answer;
  const group = fields(children, isObject(answer) ? answer : {}, scopes, budget);
  return Object.keys(group).length === 0 ? undefined : group;
}

/** Of all formulas of a return together; beyond, values are absent. */
const mostSteps = 2_000_000;

const passes = new WeakMap<Pick<Form, 'items'>['items'], number>();

/** How many computed values hang on one another; none needs itself. */
function passesOf(items: Pick<Form, 'items'>['items']): number {
  const known = passes.get(items);
  if (known !== undefined) return known;
  const heights = new Map<Item, number>();
  const heightOf = (item: Item): number => {
    const worked =
      heights.get(item) ?? Math.max(0, ...(item.formula?.reads ?? []).map(heightOf)) + (item.formula ? 1 : 0);
    heights.set(item, worked);
    return worked;
  };
  const count = Math.max(0, ...[...items.values()].map(heightOf));
  passes.set(items, count);
  return count;
}

/**
 * The answers with the values that follow from them, of a form that knows who is asked. A value that another one needs is
 * worked out in a pass before.
 */
export function withComputed({ sections, items }: Pick<Form, 'sections' | 'items'>, answers: Answers): Answers {
  let result = answers;
  const budget = { left: mostSteps };
  for (let pass = passesOf(items); pass > 0; pass -= 1) result = fields(sections, result, [result], budget);
  return result;
}
