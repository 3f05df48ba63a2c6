/**
 * One spelling for what people type: outside strings full-width letters and signs become ASCII, `≧ ≦ ≠` their two
 * signs, “ ” a quotation mark. Strings, and numbers of questions that are no names of FEEL, are taken out: FEEL sees a
 * stand-in, and `taken` says by its position what it stands for.
 */

import { RuleFault } from './syntax.ts';

export interface Spelled {
  readonly text: string;
  /** The position in the text as typed of each character of `text`, and of its end. */
  readonly positions: readonly number[];
  /** Strings and names by the position in `text` of their stand-ins. */
  readonly taken: ReadonlyMap<number, string>;
}

const signs = new Map([
  ['≧', '>='],
  ['≥', '>='],
  ['≦', '<='],
  ['≤', '<='],
  ['≠', '!='],
  ['“', '"'],
  ['”', '"'],
  ['、', ','],
  ['−', '-'],
  ['‐', '-'],
  ['‑', '-'],
  ['–', '-'],
  ['×', '*'],
  ['÷', '/'],
]);

function spelt(character: string): string {
  const sign = signs.get(character);
  if (sign !== undefined) return sign;
  const code = character.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  return /\s/.test(character) ? ' ' : character;
}

/** The number of a question as it is compared: in one width, without spaces around it. */
export function spelledNumber(number: string): string {
  return number.split('').map(spelt).join('').trim();
}

const nameCharacter = /[\p{L}\p{N}_?']/u;
const plainName = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;

/** Whether FEEL reads it as one name, so that it needs no backticks. */
export function isPlainName(name: string): boolean {
  return plainName.test(name);
}

const wrongSigns = new Map([
  ['==', '等しいことは「=」1つで書いてください。'],
  ['<>', '等しくないことは「!=」と書いてください。'],
  ['&&', '「かつ」は「and」と書いてください。'],
  ['||', '「または」は「or」と書いてください。'],
  ['//', '式の中に注釈は書けません。'],
  ['/*', '式の中に注釈は書けません。'],
  ['**', '累乗は使えません。'],
  ['..', '範囲（1..5 など）は使えません。'],
]);

const escapes = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** The rest of a string after its opening mark: its value, and where its closing mark stands. */
function stringAt(text: string, opening: number): { value: string; closing: number } {
  const isCurly = text[opening] === '“' || text[opening] === '”';
  const closes = isCurly ? '“”"＂' : '"＂';
  let value = '';
  for (let at = opening + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (closes.includes(character)) return { value, closing: at };
    const code = /^\\u([0-9A-Fa-f]{4})/.exec(text.slice(at, at + 6))?.[1];
    const escape = character === '\\' ? escapes.get(text[at + 1] ?? '') : undefined;
    if (code !== undefined) {
      value += String.fromCharCode(Number.parseInt(code, 16));
      at += 5;
    } else if (escape !== undefined) {
      value += escape;
      at += 1;
    } else value += character;
  }
  throw new RuleFault('open-quote', '文字列を閉じる「"」がありません。', { from: opening, to: text.length });
}

/** The end of a number of a question that FEEL would not read as one name, when one begins here. */
function numberEnd(text: string, from: number, numbers: readonly string[]): number | undefined {
  if (from > 0 && nameCharacter.test(spelt(text[from - 1] ?? ''))) return undefined;
  const found = numbers.find((number) => {
    const end = from + number.length;
    if (spelledNumber(text.slice(from, end)) !== number) return false;
    const after = spelt(text[end] ?? ' ');
    return !nameCharacter.test(after) && !(after === '-' && /\d/.test(spelt(text[end + 1] ?? ' ')));
  });
  return found === undefined ? undefined : from + found.length;
}

/** `numbers` are those of the form's questions. */
export function spell(text: string, numbers: readonly string[]): Spelled {
  const bareNumbers = numbers
    .map(spelledNumber)
    .filter((number) => !isPlainName(number) && /^[^\s\d"`][^\s"`]*$/.test(number))
    .toSorted((a, b) => b.length - a.length);
  const beginnings = new Set(bareNumbers.map((number) => number[0]));
  const positions: number[] = [];
  const taken = new Map<number, string>();
  let result = '';
  const put = (written: string, from: number): void => {
    result += written;
    for (let index = 0; index < written.length; index += 1) positions.push(from);
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = spelt(text[at] ?? '');
    if (sign === '"') {
      const { value, closing } = stringAt(text, at);
      taken.set(result.length, value);
      put('""', at);
      at = closing;
      continue;
    }
    if (sign === '`') {
      const closing = text.slice(at + 1).search(/[`｀]/);
      if (closing < 1)
        throw new RuleFault('open-backtick', '番号を囲む「`」が閉じていません。', { from: at, to: text.length });
      taken.set(result.length, spelledNumber(text.slice(at + 1, at + 1 + closing)));
      put('_n', at);
      at += closing + 1;
      continue;
    }
    const end = beginnings.has(sign[0]) ? numberEnd(text, at, bareNumbers) : undefined;
    if (end !== undefined) {
      taken.set(result.length, spelledNumber(text.slice(at, end)));
      put('_n', at);
      at = end - 1;
      continue;
    }
    const wrong = wrongSigns.get(sign + spelt(text[at + 1] ?? ''));
    if (wrong !== undefined) throw new RuleFault('unknown-sign', wrong, { from: at, to: at + 2 });
    if ("「」『』'‘’".includes(sign))
      throw new RuleFault('unknown-sign', `「${sign}」は使えません。文字列は「"」で囲んでください。`, {
        from: at,
        to: at + 1,
      });
    put(sign, at);
  }
  positions.push(text.length);
  return { text: result, positions, taken };
}
