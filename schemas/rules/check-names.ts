/** What the names of an expression mean: variables of the iterations around, questions, and what is known besides. */

import type { Checker, Value } from './checker.ts';
import { hint } from './nearest.ts';
import { below, eachBelow, isPath, partOf, previousTree, rowsOf } from './paths.ts';
import { childCalled, columnsOf, labelHint } from './place.ts';
import type { Placed } from './questions.ts';
import { spelledNumber } from './spelling.ts';
import { deepestIteration } from './syntax.ts';
import type { Syntax } from './syntax.ts';
import type { Tree } from './tree.ts';
import { numberType, typeName, typeOf, unknownType } from './types.ts';
import type { Type } from './types.ts';

/** What a part of an expression names, to be printed again. */
export interface Name {
  readonly placed: Placed;
  /** Wholly named by it, or only after the dot. */
  readonly as: 'whole' | 'step';
  readonly isPrevious: boolean;
  /** Of all entries of the list around it. */
  readonly isThrough: boolean;
}

function stepTo(placed: Placed): Name {
  return { placed, as: 'step', isPrevious: false, isThrough: false };
}

type Frame = { readonly variable: string | undefined; readonly value: Value };

const abouts: ReadonlyMap<string, Type> = new Map(
  Object.entries<Type>({
    'unit.code': { of: 'text' },
    'unit.kind': { of: 'text', options: { ward: '区', city: '市', town: '町', village: '村' }, owner: 'unit.kind' },
    'unit.members': { of: 'list', each: { of: 'text' } },
    'round.fiscalYear': numberType,
    'round.period.from': { of: 'date' },
    'round.period.to': { of: 'date' },
  }),
);

const contextWords: ReadonlySet<string> = new Set(['unit', 'round', 'previous']);

/** `unit.code` of nested steps; `undefined` for anything but names. */
function dotted(syntax: Syntax): string | undefined {
  if (syntax.is === 'name') return syntax.name;
  const before = syntax.is === 'step' ? dotted(syntax.of) : undefined;
  return before === undefined || syntax.is !== 'step' ? undefined : `${before}.${syntax.name}`;
}

const twoLists =
  '繰返しの中の繰返しは、一度に全部は読めません。「some … in … satisfies …」で外側から1つずつ見てください。';

/** What cannot be told, since a part of it is wrong. */
export const unknown: Value = { tree: ['value', null], type: unknownType };

export class NameChecker {
  readonly names = new Map<Syntax, Name>();
  readonly #checker: Checker;
  readonly #reads = new Map<Syntax, Placed>();
  readonly #frames: Frame[] = [];

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  get reads(): readonly (readonly [Syntax, Placed])[] {
    return [...this.#reads];
  }

  name(syntax: Syntax & { is: 'name' }): Value {
    const { name } = syntax;
    for (const [index, frame] of [...this.#frames.entries()].toReversed()) {
      if (frame.variable === name) return frame.value;
      if (frame.variable !== undefined) continue;
      if (name === 'item') return frame.value;
      const { type } = frame.value;
      const record = type.of === 'record' ? type.placed : undefined;
      const child = record === undefined ? undefined : this.#childOf(record, name);
      if (child === undefined) continue;
      const { key, keys } = child.question;
      this.names.set(syntax, stepTo(child));
      return this.#read(syntax, ['local', index, record?.question.kind.nesting === 'entries' ? keys : [key]], child);
    }
    if (contextWords.has(name))
      throw this.#checker.fault(
        'incomplete-name',
        `「${name}」の後に「.」で項目を続けてください（unit.code、previous.問1 など）。`,
        syntax,
      );
    if (name === 'item') throw this.#checker.fault('unknown-name', '「item」は [ ] の中の条件だけで使えます。', syntax);
    const placed = this.#question(name, syntax);
    return this.#whole(syntax, placed, false);
  }

  /** A question of an entry: directly in it, or anywhere below it by its number. */
  #childOf(record: Placed, name: string): Placed | undefined {
    const child = childCalled(name, record);
    if (child !== undefined) return child;
    const numbered = this.#checker.place.questions.byNumber.get(spelledNumber(name)) ?? undefined;
    return numbered?.lists.at(-1) === record ? numbered : undefined;
  }

  #question(name: string, syntax: Syntax): Placed {
    const { questions } = this.#checker.place;
    const placed = this.#checker.place.byKey(name) ?? questions.byNumber.get(spelledNumber(name));
    if (placed === null)
      throw this.#checker.fault(
        'number-twice',
        `番号「${name}」の設問が2つ以上あるため、番号では指定できません。IDで指定してください。`,
        syntax,
      );
    if (placed === undefined) {
      const isNumber = /\d|[①-⑳]/u.test(name);
      const known = isNumber ? questions.numbers : [...questions.byId.values()].map(({ question }) => question.key);
      const message =
        labelHint(name, questions.byId.values()) ??
        `「${name}」はありません。${hint(spelledNumber(name), known) || (syntax.is === 'step' ? '設問の番号かIDを書いてください。' : '')}`;
      throw this.#checker.fault('unknown-name', message, syntax);
    }
    return placed;
  }

  /** From the scope that it shares with this place; through one list it is all entries. */
  #treeTo(placed: Placed, syntax: Syntax, isPrevious: boolean): Tree {
    const shared = this.#checker.place.sharedLists(placed);
    const [list, ...further] = placed.lists.slice(shared);
    const { keys } = placed.question;
    if (list === undefined) return isPrevious ? previousTree(shared, placed) : ['read', shared, keys];
    if (further.length > 0) throw this.#checker.fault('two-lists', twoLists, syntax);
    return ['each', this.#treeTo(list, syntax, isPrevious), keys];
  }

  #read(syntax: Syntax, tree: Tree, placed: Placed): Value {
    this.#reads.set(syntax, placed);
    const type = typeOf(placed);
    return { tree, type: tree[0] === 'each' ? { of: 'list', each: type } : type, placed };
  }

  step(syntax: Syntax & { is: 'step' }): Value {
    const { of, name } = syntax;
    if (of.is === 'name' && of.name === 'previous') return this.#previous(syntax);
    const path = dotted(syntax);
    const head = path?.split('.')[0] ?? '';
    if (path !== undefined && (head === 'unit' || head === 'round')) return this.#about(path, syntax);
    const before = this.#checker.value(of);
    if (before.type.of === 'unknown') return unknown;
    const { type } = before;
    if (type.of === 'parts' && isPath(before.tree)) {
      if (!type.parts.includes(name))
        throw this.#checker.fault(
          'unknown-name',
          `「${name}」はありません。「.${type.parts.join('」「.')}」のどちらかを書いてください。`,
          syntax,
        );
      return { tree: partOf(before.tree, name), type: numberType };
    }
    const isList = type.of === 'list';
    const record = isList ? type.each : type;
    if (record.of === 'list') throw this.#checker.fault('two-lists', twoLists, syntax);
    if (record.of !== 'record' || !isPath(before.tree))
      throw this.#checker.fault(
        'unknown-name',
        `「${name}」はありません。「.」の前は設問のまとまりではなく${typeName(type)}です。`,
        syntax,
      );
    const child = childCalled(name, record.placed);
    if (child === undefined) return this.#column(syntax, before, record.placed);
    const around = this.names.get(of);
    const isWhole = around?.as === 'whole';
    this.#reads.delete(of);
    const tree = isList ? eachBelow(before.tree, child) : below(before.tree, child);
    this.names.set(syntax, isWhole ? { ...around, placed: child, isThrough: tree[0] === 'each' } : stepTo(child));
    return this.#read(syntax, tree, child);
  }

  #column(syntax: Syntax & { is: 'step' }, before: Value, table: Placed): Value {
    const columns = columnsOf(table);
    const column = before.type.of === 'list' ? undefined : childCalled(syntax.name, { children: columns });
    if (column === undefined) {
      const known = [...table.children, ...columns].map(({ question }) => question.key);
      const message =
        labelHint(syntax.name, table.children) ?? `「${syntax.name}」はありません。${hint(syntax.name, known)}`;
      throw this.#checker.fault('unknown-name', message, syntax);
    }
    this.names.set(syntax, stepTo(column));
    const tree: Tree = ['each', rowsOf(before.tree, table), [column.question.key]];
    return { tree, type: { of: 'list', each: typeOf(column) } };
  }

  #previous(syntax: Syntax & { is: 'step' }): Value {
    this.#refuseContext(syntax, 'previous');
    const placed = this.#question(syntax.name, syntax);
    return this.#whole(syntax, placed, true);
  }

  #whole(syntax: Syntax, placed: Placed, isPrevious: boolean): Value {
    const tree = this.#treeTo(placed, syntax, isPrevious);
    this.names.set(syntax, { placed, as: 'whole', isPrevious, isThrough: tree[0] === 'each' });
    return this.#read(syntax, tree, placed);
  }

  #about(path: string, syntax: Syntax): Value {
    const type = abouts.get(path);
    if (type === undefined)
      throw this.#checker.fault('unknown-name', `「${path}」はありません。${hint(path, abouts.keys())}`, syntax);
    this.#refuseContext(syntax, path);
    return { tree: ['about', path.split('.')], type };
  }

  #refuseContext(syntax: Syntax, path: string): void {
    const { use } = this.#checker;
    if (use === 'withheld')
      throw this.#checker.fault(
        'context-in-condition',
        '公表しない条件には、この調査票の設問だけが使えます（unit、round、previousは使えません）。',
        syntax,
      );
    const isMeasure = this.#checker.use === 'total' || this.#checker.use === 'class';
    if (isMeasure && !path.startsWith('unit.'))
      throw this.#checker.fault('context-in-measure', `集計の式に「${path}」は使えません。`, syntax);
  }

  /** With the values of a list under a variable, or under no name in a filter. */
  inside(variable: string | undefined, over: Value, syntax: Syntax): Value {
    if (this.#frames.length >= deepestIteration)
      throw this.#checker.fault('too-nested', `繰返しの入れ子は${deepestIteration}段までです。`, syntax);
    const type = over.type.of === 'list' ? over.type.each : unknownType;
    this.#frames.push({ variable, value: { tree: ['local', this.#frames.length, []], type } });
    const value = this.#checker.value(syntax);
    this.#frames.pop();
    return value;
  }
}
