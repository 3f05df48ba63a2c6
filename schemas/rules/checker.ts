/** Walks an expression: names become places in the answers, and every part has a type. */

import { comparison, membership } from './check-comparison.ts';
import type { RulePlace, Use } from './check.ts';
import { checkedCall } from './check-functions.ts';
import { NameChecker, unknown } from './check-names.ts';
import type { Name } from './check-names.ts';
import { rowsOf } from './paths.ts';
import { reservedWords } from './place.ts';
import type { Place } from './place.ts';
import { isTwoWay } from './questions.ts';
import type { Placed } from './questions.ts';
import { spelledNumber } from './spelling.ts';
import { RuleFault } from './syntax.ts';
import type { RuleError, Syntax } from './syntax.ts';
import type { Tree } from './tree.ts';
import { booleanType, numberType, typeName, unknownType } from './types.ts';
import type { Type } from './types.ts';

/** An expression, with all that is known about it. */
export interface Value {
  readonly tree: Tree;
  readonly type: Type;
  /** The question that it is, when it is one. */
  readonly placed?: Placed | undefined;
}

export class Checker {
  readonly place: Place;
  readonly use: Use;
  readonly errors: RuleError[] = [];
  readonly notices: RuleError[] = [];
  readonly options = new Map<Syntax, { readonly key: string; readonly label: string }>();
  readonly labels: boolean;
  readonly #named: NameChecker;
  /** Figures in the expression, as they are written. */
  readonly #figures = new Set<string>();
  readsWhole = false;

  constructor(place: Place, { use, labels = false }: RulePlace) {
    this.place = place;
    this.use = use;
    this.labels = labels;
    this.#named = new NameChecker(this);
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
        this.#figures.add(String(syntax.value));
        return { tree: ['value', syntax.value], type: numberType };
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
        return this.#named.name(syntax);
      case 'step':
        return this.#named.step(syntax);
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

  /** For an expression in which only figures stand, where questions are numbered so: `1 + 2`. */
  get figureHint(): string {
    const number = [...this.#figures].find((each) => this.place.questions.byNumber.has(each));
    if (number === undefined) return '';
    return `番号「${number}」の設問は「\`${number}\`」と書いてください（「\`」で囲まない数字は、ただの数として読みます）。`;
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

  #filter({ of, by }: Syntax & { is: 'filter' }): Value {
    const list = this.entriesOf(of);
    const condition = this.#named.inside(undefined, list, by);
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
    const condition = this.#named.inside(variable, list, holds);
    this.need(condition, 'boolean', holds);
    return { tree: [word, list.tree, condition.tree], type: booleanType };
  }

  get reads(): readonly (readonly [Syntax, Placed])[] {
    return this.#named.reads;
  }

  get names(): ReadonlyMap<Syntax, Name> {
    return this.#named.names;
  }
}
