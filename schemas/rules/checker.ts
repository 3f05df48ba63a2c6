/** Walks an expression: names become places in the answers, and every part has a type. */

import { comparison, membership } from './check-comparison.ts';
import type { RulePlace, Use } from './check.ts';
import { checkedCall } from './check-functions.ts';
import { hint } from './nearest.ts';
import { below, eachBelow, isPath, partOf, previousTree, rowsOf } from './paths.ts';
import { childCalled, columnsOf, reservedWords } from './place.ts';
import type { Place } from './place.ts';
import { isTwoWay } from './questions.ts';
import type { Placed } from './questions.ts';
import { spelledNumber } from './spelling.ts';
import { deepestIteration, RuleFault } from './syntax.ts';
import type { RuleError, Syntax } from './syntax.ts';
import type { Tree } from './tree.ts';
import { booleanType, numberType, typeName, typeOf, unknownType } from './types.ts';
import type { Type } from './types.ts';

/** An expression, with all that is known about it. */
export interface Value {
  readonly tree: Tree;
  readonly type: Type;
  /** The question that it is, when it is one. */
  readonly placed?: Placed | undefined;
}

/** What a part of an expression names, to be printed again. */
export interface Name {
  readonly placed: Placed;
  /** Wholly named by it, or only after the dot. */
  readonly as: 'whole' | 'step';
  readonly isPrevious: boolean;
  /** Of all entries of the list around it. */
  readonly isThrough: boolean;
}

function step(placed: Placed): Name {
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

const unknown: Value = { tree: ['value', null], type: unknownType };

export class Checker {
  readonly place: Place;
  readonly use: Use;
  readonly errors: RuleError[] = [];
  readonly notices: RuleError[] = [];
  readonly names = new Map<Syntax, Name>();
  readonly options = new Map<Syntax, { readonly key: string; readonly label: string }>();
  readonly labels: boolean;
  readonly #reads = new Map<Syntax, Placed>();
  readonly #frames: Frame[] = [];
  readsWhole = false;

  constructor(place: Place, { use, labels = false }: RulePlace) {
    this.place = place;
    this.use = use;
    this.labels = labels;
  }

  /** Of every part, also after the first that is wrong. */
  value(syntax: Syntax): Value {
    try {
      return this.#value(syntax);
    } catch (error) {
      if (!(error instanceof RuleFault)) throw error;
      this.errors.push(error.error);
      return unknown;
    }
  }

  #value(syntax: Syntax): Value {
    switch (syntax.is) {
      case 'number':
      case 'boolean':
        return { tree: ['value', syntax.value], type: { of: syntax.is } };
      case 'text':
        return { tree: ['value', syntax.value], type: { of: 'text' } };
      case 'null':
        return { tree: ['value', null], type: { of: 'null' } };
      case 'brackets':
        return this.value(syntax.of);
      case 'list':
        return this.#list(syntax.items);
      case 'name':
        return this.#named(syntax);
      case 'step':
        return this.#stepped(syntax);
      case 'negative': {
        const of = this.value(syntax.of);
        this.need(of, 'number', syntax.of);
        return { tree: ['negative', of.tree], type: numberType };
      }
      case 'binary':
        return this.#binary(syntax);
      case 'if':
        return this.#if(syntax);
      case 'filter':
        return this.#filter(syntax);
      case 'quantified':
        return this.#quantified(syntax);
      case 'call':
        return checkedCall(this, syntax);
    }
  }

  fault(code: string, message: string, syntax: Syntax): RuleFault {
    return new RuleFault(code, message, syntax);
  }

  need({ type }: Value, of: 'number' | 'boolean', syntax: Syntax): void {
    if (type.of === of || type.of === 'unknown' || type.of === 'null') return;
    const what = of === 'boolean' ? '条件（「=」や「>」などの式）' : '数';
    throw this.fault('wrong-type', `ここには${what}を書いてください（${typeName(type)}になっています）。`, syntax);
  }

  #list(items: readonly Syntax[]): Value {
    const values = items.map((item) => this.value(item));
    const each = values.map(({ type }) => type).find(({ of }) => of !== 'null') ?? unknownType;
    values.forEach(({ type }, index) => {
      const item = items[index];
      if (item !== undefined && (type.of === 'list' || type.of === 'record'))
        throw this.fault('nested-list', '[ ] の中に一覧や設問のまとまりは書けません。', item);
    });
    return { tree: ['list', values.map(({ tree }) => tree)], type: { of: 'list', each } };
  }

  // Names

  #named(syntax: Syntax & { is: 'name' }): Value {
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
      this.names.set(syntax, step(child));
      return this.#read(syntax, ['local', index, record?.question.kind.nesting === 'entries' ? keys : [key]], child);
    }
    if (contextWords.has(name))
      throw this.fault(
        'incomplete-name',
        `「${name}」の後に「.」で項目を続けてください（unit.code、previous.問1 など）。`,
        syntax,
      );
    if (name === 'item') throw this.fault('unknown-name', '「item」は [ ] の中の条件だけで使えます。', syntax);
    const placed = this.#question(name, syntax);
    return this.#whole(syntax, placed, false);
  }

  /** A question of an entry: directly in it, or anywhere below it by its number. */
  #childOf(record: Placed, name: string): Placed | undefined {
    const child = childCalled(name, record);
    if (child !== undefined) return child;
    const numbered = this.place.questions.byNumber.get(spelledNumber(name)) ?? undefined;
    return numbered?.lists.at(-1) === record ? numbered : undefined;
  }

  #question(name: string, syntax: Syntax): Placed {
    const { questions } = this.place;
    const placed = this.place.byKey(name) ?? questions.byNumber.get(spelledNumber(name));
    if (placed === null)
      throw this.fault(
        'number-twice',
        `番号「${name}」の設問が2つ以上あるため、番号では指定できません。IDで指定してください。`,
        syntax,
      );
    if (placed === undefined) {
      const isNumber = /\d|[①-⑳]/u.test(name);
      const known = isNumber ? questions.numbers : [...questions.byId.values()].map(({ question }) => question.key);
      throw this.fault('unknown-name', `「${name}」はありません。${hint(spelledNumber(name), known)}`, syntax);
    }
    return placed;
  }

  /** From the scope that it shares with this place; through one list it is all entries. */
  #treeTo(placed: Placed, syntax: Syntax, isPrevious: boolean): Tree {
    const shared = this.place.sharedLists(placed);
    const [list, ...further] = placed.lists.slice(shared);
    const { keys } = placed.question;
    if (list === undefined) return isPrevious ? previousTree(shared, placed) : ['read', shared, keys];
    if (further.length > 0) throw this.fault('two-lists', twoLists, syntax);
    return ['each', this.#treeTo(list, syntax, isPrevious), keys];
  }

  #read(syntax: Syntax, tree: Tree, placed: Placed): Value {
    this.#reads.set(syntax, placed);
    const type = typeOf(placed);
    return { tree, type: tree[0] === 'each' ? { of: 'list', each: type } : type, placed };
  }

  #stepped(syntax: Syntax & { is: 'step' }): Value {
    const { of, name } = syntax;
    if (of.is === 'name' && of.name === 'previous') return this.#previous(syntax);
    const path = dotted(syntax);
    const head = path?.split('.')[0] ?? '';
    if (path !== undefined && (head === 'unit' || head === 'round')) return this.#about(path, syntax);
    const before = this.value(of);
    if (before.type.of === 'unknown') return unknown;
    const { type } = before;
    if (type.of === 'parts' && isPath(before.tree)) {
      if (!type.parts.includes(name))
        throw this.fault(
          'unknown-name',
          `「${name}」はありません。「.${type.parts.join('」「.')}」のどちらかを書いてください。`,
          syntax,
        );
      return { tree: partOf(before.tree, name), type: numberType };
    }
    const isList = type.of === 'list';
    const record = isList ? type.each : type;
    if (record.of === 'list') throw this.fault('two-lists', twoLists, syntax);
    if (record.of !== 'record' || !isPath(before.tree))
      throw this.fault(
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
    this.names.set(syntax, isWhole ? { ...around, placed: child, isThrough: tree[0] === 'each' } : step(child));
    return this.#read(syntax, tree, child);
  }

  #column(syntax: Syntax & { is: 'step' }, before: Value, table: Placed): Value {
    const columns = columnsOf(table);
    const column = before.type.of === 'list' ? undefined : childCalled(syntax.name, { children: columns });
    if (column === undefined) {
      const known = [...table.children, ...columns].map(({ question }) => question.key);
      throw this.fault('unknown-name', `「${syntax.name}」はありません。${hint(syntax.name, known)}`, syntax);
    }
    this.names.set(syntax, step(column));
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
      throw this.fault('unknown-name', `「${path}」はありません。${hint(path, abouts.keys())}`, syntax);
    this.#refuseContext(syntax, path);
    return { tree: ['about', path.split('.')], type };
  }

  #refuseContext(syntax: Syntax, path: string): void {
    if (this.use === 'condition' || this.use === 'withheld')
      throw this.fault(
        'context-in-condition',
        '条件には、この調査票の設問だけが使えます（unit、round、previousは使えません）。',
        syntax,
      );
    const isMeasure = this.use === 'total' || this.use === 'class';
    if (isMeasure && path !== 'unit.code' && path !== 'unit.members')
      throw this.fault('context-in-measure', `集計の式に「${path}」は使えません。`, syntax);
  }

  // Operators

  #binary(syntax: Syntax & { is: 'binary' }): Value {
    const { sign, left, right } = syntax;
    this.#refuseNumberWithSpaces(syntax);
    const a = this.value(left);
    const b = this.value(right);
    if (sign === 'in') return membership(this, syntax, a, b);
    const isLogic = sign === 'and' || sign === 'or';
    if (!isLogic && !['+', '-', '*', '/'].includes(sign)) return comparison(this, syntax, a, b);
    const of = isLogic ? 'boolean' : 'number';
    this.need(a, of, left);
    this.need(b, of, right);
    return { tree: ['binary', sign, a.tree, b.tree], type: { of } };
  }

  #refuseNumberWithSpaces({ sign, left, right, ...spot }: Syntax & { is: 'binary' }): void {
    if (sign !== '-' || left.is !== 'name' || right.is !== 'number') return;
    const number = `${spelledNumber(left.name)}-${right.value}`;
    if (this.place.questions.byNumber.has(number))
      throw new RuleFault(
        'ambiguous-number',
        `「${number}」という番号の設問があります。その設問なら空けずに「${number}」、引き算なら「(${left.name}) - ${right.value}」と書いてください。`,
        spot,
      );
  }

  #if({ test, yes, no, ...spot }: Syntax & { is: 'if' }): Value {
    const condition = this.value(test);
    this.need(condition, 'boolean', test);
    const a = this.value(yes);
    const b = this.value(no);
    const type = a.type.of === 'null' || a.type.of === 'unknown' ? b.type : a.type;
    if (b.type.of !== type.of && b.type.of !== 'null' && b.type.of !== 'unknown')
      throw new RuleFault(
        'wrong-type',
        `「then」は${typeName(a.type)}、「else」は${typeName(b.type)}です。同じ種類にしてください。`,
        spot,
      );
    return { tree: ['if', condition.tree, a.tree, b.tree], type };
  }

  // Iterations

  /** The list to look through, and what each of its values is. */
  entriesOf(syntax: Syntax): Value {
    const value = this.value(syntax);
    const { type } = value;
    if (type.of === 'list' || type.of === 'unknown') return value;
    if (type.of === 'record' && isTwoWay(type.placed)) {
      const row = type.placed.children[0];
      const each: Type = row === undefined ? unknownType : { of: 'record', placed: row };
      return { tree: rowsOf(value.tree, type.placed), type: { of: 'list', each } };
    }
    throw this.fault(
      'not-a-list',
      `ここには一覧（繰返しや複数選択）を書いてください（${typeName(type)}になっています）。`,
      syntax,
    );
  }

  #inside(variable: string | undefined, over: Value, syntax: Syntax): Value {
    if (this.#frames.length >= deepestIteration)
      throw this.fault('too-nested', `繰返しの入れ子は${deepestIteration}段までです。`, syntax);
    const type = over.type.of === 'list' ? over.type.each : unknownType;
    this.#frames.push({ variable, value: { tree: ['local', this.#frames.length, []], type } });
    const value = this.value(syntax);
    this.#frames.pop();
    return value;
  }

  #filter({ of, by }: Syntax & { is: 'filter' }): Value {
    const list = this.entriesOf(of);
    const condition = this.#inside(undefined, list, by);
    if (condition.type.of === 'number')
      throw this.fault('no-index', '番号による指定（[1] など）は使えません。[ ] の中には条件を書いてください。', by);
    this.need(condition, 'boolean', by);
    return { tree: ['filter', list.tree, condition.tree], type: list.type };
  }

  #quantified(syntax: Syntax & { is: 'quantified' }): Value {
    const { variable, over, holds, word } = syntax;
    if (reservedWords.has(variable) || this.place.questions.byNumber.has(spelledNumber(variable)))
      throw this.fault('reserved-name', `「${variable}」は変数の名前に使えません。別の名前にしてください。`, syntax);
    const list = this.entriesOf(over);
    const condition = this.#inside(variable, list, holds);
    this.need(condition, 'boolean', holds);
    return { tree: [word, list.tree, condition.tree], type: booleanType };
  }

  // The whole

  get reads(): readonly (readonly [Syntax, Placed])[] {
    return [...this.#reads];
  }
}
