/**
 * A text of the rules language → its tree. `lezer-feel` reads the grammar, and only this module knows it; what FEEL has
 * and rules have not is refused here, with words for whoever wrote it.
 *
 *     parse('held = "yes" and times > 50')
 *     parse('`問1-1` ≧ 3', { numbers: ['問1-1'] })
 */

// oxlint-disable-next-line no-restricted-imports -- the grammar of FEEL, and nobody else's
import { parser } from 'lezer-feel';
import { functionCalled, spokenNames } from './function-names.ts';
import { hint } from './nearest.ts';
import { spell } from './spelling.ts';
import type { Spelled } from './spelling.ts';
import { deepestRule, longestRule, RuleFault } from './syntax.ts';
import type { RuleError, Sign, Syntax, SyntaxPart } from './syntax.ts';

export type Parsed =
  | { readonly ok: true; readonly syntax: Syntax }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

const grammar = parser.configure({ top: 'Expression', strict: true });

type Node = ReturnType<typeof grammar.parse>['topNode'];

const signs: ReadonlySet<string> = new Set<Sign>(['+', '-', '*', '/', '=', '!=', '<', '<=', '>', '>=']);

function isSign(text: string): text is Sign {
  return signs.has(text);
}

/** What FEEL has and rules have not. */
const refused: Readonly<Record<string, string>> = {
  SimplePositiveUnaryTest: '比較の左側がありません。「times > 50」のように書いてください。',
  Interval: '範囲（[1..5] など）は使えません。「times >= 1 and times <= 5」のように書いてください。',
  ForExpression: '「for」は使えません。「some … in … satisfies …」か「list[条件]」を使ってください。',
  FunctionDefinition: '関数の定義は使えません。',
  InstanceOfExpression: '「instance of」は使えません。',
  Context: '「{ }」は使えません。',
  DateTimeLiteral: '「@」や「date( )」は使えません。日付は "2025-04" のように書いてください。',
  NamedParameters: '関数の引数に名前は付けられません。',
  LineComment: '式の中に注釈は書けません。',
  BlockComment: '式の中に注釈は書けません。',
};

/** Functions of FEEL that look for patterns in texts. */
const patternFunctions: ReadonlySet<string> = new Set(['matches', 'replace', 'split']);

/** Words that are written in other languages or in Excel for what FEEL writes small. */
const otherWords: Readonly<Record<string, string>> = {
  AND: 'and',
  OR: 'or',
  NOT: 'not( )',
  IF: 'if … then … else …',
  かつ: 'and',
  または: 'or',
  又は: 'or',
  TRUE: 'true',
  FALSE: 'false',
};

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** Brackets, dots, commas and key words have names that are what they are. */
function isWord({ name }: Node): boolean {
  return !/^[A-Z]/.test(name) && name !== 'null';
}

class Reader {
  readonly #spelled: Spelled;

  constructor(spelled: Spelled) {
    this.#spelled = spelled;
  }

  #spot({ from, to }: { from: number; to: number }): { from: number; to: number } {
    const { positions } = this.#spelled;
    const last = positions[to] ?? positions.at(-1) ?? 0;
    return { from: positions[from] ?? last, to: last };
  }

  fault(code: string, message: string, node: { from: number; to: number }): RuleFault {
    return new RuleFault(code, message, this.#spot(node));
  }

  #textOf({ from, to }: Node): string {
    return this.#spelled.taken.get(from) ?? this.#spelled.text.slice(from, to).replaceAll(/\s+/g, ' ');
  }

  #name(node: Node): string {
    const name = this.#textOf(node);
    const words = this.#spelled.text.slice(node.from, node.to).split(/\s+/);
    const other = words.find((word) => Object.hasOwn(otherWords, word));
    if (other !== undefined)
      throw this.fault('other-word', `「${other}」は「${otherWords[other]}」と書いてください。`, node);
    if (words[0] === 'not') throw this.fault('not-brackets', '「not」の後は「( )」で囲んでください。', node);
    if (words.length > 1)
      throw this.fault('two-names', `「${name}」の間に演算子がありません。「and」「=」などでつないでください。`, node);
    return name;
  }

  /** The expressions that a node is made of, each one level deeper. */
  #inner(node: Node, depth: number): Syntax[] {
    return childrenOf(node)
      .filter((child) => !isWord(child))
      .map((child) => this.read(child, depth + 1));
  }

  #only(node: Node, depth: number): Syntax {
    const [first, ...others] = this.#inner(node, depth);
    if (first === undefined || others.length > 0) throw this.#unreadable(node);
    return first;
  }

  #two(node: Node, depth: number): readonly [Syntax, Syntax] {
    const [left, right, ...others] = this.#inner(node, depth);
    if (left === undefined || right === undefined || others.length > 0) throw this.#unreadable(node);
    return [left, right];
  }

  #unreadable(node: Node): RuleFault {
    return this.fault('not-an-expression', '式として読み取れません。書き方を確かめてください。', node);
  }

  read(node: Node, depth: number): Syntax {
    if (depth > deepestRule)
      throw this.fault('too-deep', `式の入れ子が深すぎます。${deepestRule}段までにしてください。`, node);
    return { ...this.#part(node, depth), ...this.#spot(node) };
  }

  #part(node: Node, depth: number): SyntaxPart {
    const why = refused[node.name];
    if (why !== undefined) throw this.fault('not-in-rules', why, node);
    switch (node.name) {
      case 'Expression':
      case 'IterationContext':
        return this.#through(node, depth);
      case 'ParenthesizedExpression':
        return { is: 'brackets', of: this.#only(node, depth) };
      case 'NumericLiteral':
        return { is: 'number', value: this.#number(node) };
      case 'StringLiteral':
        return { is: 'text', value: this.#textOf(node) };
      case 'BooleanLiteral':
        return { is: 'boolean', value: this.#textOf(node) === 'true' };
      case 'null':
        return { is: 'null' };
      case 'List':
        return { is: 'list', items: this.#inner(node, depth) };
      case 'VariableName':
        return { is: 'name', name: this.#name(node) };
      case 'PathExpression':
        return this.#step(node, depth);
      case 'FilterExpression': {
        const [of, by] = this.#two(node, depth);
        return { is: 'filter', of, by };
      }
      case 'Conjunction':
      case 'Disjunction': {
        const [left, right] = this.#two(node, depth);
        return { is: 'binary', sign: node.name === 'Conjunction' ? 'and' : 'or', left, right };
      }
      case 'Comparison':
      case 'ArithmeticExpression':
        return this.#operation(node, depth);
      case 'IfExpression': {
        const [test, yes, no] = this.#inner(node, depth);
        if (test === undefined || yes === undefined || no === undefined) throw this.#unreadable(node);
        return { is: 'if', test, yes, no };
      }
      case 'QuantifiedExpression':
        return this.#quantified(node, depth);
      case 'FunctionInvocation':
        return this.#call(node, depth);
      default:
        throw this.#unreadable(node);
    }
  }

  #through(node: Node, depth: number): SyntaxPart {
    const range = childrenOf(node).find(({ name }) => name === '..');
    if (range !== undefined) throw this.fault('not-in-rules', '範囲（1..5 など）は使えません。', node);
    const [child, ...others] = childrenOf(node);
    if (child === undefined || others.length > 0) throw this.#unreadable(node);
    return this.#part(child, depth);
  }

  #number(node: Node): number {
    const value = Number(this.#textOf(node).replaceAll(' ', ''));
    if (!Number.isFinite(value) || String(value).includes('e'))
      throw this.fault('wrong-number', '数の桁が多すぎます。', node);
    return value;
  }

  #step(node: Node, depth: number): SyntaxPart {
    const [of, name, ...others] = childrenOf(node).filter(({ name }) => name !== '.');
    if (of === undefined || name?.name !== 'PathName' || others.length > 0) throw this.#unreadable(node);
    return { is: 'step', of: this.read(of, depth + 1), name: this.#name(name) };
  }

  #operation(node: Node, depth: number): SyntaxPart {
    const children = childrenOf(node);
    const [first, second, third] = children;
    const between = children.find(({ name }) => name === 'between');
    if (between !== undefined)
      throw this.fault(
        'not-in-rules',
        '「between」は使えません。「x >= 1 and x <= 5」のように書いてください。',
        between,
      );
    if (first?.name === 'ArithOp' && second !== undefined) return { is: 'negative', of: this.read(second, depth + 1) };
    if (first === undefined || second === undefined || third === undefined) throw this.#unreadable(node);
    if (second.name === 'in') return this.#membership(node, first, children.slice(2), depth);
    const sign = this.#textOf(second);
    if (!isSign(sign) || children.length > 3) throw this.fault('unknown-sign', `「${sign}」は使えません。`, second);
    return { is: 'binary', sign, left: this.read(first, depth + 1), right: this.read(third, depth + 1) };
  }

  /** FEEL takes whatever follows a list into the test: `q in ["a"] and x` is `q in (["a"] and x)`. */
  #membership(node: Node, of: Node, tests: readonly Node[], depth: number): SyntaxPart {
    const [test, ...others] = tests;
    const among = test?.name === 'PositiveUnaryTest' && others.length === 0 ? test.firstChild : null;
    if (among === null)
      throw this.fault('not-a-list', '「in」の後は ["…", "…"] か、複数を選ぶ設問を書いてください。', node);
    if (['Conjunction', 'Disjunction', 'Comparison', 'ArithmeticExpression'].includes(among.name))
      throw this.fault(
        'bare-membership',
        '「in」の後に続きがあります。「(問1 in ["…"]) and …」のように、その部分を「( )」で囲んでください。',
        node,
      );
    return { is: 'binary', sign: 'in', left: this.read(of, depth + 1), right: this.read(among, depth + 1) };
  }

  #quantified(node: Node, depth: number): SyntaxPart {
    const [word, iterators, , body] = childrenOf(node);
    if (word === undefined || iterators === undefined || body === undefined) throw this.#unreadable(node);
    const quantifier = word.name === 'every' ? 'every' : 'some';
    const each = childrenOf(iterators).filter(({ name }) => name === 'InExpression');
    const holds = this.read(body, depth + each.length);
    const whole = each.reduceRight<Syntax>((inner, iterator, index) => {
      const [name, , over] = childrenOf(iterator);
      if (name === undefined || over === undefined) throw this.#unreadable(iterator);
      return {
        is: 'quantified',
        word: quantifier,
        variable: this.#name(name),
        over: this.read(over, depth + index + 1),
        holds: inner,
        ...this.#spot(node),
      };
    }, holds);
    return whole;
  }

  #call(node: Node, depth: number): SyntaxPart {
    const [callee, , parameters] = childrenOf(node);
    if (callee?.name !== 'VariableName' || parameters === undefined) throw this.#unreadable(node);
    const written = this.#textOf(callee);
    const name = functionCalled(written);
    if (name !== undefined) {
      const why = refused[parameters.name];
      if (why !== undefined) throw this.fault('not-in-rules', why, parameters);
      return { is: 'call', name, args: this.#inner(parameters, depth) };
    }
    if (patternFunctions.has(written))
      throw this.fault('not-in-rules', `「${written}」は使えません。文字列の検索は contains( ) だけです。`, callee);
    const leading = written.split(' ').find((word) => Object.hasOwn(otherWords, word));
    if (leading !== undefined)
      throw this.fault('other-word', `「${leading}」は「${otherWords[leading]}」と書いてください。`, callee);
    throw this.fault('unknown-function', `「${written}」という関数はありません。${hint(written, spokenNames)}`, callee);
  }

  /** At the first place where the grammar does not go on. */
  brokenAt(at: number): RuleFault {
    const sign = /^[^\s\w]*/.exec(this.#spelled.text.slice(at))?.[0] ?? '';
    const to = at + Math.max(1, sign.length);
    if (at >= this.#spelled.text.trimEnd().length)
      return this.fault('ends-early', 'ここに続きが必要です。式が途中で終わっていないか確かめてください。', {
        from: at,
        to: at,
      });
    const found = this.#spelled.text.slice(at, to);
    return this.fault('unknown-sign', `「${found}」のところで式として読み取れません。`, { from: at, to });
  }

  /** Brackets that are not closed, or close nothing; `[` and `(` each their own. */
  unbalanced(): RuleFault | undefined {
    const open: { bracket: string; at: number }[] = [];
    for (const [at, bracket] of this.#spelled.text.split('').entries()) {
      if (bracket === '(' || bracket === '[') open.push({ bracket, at });
      if (bracket !== ')' && bracket !== ']') continue;
      const last = open.pop();
      if (last?.bracket !== (bracket === ')' ? '(' : '['))
        return this.fault('stray-bracket', `「${bracket}」に対応する開きかっこがありません。`, {
          from: at,
          to: at + 1,
        });
    }
    const left = open.at(-1);
    return left === undefined
      ? undefined
      : this.fault('open-bracket', `「${left.bracket}」が閉じていません。`, { from: left.at, to: left.at + 1 });
  }
}

/** The parser stops at the first error, which it says as `No parse at 12`. */
function treeOf(text: string, reader: Reader): Node {
  try {
    return grammar.parse(text).topNode;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw reader.brokenAt(Number(/\d+$/.exec(error.message)?.[0] ?? 0));
  }
}

function parsed(text: string, numbers: readonly string[]): Syntax {
  if (text.length > longestRule)
    throw new RuleFault('too-long', `式は${longestRule.toLocaleString('en')}文字までです。短くしてください。`, {
      from: longestRule,
      to: text.length,
    });
  const spelled = spell(text, numbers);
  const reader = new Reader(spelled);
  if (spelled.text.trim() === '')
    throw new RuleFault('no-expression', '式を書いてください。', { from: 0, to: text.length });
  const fault = reader.unbalanced();
  if (fault !== undefined) throw fault;
  const top = treeOf(spelled.text, reader);
  return reader.read(top, 0);
}

/** `numbers` are the 番号 of the form's questions; those that are no names, as 問1-1, may then be written bare. */
export function parse(text: string, { numbers = [] }: { readonly numbers?: readonly string[] } = {}): Parsed {
  try {
    return { ok: true, syntax: parsed(text, numbers) };
  } catch (error) {
    if (error instanceof RuleFault) return { ok: false, errors: [error.error] };
    throw error;
  }
}
