/** Inputs that nobody sends on purpose, close enough to real ones that they get past the first look. */

import * as fc from 'fast-check';
import type { Item } from '../../schemas/form.ts';
import type { Json } from '../../schemas/values/json.ts';

/** What values are written with, in every spelling, and what programs stumble over. */
const tokens: readonly string[] = [
  [
    '令和',
    '平成',
    '昭和',
    'R',
    'H',
    '元',
    '年',
    '月',
    '日',
    '年度',
    '週',
    '隔月',
    '回',
    '件',
    '人',
    '約',
    '随時',
    '毎',
  ],
  [
    '0',
    '1',
    '6',
    '12',
    '2024',
    '１',
    '９',
    '十',
    '111007',
    '.',
    '-',
    '〜',
    '～',
    '−',
    '/',
    ',',
    '，',
    '1,234',
    'x',
    '×',
  ],
  [' ', '\u3000', '\t', '\r\n', '"', "'", '=', '+', '\u0000', '\ud800', '\u202e', '\u200b', '𠮷', 'か\u3099', '👨‍👩‍👧'],
  ['null', '[]', '{}', '__proto__', 'constructor', 'toString', '</script>', '%', '%E3%', '..', '1e999', '-0', 'NaN'],
].flat();

export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...tokens), { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...tokens), fc.nat(400)).map(([one, times]) => one.repeat(times)) },
);

/** The paths of questions, entries under some name. */
function pathsOf(items: readonly Item[], base: string): string[] {
  return items.flatMap((item) => {
    const path = `${base}.${item.key}`;
    const inside = item.kind.nesting === 'entries' ? `${path}.a` : path;
    return [path, ...pathsOf(item.children, inside)];
  });
}

/** The fields of a post to a page that asks these questions: some of them, some twice, with any mark and any value. */
export function postOf(items: readonly Item[], base: string): fc.Arbitrary<[string, string][]> {
  const names = pathsOf(items, base);
  const name = fc
    .tuple(
      fc.constantFrom(base, ...names),
      fc.constantFrom('', '', '', '', ':none', ':na', ':prefilled', ':other', '.0', '.__proto__'),
    )
    .map(([path, mark]) => path + mark);
  return fc.array(fc.tuple(name, fc.oneof(text, fc.constantFrom('', '-', 'yes', 'no', 'a'))), { maxLength: 30 });
}

export const json: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.double(),
    fc.maxSafeInteger(),
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e300),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom('id', 'min', 'max', 'per', 'times')), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const calls: readonly string[] = [
  [
    'count(',
    'sum(',
    'total(',
    'not(',
    'answered(',
    'empty(',
    'repeated(',
    'list contains(',
    'planned(',
    '合計(',
    '空(',
  ],
  ['and', 'or', 'in', '=', '!=', '<', '≧', '+', '-', '*', '/', '(', ')', '[', ']', ',', '.', '`', '"', '“', '{', '}'],
  ['if', 'then', 'else', 'for', 'between', 'return', 'null', 'true', '1', '"yes"', '"2024-04"', 'item', 'x'],
  ['some x in', 'every x in', 'satisfies', 'previous.', 'unit.code', 'unit.members', 'round.period.from', 'matches('],
].flat();

/** Expressions over these questions, most of them wrong. */
export function expressionOf(ids: readonly string[]): fc.Arbitrary<string> {
  const question = fc.constantFrom(...ids);
  const part = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...calls) }, { weight: 3, arbitrary: question });
  return fc.oneof(
    fc.array(part, { maxLength: 14 }).map((parts) => parts.join(' ')),
    fc.tuple(fc.constantFrom(...calls), question).map(([call, id]) => `${call}${id})`),
    fc
      .tuple(question, fc.constantFrom('=', '<', '!=', 'in', '+'), fc.oneof(question, fc.constantFrom(...calls)))
      .map((parts) => parts.join(' ')),
    text,
  );
}

/** Real answers with something else in one or two places. */
export function spoilt(answers: Json): fc.Arbitrary<unknown> {
  return fc.array(fc.tuple(fc.nat(), json), { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy: unknown = structuredClone(answers);
    for (const [where, value] of changes) replaceAt(copy, where, value);
    return copy;
  });
}

/** Goes down by the digits of `where`, and puts the value in the place of what it meets there. */
function replaceAt(root: unknown, where: number, value: unknown): void {
  let [inside, rest] = [root, where];
  while (typeof inside === 'object' && inside !== null) {
    const keys = Object.keys(inside);
    const key = keys[rest % (keys.length + 1)] ?? `new${rest % 7}`;
    rest = Math.floor(rest / (keys.length + 1));
    const below: unknown = Reflect.get(inside, key);
    if (rest < 3 || typeof below !== 'object' || below === null) {
      Reflect.set(inside, key, value);
      return;
    }
    inside = below;
  }
}

/** Bytes of a file with some of them changed, and cut or doubled. */
export function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const changes = fc.array(fc.tuple(fc.nat(Math.max(0, bytes.byteLength - 1)), fc.nat(255)), { maxLength: 8 });
  return fc.tuple(changes, fc.double({ min: 0, max: 2, noNaN: true })).map(([changed, kept]) => {
    const copy = new Uint8Array(kept > 1 ? [...bytes, ...bytes.slice(0, 50)] : bytes);
    for (const [at, byte] of changed) copy[at] = byte;
    return kept < 0.5 ? copy.slice(0, Math.floor(copy.byteLength * kept * 2)) : copy;
  });
}
