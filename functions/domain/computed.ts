/** Computed values of a return: added when it becomes a version, and never taken from who sends it. */

import { placeOfUnit } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import { isObject } from '../../schemas/json.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { roundHalfUp } from '../../schemas/rules/functions.ts';
import type { RuleContext } from '../../schemas/rules/run.ts';
import { askedEvaluator, isAsked } from './asked.ts';
import type { Scopes } from './asked.ts';

type About = Required<RuleContext>;

const evaluators = new WeakMap<Item, ReturnType<typeof askedEvaluator>>();

function valueOf(item: Item, scopes: Scopes, about: About): number | undefined {
  const { formula, kind } = item;
  if (formula === undefined || kind.formula === undefined || !isAsked(item, scopes)) return undefined;
  const evaluate = evaluators.get(item) ?? askedEvaluator(formula);
  evaluators.set(item, evaluate);
  const value = evaluate({ scopes, about });
  return typeof value === 'number' && Number.isFinite(value) ? roundHalfUp(value, kind.formula.places) : undefined;
}

function hasComputed(item: Item): boolean {
  return item.formula !== undefined || item.children.some(hasComputed);
}

function fields(items: readonly Item[], value: JsonObject, scopes: Scopes, about: About): JsonObject {
  const result: JsonObject = {};
  // In the order of the form, computed ones among the others.
  for (const item of items) {
    const answer = hasComputed(item) ? part(item, value[item.key], scopes, about) : value[item.key];
    if (answer !== undefined) result[item.key] = answer;
  }
  return value['id'] === undefined ? result : { id: value['id'], ...result };
}

function part(item: Item, answer: Json | undefined, scopes: Scopes, about: About): Json | undefined {
  const { kind, children } = item;
  if (item.formula !== undefined) return valueOf(item, scopes, about);
  if (kind.nesting === 'entries' && Array.isArray(answer))
    return answer.map((entry) => (isObject(entry) ? fields(children, entry, [...scopes, entry], about) : entry));
  if (kind.nesting !== 'fields') return answer;
  const group = fields(children, isObject(answer) ? answer : {}, scopes, about);
  return Object.keys(group).length === 0 ? undefined : group;
}

/**
 * The answers with the values that follow from them. A value that another one needs is worked out first, by as many passes as
 * there are computed questions at most: none needs itself.
 */
export function withComputed(
  { sections, items }: Pick<Form, 'sections' | 'items'>,
  answers: Answers,
  about: About,
): Answers {
  const computed = [...items.values()].filter(({ formula }) => formula !== undefined).length;
  let result = answers;
  for (let pass = 0; pass < computed; pass += 1) result = fields(sections, result, [result], about);
  return result;
}

/** What a return is computed from besides its answers. */
interface ReturnOfUnit {
  readonly form: Pick<Form, 'sections' | 'items' | 'units'>;
  readonly unit: { readonly code: string };
  readonly directory: Directory;
  readonly round: Round;
}

/** The answers of a draft as pages show them: with what would be computed if it were submitted now. */
export function computedAnswers({ form, unit: { code }, directory, round }: ReturnOfUnit, answers: Answers): Answers {
  return withComputed(form, answers, { unit: { code, ...placeOfUnit(directory, form.units, code) }, round });
}
