/**
 * The expressions of XLSForms, a small part of XPath: `${age} >= 18 and not(selected(${needs}, 'other'))` → its tree.
 * What it has besides (paths, predicates, axes) is `NotMapped`, as is what is no expression.
 */

export type XPath =
  | { readonly is: 'name'; readonly name: string }
  /** The question that the expression stands at, written `.` */
  | { readonly is: 'self' }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'negative'; readonly of: XPath }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly XPath[] }
  | { readonly is: 'binary'; readonly sign: Sign; readonly left: XPath; readonly right: XPath };

type Sign = 'or' | 'and' | Comparison | '+' | '-' | '*' | 'div' | 'mod';
export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What a comparison is when its sides change places. */
export const opposite: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

export function isComparison(sign: string): sign is Comparison {
  return Object.hasOwn(opposite, sign);
}

/** Why an expression has no counterpart, in words for whoever wrote it. */
export class NotMapped extends Error {}

const longest = 2000;
const deepest = 40;

type Token =
  | { readonly is: 'name' | 'text' | 'word' | 'sign'; readonly text: string }
  | { readonly is: 'number'; readonly value: number };

const tokenPattern =
  /\s*(?:\$\{\s*(?<name>[^}]*?)\s*\}|'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<number>\d+(?:\.\d*)?|\.\d+)|(?<word>[\p{L}_][\p{L}\p{N}_.:-]*)|(?<sign>!=|<=|>=|\.\.|\/\/|[=<>+\-*(),./|[\]@]))/uy;

/** Quotation marks that word processors make. */
function straight(text: string): string {
  return text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').trim();
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) throw new NotMapped(`「${text.slice(at, at + 10)}」のところで式として読み取れません。`);
    const { name, single, double, number, word, sign } = groups;
    const quoted = single ?? double;
    if (name !== undefined) found.push({ is: 'name', text: name });
    else if (quoted !== undefined) found.push({ is: 'text', text: quoted });
    else if (number !== undefined) found.push({ is: 'number', value: Number(number) });
    else if (word !== undefined) found.push({ is: 'word', text: word });
    else if (sign !== undefined) found.push({ is: 'sign', text: sign });
  }
  return found;
}

/** Binary operators, those that bind loosest first. */
const levels: readonly (readonly Sign[])[] = [
  ['or'],
  ['and'],
  ['=', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', 'div', 'mod'],
];

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  whole(): XPath {
    const read = this.#binary(0);
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return read;
  }

  #unexpected(): NotMapped {
    const token = this.#tokens[this.#at];
    if (token === undefined) return new NotMapped('式が途中で終わっています。');
    const text = token.is === 'number' ? String(token.value) : token.text;
    return new NotMapped(`「${text}」のところで式として読み取れません。`);
  }

  #isSign(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.is === 'sign' && token.text === text;
  }

  #take(text: string): boolean {
    const isThere = this.#isSign(text);
    if (isThere) this.#at += 1;
    return isThere;
  }

  #binary(level: number): XPath {
    const signs = levels[level];
    if (signs === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.#tokens[this.#at];
      const sign = token?.is === 'sign' || token?.is === 'word' ? signs.find((each) => each === token.text) : undefined;
      if (sign === undefined) return left;
      this.#at += 1;
      left = { is: 'binary', sign, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): XPath {
    this.#depth += 1;
    if (this.#depth > deepest) throw new NotMapped('式の入れ子が深すぎます。');
    const read = this.#take('-') ? { is: 'negative' as const, of: this.#unary() } : this.#primary();
    this.#depth -= 1;
    return read;
  }

  #primary(): XPath {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.#unexpected();
    this.#at += 1;
    switch (token.is) {
      case 'name':
      case 'text':
        return this.#alone(token.is === 'name' ? { is: 'name', name: token.text } : { is: 'text', value: token.text });
      case 'number':
        return { is: 'number', value: token.value };
      case 'word':
        if (this.#take('(')) return this.#alone({ is: 'call', name: token.text, args: this.#args() });
        throw new NotMapped(`「${token.text}」は \${名前} でも関数でもありません。`);
      case 'sign':
        break;
    }
    if (token.text === '(') {
      const inner = this.#binary(0);
      if (!this.#take(')')) throw this.#unexpected();
      return inner;
    }
    if (token.text === '.') return this.#alone({ is: 'self' });
    if (['..', '/', '//', '@', '[', '|'].includes(token.text))
      throw new NotMapped('パス（../ や /data/ など）による指定は読み取れません。');
    this.#at -= 1;
    throw this.#unexpected();
  }

  /** Nothing is looked up inside of it. */
  #alone(read: XPath): XPath {
    if (['/', '//', '[', '|'].some((sign) => this.#isSign(sign)))
      throw new NotMapped('パス（../ や /data/ など）による指定は読み取れません。');
    return read;
  }

  #args(): XPath[] {
    const args: XPath[] = [];
    if (this.#take(')')) return args;
    do args.push(this.#binary(0));
    while (this.#take(','));
    if (!this.#take(')')) throw this.#unexpected();
    return args;
  }
}

export function parseXPath(text: string): XPath {
  if (text.length > longest) throw new NotMapped(`式が${longest.toLocaleString('en')}文字を超えています。`);
  return new Reader(tokens(straight(text))).whole();
}
