/**
 * A condition or formula as the script of a page follows it: answers that have no field on the page stand in it as they are stored,
 * so that it is the same tree, read from fields.
 */

import { isNumberTable } from '../../../schemas/kinds/kind.ts';
import type { Answers, Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { Item, ResolvedExpression } from '../../../schemas/form.ts';
import type { Posting } from '../../../schemas/kinds/kind.ts';
import { aboutsIn } from '../../../schemas/rules/about.ts';
import type { Budget } from '../../../schemas/rules/run.ts';
import { partsOf } from '../../../schemas/rules/tree.ts';
import type { Tree } from '../../../schemas/rules/tree.ts';
import { namedEntries, valueAt } from '../../domain/answers.ts';
import { askedEvaluator, itemAt } from '../../domain/asked.ts';
import type { Scopes } from '../../domain/asked.ts';
import { previousScopes } from '../../domain/previous-scopes.ts';
import type { PageRule } from '../fields/context.ts';

interface Level {
  readonly path: string;
  readonly scope: JsonObject;
}

/** The scopes around a path of entries, such as `bodies.b1`, each with its own path. */
function levelsAlong(answers: Answers, path: string): Level[] {
  const levels: Level[] = [{ path: '', scope: answers }];
  const walked: string[] = [];
  let value: Json | undefined = answers;
  for (const name of path === '' ? [] : path.split('.')) {
    walked.push(name);
    const entry: JsonObject | undefined = Array.isArray(value)
      ? (namedEntries(value).find((each) => each.name === name)?.entry ?? {})
      : undefined;
    if (entry !== undefined) levels.push({ path: walked.join('.'), scope: entry });
    value = entry ?? (isObject(value) ? value[name] : undefined);
  }
  return levels;
}

interface Field {
  readonly name: string;
  readonly as: Posting['as'];
  /** Keys beyond the question, as to the end of a range. */
  readonly rest: readonly string[];
}

/** What of an expression the page has, and what is stored. */
interface Sources {
  /** The field of a single question on the page. */
  readonly find: (scope: number, keys: readonly string[]) => Field | undefined;
  /** How a question is computed, where it is. */
  readonly formula: (scope: number, keys: readonly string[]) => Tree | undefined;
  /** Whether a question has fields on the page, of whatever kind. */
  readonly isHere: (scope: number, keys: readonly string[]) => boolean;
  /** The places of the numbers of a table, a row or a column; nothing for what is none. */
  readonly numbers: (tree: Tree) => readonly Tree[] | undefined;
  readonly stored: (tree: Tree) => Json;
  /** What was answered last to a question. */
  readonly last: (scope: number, keys: readonly string[]) => Json | undefined;
  /** Whether a question stands in a section that the visitor does not see. */
  readonly isHidden: (scope: number, keys: readonly string[]) => boolean;
}

class Reduction {
  readonly fields: Record<string, Posting['as']> = {};
  /** What was answered last where a field is compared with it. */
  readonly previous: Record<string, Json> = {};
  /** Something that has fields on the page stands in it as it is stored. */
  isPartial = false;
  /** What the visitor does not see would stand in it, more than whether something holds. */
  isTelling = false;
  readonly #sources: Sources;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What is computed is followed by way of its formula. */
  #formula(tree: Tree): Tree | undefined {
    return tree[0] === 'read' ? this.#sources.formula(tree[1], tree[2]) : undefined;
  }

  #readsPage(tree: Tree): boolean {
    const formula = this.#formula(tree);
    if (formula !== undefined) return this.#readsPage(formula);
    if (tree[0] === 'read' || isCompared(tree)) return this.#sources.find(tree[1], tree[2]) !== undefined;
    return this.#partsOf(tree).some((part) => this.#readsPage(part));
  }

  /** None of what is not followed inside: lists are looked through where they are stored. */
  #partsOf(tree: Tree): readonly Tree[] {
    return tree[0] === 'call' ? this.#argumentsOf(tree) : isLookedThrough(tree) ? [] : partsOf(tree);
  }

  /** A total is that of the fields of its table. */
  #argumentsOf([, name, given]: Tree & readonly ['call', ...unknown[]]): readonly Tree[] {
    if (name !== 'total') return given;
    return given.map((argument): Tree => {
      const numbers = this.#sources.numbers(argument);
      return numbers === undefined ? argument : ['list', numbers];
    });
  }

  of(tree: Tree): Tree {
    if (!this.#readsPage(tree)) return this.#literal(tree);
    const formula = this.#formula(tree);
    if (formula !== undefined) return this.of(formula);
    if (tree[0] === 'read') return this.#field(tree[1], tree[2]) ?? this.#literal(tree);
    if (isCompared(tree)) return this.#compared(tree) ?? this.#literal(tree);
    if (tree[0] === 'list') return ['list', tree[1].map((part) => this.of(part))];
    if (tree[0] === 'negative') return ['negative', this.of(tree[1])];
    if (tree[0] === 'binary') return ['binary', tree[1], this.of(tree[2]), this.of(tree[3])];
    if (tree[0] === 'dates') return ['dates', tree[1], this.of(tree[2]), this.of(tree[3])];
    if (tree[0] === 'if') return ['if', this.of(tree[1]), this.of(tree[2]), this.of(tree[3])];
    return tree[0] === 'call'
      ? ['call', tree[1], this.#argumentsOf(tree).map((part) => this.of(part))]
      : this.#literal(tree);
  }

  #compared(tree: Compared): Tree | undefined {
    const field = this.#field(tree[1], tree[2]);
    if (field === undefined) return undefined;
    const [, , keys] = field;
    const [name = ''] = keys;
    const last = this.#sources.last(tree[1], tree[2]);
    if (last !== undefined) this.previous[name] = last;
    return tree[0] === 'went back' ? ['went back', 0, keys, tree[3]] : ['abrupt change', 0, keys];
  }

  #literal(tree: Tree): Tree {
    const value = this.#sources.stored(tree);
    this.isPartial ||= readsAny(tree, this.#sources.isHere);
    const { isHidden } = this.#sources;
    this.isTelling ||= typeof value !== 'boolean' && (readsAny(tree, isHidden) || readsLastOf(tree, isHidden));
    return literal(value);
  }

  #field(scope: number, keys: readonly string[]): (Tree & readonly ['read', ...unknown[]]) | undefined {
    const field = this.#sources.find(scope, keys);
    if (field === undefined) return undefined;
    this.fields[field.name] = field.as;
    return ['read', 0, [field.name, ...field.rest]];
  }
}

type Compared = Tree & readonly ['went back' | 'abrupt change', ...unknown[]];

/** Compares an answer with the one before. */
function isCompared(tree: Tree): tree is Compared {
  return tree[0] === 'went back' || tree[0] === 'abrupt change';
}

function readsAny(tree: Tree, is: (scope: number, keys: readonly string[]) => boolean): boolean {
  if (tree[0] === 'read' || isCompared(tree)) return is(tree[1], tree[2]);
  return partsOf(tree).some((part) => readsAny(part, is));
}

/** Whether the last answer to one of these stands in it. */
function readsLastOf(tree: Tree, is: (scope: number, keys: readonly string[]) => boolean): boolean {
  return tree[0] === 'previous' ? is(tree[1], tree[2]) : partsOf(tree).some((part) => readsLastOf(part, is));
}

function isLookedThrough([kind]: Tree): boolean {
  return ['each', 'rows', 'some', 'every', 'filter'].includes(kind);
}

function literal(value: Json): Tree {
  if (Array.isArray(value)) return ['list', value.map(literal)];
  return ['value', isObject(value) ? null : value];
}

/** The page that follows. */
interface RulePage {
  /** Whether a question of the scope at this level has a field on the page. */
  readonly isField: (item: Item, isInnermost: boolean) => boolean;
  /** Whether the visitor sees a section. */
  readonly isSeen: (section: string) => boolean;
  /** Of all conditions and formulas of the page together. */
  readonly budget?: Budget | undefined;
}

/** The places of the single questions below one. */
function singlesBelow({ children }: Item, scope: number, keys: readonly string[]): readonly Tree[] {
  return children.flatMap((child): readonly Tree[] => {
    const own = [...keys, child.key];
    return child.children.length === 0 ? [['read', scope, own]] : singlesBelow(child, scope, own);
  });
}

function numbersIn(tree: Tree, scopes: ResolvedExpression['scopes']): readonly Tree[] | undefined {
  const itemOf = (scope: number, keys: readonly string[]): Item | undefined => {
    const item = itemAt(scopes[scope] ?? [], keys);
    return item !== undefined && isNumberTable(item.kind) && item.keys.length === keys.length ? item : undefined;
  };
  if (tree[0] === 'read') {
    const table = itemOf(tree[1], tree[2]);
    return table && singlesBelow(table, tree[1], tree[2]);
  }
  // A column, which is read of every row.
  if (tree[0] !== 'each' || tree[1][0] !== 'rows' || tree[1][1][0] !== 'read') return undefined;
  const [, [, [, scope, keys], rows], column] = tree;
  return itemOf(scope, keys) && rows.map((row): Tree => ['read', scope, [...keys, row, ...column]]);
}

function lastAnswer(scope: JsonObject | undefined, keys: readonly string[]): Json | undefined {
  return scope === undefined ? undefined : valueAt(scope, keys);
}

interface Reduced {
  readonly rule: PageRule;
  readonly isPartial: boolean;
  readonly isTelling: boolean;
  /** As it is with what is stored. */
  readonly stored: Json;
}

function reduced(expression: ResolvedExpression, answers: Answers, scope: string, page: RulePage): Reduced {
  const levels = levelsAlong(answers, scope);
  const scopes: Scopes = levels.map((level) => level.scope);
  const { about = {} } = expression;
  const limit = page.budget === undefined ? {} : { budget: page.budget };
  const previous = previousScopes(about.previous, scopes, expression.scopes);
  const here = (index: number, keys: readonly string[]): Item | undefined => {
    const item = itemAt(expression.scopes[index] ?? [], keys);
    return item !== undefined && levels[index] !== undefined && page.isField(item, index === levels.length - 1)
      ? item
      : undefined;
  };
  const find = (index: number, keys: readonly string[]): Field | undefined => {
    const item = here(index, keys);
    if (item === undefined || item.kind.nesting !== 'none') return undefined;
    const { as } = item.kind.posting;
    if (as === 'lines' || as === 'sent') return undefined;
    const name = [levels[index]?.path ?? '', ...item.keys].filter((part) => part !== '').join('.');
    return { name, as, rest: keys.slice(item.keys.length) };
  };
  const stored = (tree: Tree): Json =>
    askedEvaluator({ tree, scopes: expression.scopes }, 'follows')({ scopes, about, previous, ...limit });
  const reduction = new Reduction({
    find,
    formula: (index, keys) => {
      const { kind, formula, conditions = [], expressions = [] } = itemAt(expression.scopes[index] ?? [], keys) ?? {};
      const isAlways = conditions.length === 0 && expressions.length === 0;
      if (formula === undefined || kind?.formula === undefined || !isAlways) return undefined;
      return ['call', 'round half up', [formula.tree, ['value', kind.formula.places]]];
    },
    isHere: (index, keys) => here(index, keys) !== undefined,
    numbers: (tree) => numbersIn(tree, expression.scopes),
    stored,
    last: (index, keys) => lastAnswer(previous[index], keys),
    isHidden: (index, [section = '']) => index === 0 && !page.isSeen(section),
  });
  const tree = reduction.of(expression.tree);
  const { fields, previous: compared, isPartial, isTelling } = reduction;
  const { round } = about;
  const knowsRound = round !== undefined && aboutsIn(tree).includes('round');
  return {
    rule: {
      tree,
      fields,
      ...(knowsRound ? { round: { fiscalYear: round.fiscalYear, period: round.period } } : {}),
      ...(Object.keys(compared).length === 0 ? {} : { previous: compared }),
    },
    isPartial,
    isTelling,
    stored: stored(expression.tree),
  };
}

/** Whether it holds, where nothing on the page decides it, or more of it would be told than the visitor sees. */
export function pageRule(
  expression: ResolvedExpression,
  answers: Answers,
  scope: string,
  page: RulePage,
): PageRule | boolean {
  const { rule, isTelling, stored } = reduced(expression, answers, scope, page);
  return isTelling || Object.keys(rule.fields).length === 0 ? stored === true : rule;
}

/** Nothing where an answer that has fields on the page cannot be followed there or may not be told, or none is read at all. */
export function pageFormula(
  expression: ResolvedExpression,
  answers: Answers,
  scope: string,
  page: RulePage,
): PageRule | undefined {
  const { rule, isPartial, isTelling } = reduced(expression, answers, scope, page);
  return isPartial || isTelling || Object.keys(rule.fields).length === 0 ? undefined : rule;
}
