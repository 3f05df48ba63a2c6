/** Which questions are asked, given the answers so far. */

import { isObject } from '../../schemas/json.ts';
import type { JsonObject } from '../../schemas/json.ts';
import type { Item, ResolvedConditions, ResolvedExpression } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import { evaluator } from '../../schemas/rules/evaluate.ts';
import { isEmptyEntry, valueAt } from './answers.ts';

function chosen(value: Json | undefined, values: readonly string[]): boolean {
  if (typeof value === 'string') return values.includes(value);
  return Array.isArray(value) && value.some((each) => typeof each === 'string' && values.includes(each));
}

/** What conditions read: the answers, then the entries of the lists around the question, outermost first. */
export type Scopes = readonly JsonObject[];

const nothing: JsonObject = {};

const conditional = new WeakMap<Item, boolean>();

/** Whether an answer, or a part of it, may be there without being asked. */
function isConditional(item: Item): boolean {
  const known = conditional.get(item);
  if (known !== undefined) return known;
  const is = item.conditions.length > 0 || item.expressions.length > 0 || item.children.some(isConditional);
  conditional.set(item, is);
  return is;
}

/** The last question on the way: a part of an answer, as the end of a range, is no question. */
export function itemAt(items: readonly Item[], [first, ...others]: readonly string[]): Item | undefined {
  const found = items.find(({ key }) => key === first);
  return found === undefined ? undefined : (itemAt(found.children, others) ?? found);
}

/** What is not asked counts as not answered. */
export function askedEvaluator({ tree, scopes: items }: Pick<ResolvedExpression, 'tree' | 'scopes'>): Evaluator {
  return evaluator(tree, (scope, keys) => {
    const item = itemAt(items[scope] ?? [], keys);
    if (item === undefined || !isConditional(item)) return undefined;
    return (value, scopes) => {
      const inside = scopes.slice(0, scope + 1);
      return value !== undefined && isAsked(item, inside) ? askedPart(item, value, inside) : undefined;
    };
  });
}

type Evaluator = ReturnType<typeof evaluator>;

const evaluators = new WeakMap<ResolvedExpression, Evaluator>();

function evaluatorOf(expression: ResolvedExpression): Evaluator {
  const known = evaluators.get(expression) ?? askedEvaluator(expression);
  evaluators.set(expression, known);
  return known;
}

function holds(expression: ResolvedExpression, scopes: Scopes): boolean {
  return evaluatorOf(expression)({ scopes }) === true;
}

export function allHold({ conditions, expressions }: ResolvedConditions, scopes: Scopes): boolean {
  const scope = scopes.at(-1) ?? nothing;
  for (const { on, values } of conditions)
    if (!chosen(valueAt(scope, on.keys), values) || !isAsked(on, scopes)) return false;
  for (const expression of expressions) if (!holds(expression, scopes)) return false;
  return true;
}

/**
 * Whether a question is asked in its scopes. A question that hangs on one that is not asked itself is not asked either.
 */
export function isAsked(item: Item, scopes: Scopes): boolean {
  return allHold(item, scopes);
}

/** Whether what an expression reads may yet be answered otherwise. */
function isOpen({ reads, scopes: items }: ResolvedExpression, scopes: Scopes): boolean {
  return reads.some((read) => {
    const level = items.findLastIndex((siblings) => itemAt(siblings, read.keys) === read);
    if (level === -1) return true;
    const inside = scopes.slice(0, level + 1);
    return valueAt(inside.at(-1) ?? nothing, read.keys) === undefined && mayBeAsked(read, inside);
  });
}

/** Whether a question is asked, or may come to be by answers that are not given yet. */
export function mayBeAsked(item: Item, scopes: Scopes): boolean {
  const scope = scopes.at(-1) ?? nothing;
  return (
    item.conditions.every(({ on, values }) => {
      const value = valueAt(scope, on.keys);
      return (value === undefined || chosen(value, values)) && mayBeAsked(on, scopes);
    }) && item.expressions.every((expression) => holds(expression, scopes) || isOpen(expression, scopes))
  );
}

const losing = new WeakMap<readonly Item[], readonly Item[]>();

/** The questions whose answers may lose something: what is conditional, and entries, of which empty ones do not count. */
function losingOf(items: readonly Item[]): readonly Item[] {
  const known = losing.get(items);
  if (known !== undefined) return known;
  const all = items.filter(
    (item) => isConditional(item) || item.kind.nesting === 'entries' || losingOf(item.children).length > 0,
  );
  losing.set(items, all);
  return all;
}

/** Copied only where something is left out: of most returns that is nothing. */
function askedFields(items: readonly Item[], value: JsonObject, scopes: Scopes): JsonObject {
  let kept = value;
  for (const item of losingOf(items)) {
    const answer = value[item.key];
    if (answer === undefined) continue;
    const part = isAsked(item, scopes) ? askedPart(item, answer, scopes) : undefined;
    if (part === answer) continue;
    const { [item.key]: _left, ...others } = kept;
    kept = part === undefined ? others : { ...kept, [item.key]: part };
  }
  return kept;
}

/** A list of nothing but empty entries is not answered, which is not the same as one that says that there are none. */
function askedPart(item: Item, answer: Json, scopes: Scopes): Json | undefined {
  if (item.kind.nesting === 'fields' && isObject(answer)) return askedFields(item.children, answer, scopes);
  if (item.kind.nesting !== 'entries' || !Array.isArray(answer)) return answer;
  if (answer.length === 0) return answer;
  const entries = answer.map((entry) =>
    isObject(entry) ? askedFields(item.children, entry, [...scopes, entry]) : entry,
  );
  const filled = entries.filter((entry) => !isEmptyEntry(entry));
  if (filled.length === 0) return undefined;
  return filled.length === answer.length && filled.every((entry, index) => entry === answer[index]) ? answer : filled;
}

export function askedAnswers(sections: readonly Item[], answers: Answers): Answers {
  return askedFields(sections, answers, [answers]);
}
