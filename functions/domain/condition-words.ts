/** A condition that is more than options, in words: 「回数」が50回より大きい場合、かつ「問2」が「なし」以外の場合. */

import type { Item, ResolvedExpression } from '../../schemas/form.ts';
import { numberedLabel } from '../../schemas/question.ts';
import { toLabels } from '../../schemas/rules/print.ts';
import type { Tree } from '../../schemas/rules/tree.ts';
import { itemAt } from './asked.ts';

const comparisons: ReadonlyMap<string, string> = new Map([
  ['=', 'の場合'],
  ['!=', '以外の場合'],
  ['>', 'より大きい場合'],
  ['>=', '以上の場合'],
  ['<', 'より小さい場合'],
  ['<=', '以下の場合'],
]);

function printed(tree: Tree, { unit, options }: Item['kind']): string | undefined {
  if (tree[0] !== 'value') return undefined;
  const [, value] = tree;
  if (typeof value === 'number') return `${value}${unit ?? ''}`;
  return typeof value === 'string' ? `「${options?.[value] ?? value}」` : undefined;
}

function several(tree: Tree, kind: Item['kind']): string | undefined {
  if (tree[0] !== 'list') return undefined;
  const values = tree[1].map((each) => printed(each, kind));
  return values.every((each) => each !== undefined) ? values.join('又は') : undefined;
}

interface Named {
  readonly kind: Item['kind'];
  readonly called: string;
}

type Find = (tree: Tree | undefined) => Named | undefined;

function comparison(sign: string, left: Tree, right: Tree, find: Find): string | undefined {
  const named = find(left);
  if (named === undefined) return undefined;
  const { kind, called } = named;
  const isBlank = right[0] === 'value' && right[1] === null;
  if (isBlank) return sign === '=' ? `${called}が未回答の場合` : `${called}に回答がある場合`;
  if (sign === 'in') {
    const values = several(right, kind);
    return values === undefined ? undefined : `${called}が${values}の場合`;
  }
  const words = comparisons.get(sign);
  if (words === undefined) return undefined;
  const value = printed(right, kind);
  const other = find(right)?.called;
  return value === undefined && other === undefined ? undefined : `${called}が${value ?? other}${words}`;
}

/** `undefined` for what has no simple words. */
function simple(tree: Tree, find: Find): string | undefined {
  if (tree[0] === 'call') {
    const named = find(tree[2][0]);
    if (named === undefined) return undefined;
    if (tree[1] === 'answered') return `${named.called}に回答がある場合`;
    return tree[1] === 'empty' ? `${named.called}に回答がない場合` : undefined;
  }
  if (tree[0] === 'went back' || tree[0] === 'abrupt change') {
    const named = find(['read', tree[1], tree[2]]);
    return named && `${named.called}が前回${tree[0] === 'went back' ? 'より後退' : 'から大きく変化'}した場合`;
  }
  return tree[0] === 'binary' || tree[0] === 'dates' ? comparison(tree[1], tree[2], tree[3], find) : undefined;
}

/** What is joined by the same word throughout. */
function joined(tree: Tree, sign: 'and' | 'or', find: Find): string[] | undefined {
  if (tree[0] === 'binary' && tree[1] === sign) {
    const sides = [joined(tree[2], sign, find), joined(tree[3], sign, find)];
    return sides.every((side) => side !== undefined) ? sides.flat() : undefined;
  }
  const only = simple(tree, find);
  return only === undefined ? undefined : [only];
}

/** Of the question with this id, which is asked by it. */
export function conditionWords({ tree, text, scopes }: ResolvedExpression, id: string): string {
  const find: Find = (part) => {
    if (part?.[0] !== 'read' && part?.[0] !== 'previous') return undefined;
    const item = itemAt(scopes[part[1]] ?? [], part[2]);
    const name = item && `「${numberedLabel(item.definition)}」`;
    return item && { kind: item.kind, called: part[0] === 'previous' ? `前回の${name}` : `${name}` };
  };
  const words = joined(tree, 'and', find)?.join('、かつ') ?? joined(tree, 'or', find)?.join('、または');
  if (words !== undefined) return words;
  return `次の式が成り立つ場合：${toLabels(text, { sections: scopes[0] ?? [] }, { use: 'condition', at: id })}`;
}
