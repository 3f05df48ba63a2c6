/** What an expression reckons with, in words: 「会議」の回数の合計, 前回の「相談件数」, 「職員」の件数. */

import { municipalityKinds } from '../../schemas/directory.ts';
import type { Item } from '../../schemas/form.ts';
import { numberedLabel } from '../../schemas/kinds/question.ts';
import type { Tree } from '../../schemas/rules/tree.ts';
import { itemAt } from './asked.ts';

/** A value by its name. */
interface Noun {
  readonly called: string;
  readonly unit?: string | undefined;
  readonly options?: Readonly<Record<string, string>> | undefined;
  /** What an entry of it consists of. */
  readonly items: readonly Item[];
}

export interface FindNoun {
  /** `undefined` for what has no simple name. */
  (tree: Tree | undefined): Noun | undefined;
  /** The same among the entries of a list, each of these questions. */
  within(entry: readonly Item[]): FindNoun;
}

/** What stands in an expression itself, as an answer to the question that it is compared with. */
export function printed(tree: Tree, { unit, options }: Pick<Noun, 'unit' | 'options'>): string | undefined {
  if (tree[0] === 'negative' && tree[1][0] === 'value' && typeof tree[1][1] === 'number')
    return `-${tree[1][1]}${unit ?? ''}`;
  if (tree[0] !== 'value') return undefined;
  const [, value] = tree;
  if (typeof value === 'number') return `${value}${unit ?? ''}`;
  return typeof value === 'string' ? `「${options?.[value] ?? value}」` : undefined;
}

export function oneOf(tree: Tree, of: Pick<Noun, 'unit' | 'options'>): string | undefined {
  if (tree[0] !== 'list') return undefined;
  const values = tree[1].map((each) => printed(each, of));
  return values.every((each) => each !== undefined) ? values.join('又は') : undefined;
}

const abouts: ReadonlyMap<string, string> = new Map([
  ['unit.code', '回答する団体'],
  ['unit.kind', '団体の種類'],
  ['unit.members', '構成市町村'],
  ['round.fiscalYear', '調査の年度'],
  ['round.period.from', '対象期間の始め'],
  ['round.period.to', '対象期間の終わり'],
]);

function nounOf({ definition, kind, children }: Item, before: string): Noun {
  const { unit } = kind;
  return { called: `${before}「${numberedLabel(definition)}」`, unit, options: kind.options, items: children };
}

function counted({ called, options }: Noun): Noun {
  return options === undefined
    ? { called: `${called}の件数`, unit: '件', items: [] }
    : { called: `${called}で選んだ数`, items: [] };
}

/** What a column of entries is said to be of, where its own name does not tell. */
function beforeColumn([is]: Tree, list: Noun): string {
  if (is === 'filter') return `${list.called}の`;
  return is === 'previous' ? '前回の' : '';
}

const measured: ReadonlyMap<string, string> = new Map([
  ['sum', 'の合計'],
  ['total', 'の合計'],
  ['min', 'の最小'],
  ['max', 'の最大'],
  ['planned', 'による開催回数'],
  ['fiscal year', 'の年度'],
]);

/** What is said of an entry, to be followed by もの. */
type Says = (body: Tree, find: FindNoun) => string | undefined;

class Nouns {
  readonly #says: Says;
  readonly #scopes: readonly (readonly Item[])[];
  /** Questions of the entries looked at, outermost first. */
  readonly #entries: readonly (readonly Item[])[];

  constructor(says: Says, scopes: readonly (readonly Item[])[], entries: readonly (readonly Item[])[] = []) {
    this.#says = says;
    this.#scopes = scopes;
    this.#entries = entries;
  }

  within(entry: readonly Item[]): Nouns {
    return new Nouns(this.#says, this.#scopes, [...this.#entries, entry]);
  }

  of(tree: Tree | undefined): Noun | undefined {
    switch (tree?.[0]) {
      case 'read':
        return this.#question(this.#scopes[tree[1]], tree[2]);
      case 'previous':
        return this.#question(this.#scopes[tree[1]], tree[2], '前回の');
      case 'local':
        return this.#question(this.#entries[tree[1]], tree[2]);
      case 'about': {
        const name = tree[1].join('.');
        const called = abouts.get(name);
        const options = name === 'unit.kind' ? municipalityKinds : undefined;
        return called === undefined ? undefined : { called, options, items: [] };
      }
      case 'each': {
        const list = this.of(tree[1]);
        return list && this.#question(list.items, tree[2], beforeColumn(tree[1], list));
      }
      case 'rows': {
        const table = this.of(tree[1]);
        return table && { called: `${table.called}の行`, items: table.items[0]?.children ?? [] };
      }
      case 'filter': {
        const list = this.of(tree[1]);
        const says = list && this.#says(tree[2], finder(this.within(list.items)));
        return says === undefined
          ? undefined
          : { called: `${list?.called}のうち${says}もの`, items: list?.items ?? [] };
      }
      case 'binary':
        return this.#reckoned(tree[1], tree[2], tree[3]);
      case 'call':
        return this.#called(tree[1], tree[2]);
      case undefined:
      case 'value':
      case 'list':
      case 'negative':
      case 'dates':
      case 'if':
      case 'some':
      case 'every':
      case 'repeated':
      case 'went back':
      case 'abrupt change':
      case 'same as last time':
        return undefined;
    }
  }

  #question(items: readonly Item[] | undefined, keys: readonly string[], before = ''): Noun | undefined {
    const item = itemAt(items ?? [], keys);
    return item && nounOf(item, before);
  }

  #called(name: string, [first]: readonly Tree[]): Noun | undefined {
    const of = this.of(first);
    if (of === undefined) return undefined;
    if (name === 'count') return counted(of);
    if (name === 'string length') return { called: `${of.called}の文字数`, unit: '文字', items: [] };
    const words = measured.get(name);
    return words === undefined ? undefined : { called: `${of.called}${words}`, unit: of.unit, items: [] };
  }

  #reckoned(sign: string, left: Tree, right: Tree): Noun | undefined {
    const a = this.of(left);
    const b = right[0] === 'value' ? printed(right, {}) : this.of(right)?.called;
    if (a === undefined || b === undefined) return undefined;
    const called = (text: string): Noun => ({ called: text, unit: a.unit, items: [] });
    if (sign === '+') return called(`${a.called}に${b}を加えた数`);
    if (sign === '-') return called(`${a.called}から${b}を引いた数`);
    if (sign === '*') return called(`${a.called}に${b}を掛けた数`);
    return sign === '/' ? { called: `${a.called}を${b}で割った数`, items: [] } : undefined;
  }
}

function finder(nouns: Nouns): FindNoun {
  return Object.assign((tree: Tree | undefined) => nouns.of(tree), {
    within: (entry: readonly Item[]) => finder(nouns.within(entry)),
  });
}

/** @param scopes the questions of the return, then of the entries of each list around */
export function nounFinder(scopes: readonly (readonly Item[])[], says: Says): FindNoun {
  return finder(new Nouns(says, scopes));
}
