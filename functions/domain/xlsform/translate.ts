/** The expressions of XLSForms in the language of rules: `selected(${needs}, 'food')` → `list contains(needs, "food")`. */

import { isComparison, NotMapped, opposite } from './xpath.ts';
import type { Comparison, XPath } from './xpath.ts';

/** A question as expressions name it. */
export interface Named {
  readonly kind: string;
  /** As it is written where the expression stands. */
  readonly name: string;
  /** Keys of its options by the names of the choices. */
  readonly options?: ReadonlyMap<string, string> | undefined;
}

export interface Names {
  /** Throws `NotMapped` for what nobody is asked, and for what several questions are called. */
  of(name: string): Named;
  /** The question that the expression stands at. */
  self(): Named;
}

/** Text with how tightly it binds: 0 for `or`, more for what needs no brackets. */
interface Written {
  readonly text: string;
  readonly level: number;
}

const closed = 6;
const levelOf = { or: 0, and: 1, '+': 3, '-': 3, '*': 4, '/': 4 } as const;
const comparing = 2;

function whole(text: string): Written {
  return { text, level: closed };
}

function quoted(text: string): Written {
  return whole(JSON.stringify(text));
}

function within({ text, level }: Written, least: number): string {
  return level < least ? `(${text})` : text;
}

function joined(sign: keyof typeof levelOf, left: Written, right: Written): Written {
  const level = levelOf[sign];
  return { text: `${within(left, level)} ${sign} ${within(right, level + 1)}`, level };
}

function called(name: string, ...args: readonly Written[]): Written {
  return whole(`${name}(${args.map(({ text }) => text).join(', ')})`);
}

function conditional(test: Written, yes: Written, no: Written): Written {
  return whole(`(if ${test.text} then ${yes.text} else ${no.text})`);
}

/** Whether none is not: then what is not answered need not be told from it. */
function isSome(sign: Comparison, number: number): boolean {
  return sign === '>' ? number >= 0 : (sign === '>=' || sign === '=') && number > 0;
}

const date = /^\d{4}-\d{2}-\d{2}$/;

class Translator {
  readonly #names: Names;

  constructor(names: Names) {
    this.#names = names;
  }

  #named(of: XPath): Named | undefined {
    if (of.is === 'self') return this.#names.self();
    return of.is === 'name' ? this.#names.of(of.name) : undefined;
  }

  /** A question where it is needed, not a value worked out. */
  #question(of: XPath | undefined, call: string): Named {
    const named = of === undefined ? undefined : this.#named(of);
    if (named === undefined) throw new NotMapped(`「${call}( )」の中が設問ではありません。`);
    return named;
  }

  value(of: XPath): Written {
    switch (of.is) {
      case 'name':
      case 'self':
        return whole(this.#question(of, '').name);
      case 'text':
        return quoted(of.value);
      case 'number':
        return whole(String(of.value));
      case 'negative':
        return { text: `-${within(this.value(of.of), closed)}`, level: closed - 1 };
      case 'call':
        return this.#counted(of) ?? this.#call(of.name, of.args);
      case 'binary':
        return this.#binary(of);
    }
  }

  #binary({ sign, left, right }: XPath & { is: 'binary' }): Written {
    if (isComparison(sign)) return this.#compared(sign, left, right);
    if (sign === 'mod') throw new NotMapped('「mod」は読み取れません。');
    return joined(sign === 'div' ? '/' : sign, this.value(left), this.value(right));
  }

  /** What is counted or added up, and how many there are of it or how much it is. */
  #count(of: XPath): { readonly all: Written; readonly count: Written } | undefined {
    const [first] = of.is === 'call' ? of.args : [];
    if (of.is !== 'call' || first === undefined) return undefined;
    if (of.name === 'sum') {
      const sum = called('total', whole(this.#question(first, of.name).name));
      return { all: sum, count: sum };
    }
    if (of.name !== 'string-length' && of.name !== 'count' && of.name !== 'count-selected') return undefined;
    const isText = of.name === 'string-length';
    const all = isText ? this.value(first) : whole(this.#question(first, of.name).name);
    return { all, count: called(isText ? 'string length' : 'count', all) };
  }

  /** To XPath there are none where nothing is answered; to rules that is not known. */
  #counted(of: XPath): Written | undefined {
    const counted = this.#count(of);
    return counted && conditional(this.#plain('=', counted.all, whole('null')), whole('0'), counted.count);
  }

  #compared(sign: Comparison, left: XPath, right: XPath): Written {
    const named = this.#named(left);
    if (named === undefined) {
      // With the question in front.
      if (this.#named(right) !== undefined) return this.#compared(opposite[sign], right, left);
      const count = right.is === 'number' && isSome(sign, right.value) ? this.#count(left)?.count : undefined;
      return this.#plain(sign, count ?? this.value(left), this.value(right));
    }
    if (right.is === 'text' && right.value === '') return this.#blank(sign, named);
    const given = right.is === 'text' || right.is === 'number' ? String(right.value) : undefined;
    if (given !== undefined && named.options !== undefined) return this.#chosen(sign, named, given);
    return this.#plain(sign, whole(named.name), given === undefined ? this.value(right) : this.#literal(named, given));
  }

  #plain(sign: Comparison, left: Written, right: Written): Written {
    return { text: `${within(left, comparing + 1)} ${sign} ${within(right, comparing + 1)}`, level: comparing };
  }

  #blank(sign: Comparison, { name }: Named): Written {
    const empty = called('empty', whole(name));
    if (sign === '=') return empty;
    if (sign === '!=') return called('not', empty);
    throw new NotMapped(`空の文字列と「${sign}」で比べる式は読み取れません。`);
  }

  #option({ options }: Named, given: string): Written {
    const key = options?.get(given);
    if (key === undefined) throw new NotMapped(`選択肢「${given}」がありません。`);
    return quoted(key);
  }

  #chosen(sign: Comparison, named: Named, given: string): Written {
    if (sign !== '=' && sign !== '!=') throw new NotMapped(`選択肢を「${sign}」で比べる式は読み取れません。`);
    const option = this.#option(named, given);
    if (named.kind === 'choice') return this.#plain(sign, whole(named.name), option);
    const only = joined(
      'and',
      called('list contains', whole(named.name), option),
      this.#plain('=', called('count', whole(named.name)), whole('1')),
    );
    return sign === '=' ? only : this.#not(only);
  }

  /** Numbers and texts are the same to XPath. */
  #literal({ kind }: Named, given: string): Written {
    if (kind === 'text' || kind === 'date') return quoted(given);
    if (given.trim() === '' || !Number.isFinite(Number(given)))
      throw new NotMapped(`数の設問を「${given}」と比べる式は読み取れません。`);
    return whole(String(Number(given)));
  }

  /** To XPath a comparison with what is blank is false, so that its opposite holds; to rules it is neither. */
  #not(of: Written): Written {
    return conditional(of, whole('false'), whole('true'));
  }

  #opposite(of: XPath): Written {
    if (of.is === 'binary' && of.sign === '=') return this.#compared('!=', of.left, of.right);
    if (of.is === 'binary' && of.sign === '!=') return this.#compared('=', of.left, of.right);
    if (of.is === 'call' && of.name === 'selected') {
      const selected = this.#question(of.args[0], of.name);
      if (selected.kind === 'choice' && of.args[0] !== undefined && of.args[1] !== undefined)
        return this.#compared('!=', of.args[0], of.args[1]);
    }
    return this.#not(this.value(of));
  }

  #selected([question, choice]: readonly XPath[]): Written {
    const named = this.#question(question, 'selected');
    if (choice?.is !== 'text' && choice?.is !== 'number')
      throw new NotMapped('「selected( )」の2つ目は選択肢の名前だけを読み取ります。');
    if (named.options === undefined) throw new NotMapped('「selected( )」の中が選択する設問ではありません。');
    const given = String(choice.value);
    if (named.kind === 'choice') return this.#chosen('=', named, given);
    return called('list contains', whole(named.name), this.#option(named, given));
  }

  #call(name: string, args: readonly XPath[]): Written {
    const [first, second, third, ...others] = args;
    const values = (): Written[] => args.map((each) => this.value(each));
    if (first !== undefined)
      switch (name) {
        case 'selected':
          return this.#selected(args);
        case 'not':
          if (second === undefined) return this.#opposite(first);
          break;
        case 'number':
          return this.value(first);
        case 'abs':
        case 'min':
        case 'max':
        case 'contains':
          return called(name, ...values());
        case 'round':
          return called('round half up', this.value(first), second === undefined ? whole('0') : this.value(second));
        case 'date':
          if (first.is === 'text' && date.test(first.value)) return quoted(first.value);
          break;
        case 'if':
          if (second !== undefined && third !== undefined && others.length === 0)
            return conditional(this.value(first), this.value(second), this.value(third));
          break;
        case 'coalesce': {
          const question = whole(this.#question(first, name).name);
          if (second !== undefined && third === undefined)
            return conditional(this.#plain('!=', question, whole('null')), question, this.value(second));
          break;
        }
        default:
      }
    else if (name === 'true' || name === 'false') return whole(name);
    throw new NotMapped(`「${name}( )」は読み取れません。`);
  }
}

/** Throws `NotMapped`. */
export function translated(of: XPath, names: Names): string {
  return new Translator(names).value(of).text;
}
