/** Which questions are asked, given the answers so far. */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Item, ResolvedConditions, ResolvedExpression } from '../../schemas/form.ts';
import { evaluator } from '../../schemas/rules/evaluate.ts';
import { roundHalfUp } from '../../schemas/rules/functions.ts';
import { partsOf } from '../../schemas/rules/tree.ts';
import type { Tree } from '../../schemas/rules/tree.ts';
import type { Budget } from '../../schemas/rules/run.ts';
import { isEmptyEntry, valueAt } from './answers.ts';
import { previousScopes } from './previous-scopes.ts';

function chosen(value: Json | undefined, values: readonly string[]): boolean {
  if (typeof value === 'string') return values.includes(value);
  return Array.isArray(value) && value.some((each) => typeof each === 'string' && values.includes(each));
}

/** What conditions read: the answers, then the entries of the lists around the question, outermost first. */
export type Scopes = readonly JsonObject[];

const nothing: JsonObject = {};

const computing = new WeakMap<Item, boolean>();

/** Whether it is computed, or something inside it is. */
export function hasComputed(item: Item): boolean {
  const known = computing.get(item);
  if (known !== undefined) return known;
  const is = item.formula !== undefined || item.children.some(hasComputed);
  computing.set(item, is);
  return is;
}

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

/** What is computed stands in the answers, or is worked out where it is needed: drafts have none. */
type Computed = 'stands' | 'follows';

/** What is not asked counts as not answered. */
export function askedEvaluator(
  { tree, scopes: items }: Pick<ResolvedExpression, 'tree' | 'scopes'>,
  computed: Computed,
): Evaluator {
  return evaluator(tree, (scope, keys) => {
    const item = itemAt(items[scope] ?? [], keys);
    const follows = computed === 'follows' && item !== undefined && hasComputed(item);
    if (item === undefined || !(isConditional(item) || follows)) return undefined;
    return (value, scopes) => askedValue(item, value, scopes.slice(0, scope + 1), computed);
  });
}

type Evaluator = ReturnType<typeof evaluator>;

const evaluators = new WeakMap<ResolvedExpression, Evaluator>();

function evaluatorOf(expression: ResolvedExpression): Evaluator {
  const known = evaluators.get(expression) ?? askedEvaluator(expression, 'follows');
  evaluators.set(expression, known);
  return known;
}

/** Answers stay as they are while they are looked at: what hangs on much is worked out once for each place. */
type WorkedOut<T> = WeakMap<JsonObject, WeakMap<JsonObject, Map<object, T>>>;
const workedOut: WorkedOut<Json> = new WeakMap();
const parts: WorkedOut<Json | undefined> = new WeakMap();

function once<T>(all: WorkedOut<T>, of: object, scopes: Scopes, work: () => T): T {
  const [root = nothing] = scopes;
  const here = scopes.at(-1) ?? nothing;
  const inRoot = all.get(root) ?? new WeakMap<JsonObject, Map<object, T>>();
  const known = inRoot.get(here) ?? new Map<object, T>();
  all.set(root, inRoot.set(here, known));
  const before = known.get(of);
  if (before !== undefined) return before;
  const value = work();
  known.set(of, value);
  return value;
}

/** Of all conditions of a return together, and what is computed for them; beyond, they are not met. */
const mostSteps = 1_000_000;

interface Spent {
  readonly budget: Budget;
  readonly exceeded: Set<string>;
}

const spent = new WeakMap<JsonObject, Spent>();

/** The questions whose conditions or formulas took more steps than a return may, in the order in which they were asked for. */
export function exceededIn(answers: Answers): readonly string[] {
  return [...(spent.get(answers)?.exceeded ?? [])];
}

const looking = new WeakMap<ResolvedExpression, boolean>();

/** Whether it may take many steps. */
function looksThroughLists(expression: ResolvedExpression): boolean {
  const known = looking.get(expression);
  if (known !== undefined) return known;
  const within = (tree: Tree): boolean =>
    ['each', 'rows', 'some', 'every', 'filter', 'repeated', 'call'].includes(tree[0]) || partsOf(tree).some(within);
  const is = within(expression.tree);
  looking.set(expression, is);
  return is;
}

function result(expression: ResolvedExpression, scopes: Scopes): Json {
  return looksThroughLists(expression)
    ? once(workedOut, expression, scopes, () => evaluated(expression, scopes))
    : evaluated(expression, scopes);
}

function evaluated(expression: ResolvedExpression, scopes: Scopes): Json {
  const { at, about, scopes: items } = expression;
  const [root = nothing] = scopes;
  const { budget, exceeded } = spent.get(root) ?? { budget: { left: mostSteps }, exceeded: new Set<string>() };
  spent.set(root, { budget, exceeded });
  const previous = about?.previous === undefined ? [] : previousScopes(about.previous, scopes, items);
  return evaluatorOf(expression)({
    scopes,
    previous,
    budget,
    exceeded: () => exceeded.add(at),
    ...(about === undefined ? {} : { about }),
  });
}

/** As it is printed and kept; nothing for what is no number. */
export function roundedResult({ kind }: Item, value: Json): number | undefined {
  if (kind.formula === undefined || typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return roundHalfUp(value, kind.formula.places);
}

function askedValue(item: Item, value: Json | undefined, scopes: Scopes, computed: Computed): Json | undefined {
  const { formula } = item;
  if (formula !== undefined && computed === 'follows')
    return isAsked(item, scopes)
      ? roundedResult(
          item,
          once(workedOut, formula, scopes, () => result(formula, scopes)),
        )
      : undefined;
  if (value === undefined || !isAsked(item, scopes)) return undefined;
  // A list is gone through once, and not for each place that reads it.
  return computed === 'follows' && item.kind.nesting === 'entries'
    ? once(parts, item, scopes, () => askedPart(item, value, scopes, computed))
    : askedPart(item, value, scopes, computed);
}

function holds(expression: ResolvedExpression, scopes: Scopes): boolean {
  return result(expression, scopes) === true;
}

const heights = new WeakMap<Item, number>();

/** How many conditions hang on one another up to this one. */
function heightOf(item: Item): number {
  const known = heights.get(item);
  if (known !== undefined) return known;
  const { conditions, expressions, formula } = item;
  const read = [
    ...conditions.map(({ on }) => on),
    ...[...expressions, formula ?? []].flat().flatMap(({ reads }) => reads),
  ];
  const height = read.length === 0 ? 0 : 1 + Math.max(...read.map(heightWithin));
  heights.set(item, height);
  return height;
}

function heightWithin(item: Item): number {
  return Math.max(heightOf(item), ...item.children.map(heightWithin));
}

/** From here on conditions are remembered: a question that hangs on two, each of which hangs on two … asks for all of them. */
const rememberedFrom = 4;

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
  if (item.conditions.length === 0 && item.expressions.length === 0) return true;
  if (heightOf(item) < rememberedFrom) return allHold(item, scopes);
  return once(workedOut, item, scopes, () => allHold(item, scopes)) === true;
}

/** Whether what an expression reads may yet be answered otherwise. */
function isOpen({ reads, scopes: items }: ResolvedExpression, scopes: Scopes): boolean {
  return reads.some((read) => {
    const level = items.findLastIndex((siblings) => itemAt(siblings, read.keys) === read);
    if (level === -1) return true;
    const inside = scopes.slice(0, level + 1);
    if (read.formula !== undefined) return isOpen(read.formula, inside);
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
function askedFields(items: readonly Item[], value: JsonObject, scopes: Scopes, computed: Computed): JsonObject {
  let kept = value;
  for (const item of computed === 'stands' ? losingOf(items) : items) {
    const answer = value[item.key];
    const part = askedValue(item, answer, scopes, computed);
    if (part === answer) continue;
    const { [item.key]: _left, ...others } = kept;
    kept = part === undefined ? others : { ...kept, [item.key]: part };
  }
  return kept;
}

/** A list of nothing but empty entries is not answered, which is not the same as one that says that there are none. */
function askedPart(item: Item, answer: Json, scopes: Scopes, computed: Computed): Json | undefined {
  const { kind, children } = item;
  if (kind.nesting === 'fields' && isObject(answer)) return askedFields(children, answer, scopes, computed);
  if (kind.nesting !== 'entries' || !Array.isArray(answer) || answer.length === 0) return answer;
  const entries = answer.map((entry) =>
    isObject(entry) ? askedFields(children, entry, [...scopes, entry], computed) : entry,
  );
  const filled = entries.filter((entry) => !isEmptyEntry(entry));
  if (filled.length === 0) return undefined;
  return filled.length === answer.length && filled.every((entry, index) => entry === answer[index]) ? answer : filled;
}

export function askedAnswers(sections: readonly Item[], answers: Answers): Answers {
  return askedFields(sections, answers, [answers], 'stands');
}
