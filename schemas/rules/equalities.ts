/**
 * Conditions that ask for options alone: `held = "yes"`, `contacted in ["yes", "partly"]`, `list contains(means,
 * "phone")`, and several of them joined by `and`. JSON Schema can say these, and a page needs no language for them.
 */

import type { Tree } from './tree.ts';

export interface Equality {
  /** Keys of the question in its scope. */
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

function option([is, value]: Tree): string[] | undefined {
  return is === 'value' && typeof value === 'string' ? [value] : undefined;
}

function options(tree: Tree): string[] | undefined {
  if (tree[0] !== 'list') return undefined;
  const values = tree[1].map(option);
  return values.every((each) => each !== undefined) ? values.flat() : undefined;
}

function equality(tree: Tree, scope: number): Equality | undefined {
  const pair = (read: Tree | undefined, values: readonly string[] | undefined): Equality | undefined =>
    read?.[0] === 'read' && read[1] === scope && values !== undefined ? { keys: read[2], values } : undefined;
  if (tree[0] === 'call' && tree[1] === 'list contains') {
    const [list, value] = tree[2];
    return pair(list, value === undefined ? undefined : option(value));
  }
  if (tree[0] !== 'binary') return undefined;
  const [, sign, left, right] = tree;
  if (sign === '=') return pair(left, option(right)) ?? pair(right, option(left));
  return sign === 'in' ? (pair(left, options(right)) ?? pair(right, option(left))) : undefined;
}

/** `undefined` when the condition is anything else, or reads beyond its own scope. */
export function equalitiesOf(tree: Tree, scope: number): readonly Equality[] | undefined {
  if (tree[0] === 'binary' && tree[1] === 'and') {
    const sides = [equalitiesOf(tree[2], scope), equalitiesOf(tree[3], scope)];
    return sides.every((side) => side !== undefined) ? sides.flat() : undefined;
  }
  const only = equality(tree, scope);
  return only === undefined ? undefined : [only];
}
