/**
 * A condition as the script of a page follows it: answers that have no field on the page stand in it as they are stored,
 * so that it is the same tree, read from fields.
 */

import { isObject } from '../../../schemas/json.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import type { Item, ResolvedExpression } from '../../../schemas/form.ts';
import type { Posting } from '../../../schemas/kinds/kind.ts';
import type { Answers, Json } from '../../../schemas/return.ts';
import type { Tree } from '../../../schemas/rules/tree.ts';
import { namedEntries } from '../../domain/answers.ts';
import { askedEvaluator, itemAt } from '../../domain/asked.ts';
import type { Scopes } from '../../domain/asked.ts';
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

class Reduction {
  readonly fields: Record<string, Posting['as']> = {};
  readonly #find: (scope: number, keys: readonly string[]) => Field | undefined;
  readonly #stored: (tree: Tree) => Json;

  constructor(find: (scope: number, keys: readonly string[]) => Field | undefined, stored: (tree: Tree) => Json) {
    this.#find = find;
    this.#stored = stored;
  }

  #readsPage(tree: Tree): boolean {
    if (tree[0] === 'read') return this.#find(tree[1], tree[2]) !== undefined;
    return partsOf(tree).some((part) => this.#readsPage(part));
  }

  of(tree: Tree): Tree {
    if (!this.#readsPage(tree)) return literal(this.#stored(tree));
    if (tree[0] === 'read') return this.#field(tree[1], tree[2]) ?? literal(this.#stored(tree));
    if (tree[0] === 'list') return ['list', tree[1].map((part) => this.of(part))];
    if (tree[0] === 'negative') return ['negative', this.of(tree[1])];
    if (tree[0] === 'binary') return ['binary', tree[1], this.of(tree[2]), this.of(tree[3])];
    if (tree[0] === 'dates') return ['dates', tree[1], this.of(tree[2]), this.of(tree[3])];
    if (tree[0] === 'if') return ['if', this.of(tree[1]), this.of(tree[2]), this.of(tree[3])];
    return tree[0] === 'call' ? ['call', tree[1], tree[2].map((part) => this.of(part))] : literal(this.#stored(tree));
  }

  #field(scope: number, keys: readonly string[]): Tree | undefined {
    const field = this.#find(scope, keys);
    if (field === undefined) return undefined;
    this.fields[field.name] = field.as;
    return ['read', 0, [field.name, ...field.rest]];
  }
}

/** None of what is not followed inside: lists are looked through where they are stored. */
function partsOf(tree: Tree): readonly Tree[] {
  if (tree[0] === 'list') return tree[1];
  if (tree[0] === 'negative') return [tree[1]];
  if (tree[0] === 'binary' || tree[0] === 'dates') return [tree[2], tree[3]];
  if (tree[0] === 'if') return [tree[1], tree[2], tree[3]];
  return tree[0] === 'call' ? tree[2] : [];
}

function literal(value: Json): Tree {
  if (Array.isArray(value)) return ['list', value.map(literal)];
  return ['value', isObject(value) ? null : value];
}

/** @param isField whether a question of the scope at this level has a field on the page */
export function pageRule(
  expression: ResolvedExpression,
  answers: Answers,
  scope: string,
  isField: (item: Item, isInnermost: boolean) => boolean,
): PageRule | boolean {
  const levels = levelsAlong(answers, scope);
  const scopes: Scopes = levels.map((level) => level.scope);
  const find = (index: number, keys: readonly string[]): Field | undefined => {
    const item = itemAt(expression.scopes[index] ?? [], keys);
    const level = levels[index];
    if (item === undefined || level === undefined) return undefined;
    const { kind } = item;
    const isSingle = kind.nesting === 'none' && kind.posting.as !== 'lines';
    if (!isSingle || !isField(item, index === levels.length - 1)) return undefined;
    const name = [level.path, ...item.keys].filter((part) => part !== '').join('.');
    return { name, as: kind.posting.as, rest: keys.slice(item.keys.length) };
  };
  const stored = (tree: Tree): Json => askedEvaluator({ tree, scopes: expression.scopes })({ scopes });
  const reduction = new Reduction(find, stored);
  const tree = reduction.of(expression.tree);
  return Object.keys(reduction.fields).length === 0
    ? tree[0] === 'value' && tree[1] === true
    : { tree, fields: reduction.fields };
}
