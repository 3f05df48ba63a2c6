/** Trees that lead to a place in the answers. */

import type { Placed } from './questions.ts';
import type { Tree } from './tree.ts';
import { typeOf } from './types.ts';

export function previousTree(scope: number, placed: Placed): Tree {
  const type = typeOf(placed);
  const { keys, kind } = placed.question;
  if (type.of === 'number') return ['previous', scope, keys, 'number'];
  if (type.of === 'list') return ['previous', scope, keys, 'list'];
  if (type.of !== 'text' && type.of !== 'date') return ['previous', scope, keys, 'any'];
  if (kind.options === undefined) return ['previous', scope, keys, 'text'];
  return ['previous', scope, keys, 'text', Object.keys(kind.options)];
}

/** What a dot may follow: a place in the answers, or a list that was looked through. */
export function isPath([kind]: Tree): boolean {
  return ['read', 'previous', 'local', 'each', 'filter', 'rows'].includes(kind);
}

export function below(tree: Tree, child: Placed): Tree {
  if (tree[0] === 'previous') return previousTree(tree[1], child);
  return tree[0] === 'read' || tree[0] === 'local' ? [tree[0], tree[1], [...tree[2], child.question.key]] : tree;
}

export function eachBelow(tree: Tree, { question: { key } }: Placed): Tree {
  return tree[0] === 'each' ? ['each', tree[1], [...tree[2], key]] : ['each', tree, [key]];
}

/** An end of a range. */
export function partOf(tree: Tree, part: string): Tree {
  if (tree[0] === 'read' || tree[0] === 'local') return [tree[0], tree[1], [...tree[2], part]];
  return tree[0] === 'previous' ? ['previous', tree[1], [...tree[2], part], 'number'] : ['each', tree, [part]];
}

export function rowsOf(tree: Tree, table: Placed): Tree {
  return ['rows', tree, table.children.map(({ question }) => question.key)];
}
