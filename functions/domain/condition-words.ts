/** A condition that is more than options, in words: 「回数」が50回より大きい場合、かつ「問2」が「なし」以外の場合. */

import type { Item, ResolvedExpression } from '../../schemas/form.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import type { Tree } from '../../schemas/rules/tree.ts';
import { nounFinder, oneOf, printed } from './value-words.ts';
import type { FindNoun } from './value-words.ts';

/** What is said of a value, each to be followed by 場合 or もの. */
const comparisons: ReadonlyMap<string, string> = new Map([
  ['=', 'の'],
  ['!=', '以外の'],
  ['>', 'より大きい'],
  ['>=', '以上の'],
  ['<', 'より小さい'],
  ['<=', '以下の'],
]);
const mirrored: ReadonlyMap<string, string> = new Map([
  ['=', '='],
  ['!=', '!='],
  ['>', '<'],
  ['>=', '<='],
  ['<', '>'],
  ['<=', '>='],
]);

/** Trees of one kind, or of those that are built alike. */
type Part<Is extends Tree[0]> = Exclude<Tree, { readonly 0: Exclude<Tree[0], Is> }>;

function chosen(list: Tree | undefined, value: Tree | undefined, find: FindNoun): string | undefined {
  const named = find(list);
  if (named === undefined || value === undefined) return undefined;
  const option = value[0] === 'value' ? printed(value, named) : undefined;
  if (option !== undefined && named.options !== undefined) return `${named.called}で${option}を選んだ`;
  const what = option ?? find(value)?.called;
  return what === undefined ? undefined : `${named.called}に${what}が含まれる`;
}

function comparison(sign: string, left: Tree, right: Tree, find: FindNoun): string | undefined {
  const named = left[0] === 'value' ? undefined : find(left);
  if (sign === 'in') {
    if (right[0] !== 'list') return chosen(right, left, find);
    const values = named && oneOf(right, named);
    return values === undefined ? undefined : `${named?.called}が${values}の`;
  }
  if (named === undefined) {
    const turned = mirrored.get(sign);
    return turned === undefined || find(right) === undefined ? undefined : comparison(turned, right, left, find);
  }
  if (right[0] === 'value' && right[1] === null)
    return sign === '=' ? `${named.called}が未回答の` : `${named.called}に回答がある`;
  const words = comparisons.get(sign);
  const value = right[0] === 'value' ? printed(right, named) : find(right)?.called;
  return words === undefined || value === undefined ? undefined : `${named.called}が${value}${words}`;
}

function called([, name, [first, second]]: Part<'call'>, find: FindNoun): string | undefined {
  if (name === 'list contains') return chosen(first, second, find);
  if (name === 'not') return first && denied(first, find);
  const about = find(first)?.called;
  if (about === undefined) return undefined;
  if (name === 'answered') return `${about}に回答がある`;
  if (name === 'empty') return `${about}に回答がない`;
  if (name === 'not applicable') return `${about}が該当なしの`;
  if (name === 'outside period') return `${about}が対象期間の外にある`;
  return name === 'contains' && second?.[0] === 'value' ? `${about}に「${second[1]}」が含まれる` : undefined;
}

function denied(tree: Tree, find: FindNoun): string | undefined {
  if (tree[0] === 'call' && tree[1] === 'not') return tree[2][0] && clause(tree[2][0], find);
  const stem = clause(tree, find);
  return (
    stem &&
    (stem.endsWith('に回答がない')
      ? stem.replace(/ない$/u, 'ある')
      : stem.endsWith('に回答がある')
        ? stem.replace(/ある$/u, 'ない')
        : `${stem}場合に当たらない`)
  );
}

/** What is said once of what stands around: of nothing, one or all of the entries of a list. */
function quantified([which, over, body]: Part<'some'>, find: FindNoun): string | undefined {
  const list = find(over);
  const holds = list && joined(body, find.within(list.items));
  if (holds === undefined) return undefined;
  return `${list?.called}の${which === 'some' ? 'いずれか' : '全て'}で${holds}`;
}

/** `undefined` for what has no simple words. */
function clause(tree: Tree, find: FindNoun): string | undefined {
  switch (tree[0]) {
    case 'call':
      return called(tree, find);
    case 'went back':
    case 'abrupt change': {
      const named = find(['read', tree[1], tree[2]]);
      return named && `${named.called}が前回${tree[0] === 'went back' ? 'より後退' : 'から大きく変化'}した`;
    }
    case 'same as last time':
      return '全ての回答が前回と同じ';
    case 'binary':
      if (tree[1] === 'and' || tree[1] === 'or') return bracketed(tree, find);
      return comparison(tree[1], tree[2], tree[3], find);
    case 'dates':
      return comparison(tree[1], tree[2], tree[3], find);
    case 'some':
    case 'every':
      return quantified(tree, find);
    case 'value':
    case 'list':
    case 'read':
    case 'previous':
    case 'local':
    case 'about':
    case 'each':
    case 'rows':
    case 'negative':
    case 'if':
    case 'filter':
    case 'repeated':
      return undefined;
  }
}

/** What is joined by the same word throughout, part by part. */
function parts(tree: Tree, sign: 'and' | 'or', find: FindNoun): (string | undefined)[] {
  if (tree[0] === 'binary' && tree[1] === sign) return [...parts(tree[2], sign, find), ...parts(tree[3], sign, find)];
  return [clause(tree, find)];
}

/** To be followed by 場合 or もの. */
function joined(tree: Tree, find: FindNoun): string | undefined {
  const sign = tree[0] === 'binary' && tree[1] === 'or' ? 'or' : 'and';
  const all = parts(tree, sign, find);
  if (!all.every((part) => part !== undefined)) return undefined;
  return all.join(sign === 'and' ? '場合、かつ' : '場合、または');
}

function bracketed(tree: Tree, find: FindNoun): string | undefined {
  const inner = joined(tree, find);
  return inner && `（${inner}場合）の`;
}

/** What only the expression says: which answers decide. */
function withoutWords(reads: readonly Item[]): string {
  const names = [...new Set(reads.map(({ definition }) => `「${numberedLabel(definition)}」`))];
  const rule = '県が定めた条件に当てはまる場合';
  if (names.length === 0) return rule;
  return `${names.slice(0, 3).join('、')}${names.length > 3 ? '等' : ''}の回答が、${rule}`;
}

/** When the question is asked that has the expression. */
export function conditionWords({ tree, scopes, reads }: ResolvedExpression): string {
  const words = joined(tree, nounFinder(scopes, joined));
  return words === undefined ? withoutWords(reads) : `${words}場合`;
}
