import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../../schemas/rules/parse.ts';

function tree(text: string, numbers: readonly string[] = []): unknown {
  const parsed = parse(text, { numbers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const withoutPlaces = JSON.stringify(parsed.syntax, (key, value: unknown) =>
    key === 'from' || key === 'to' ? undefined : value,
  );
  return JSON.parse(withoutPlaces);
}

function error(text: string, numbers: readonly string[] = []): { code: string; at: string; message: string } {
  const parsed = parse(text, { numbers });
  if (parsed.ok) throw new Error(JSON.stringify(parsed.syntax));
  const [{ code, position, length, message }] = [...parsed.errors, { code: '', position: 0, length: 0, message: '' }];
  return { code, message, at: text.slice(position, position + length) };
}

const name = (written: string): unknown => ({ is: 'name', name: written });

describe('one spelling', () => {
  test.each([
    ['ｈｅｌｄ＝“ｙｅｓ”', 'held = "ｙｅｓ"'],
    ['times ≧ 3', 'times >= 3'],
    ['times≦３', 'times <= 3'],
    ['times ≠ 3', 'times != 3'],
    ['（times　＋　２）×３', '(times + 2) * 3'],
    ['回答あり(問1)', 'answered(問1)'],
    ['not(list  contains(a、”b”))', 'not(list contains(a, "b"))'],
  ])('%s is read as %s', (typed, meant) => expect(tree(typed)).toEqual(tree(meant)));

  test('full-width characters in strings stay as they are', () =>
    expect(tree('a = "（１）≧“x”"')).toMatchObject({ right: { value: '（１）≧“x”' } }));

  test('a quotation mark inside a string is escaped', () =>
    expect(tree(String.raw`a = "b\"c\\d\u3042"`)).toMatchObject({ right: { value: 'b"c\\dあ' } }));
});

describe('numbers of questions', () => {
  test.each(['問1', '問2の1'])('%s is a name', (number) => expect(tree(number)).toEqual(name(number)));
  test.each(['1', '①', '問1-1', '(2)'])('%s is one in backticks', (number) =>
    expect(tree(`\`${number}\``)).toEqual(name(number)),
  );
  test.each(['問1-1', '①', '問１－１'])('%s is one without them where the form has it', (number) =>
    expect(tree(`${number} > 0`, ['問1-1', '①'])).toMatchObject({ left: { is: 'name' } }),
  );
  test('the longest number is meant, and only a whole one', () => {
    expect(tree('問1-1-2', ['問1-1', '問1-1-2'])).toEqual(name('問1-1-2'));
    expect(tree('問1-10', ['問1-1'])).toMatchObject({ is: 'binary', sign: '-', right: { value: 10 } });
  });
});

test.each([
  ['', 'no-expression', ''],
  ['held = ', 'ends-early', ''],
  ['held = "yes', 'open-quote', '"yes'],
  ["held = 'yes'", 'unknown-sign', "'"],
  ['held = 「yes」', 'unknown-sign', '「'],
  ['`1 > 2', 'open-backtick', '`1 > 2'],
  ['(held', 'open-bracket', '('],
  ['held)', 'stray-bracket', ')'],
  ['a == b', 'unknown-sign', '=='],
  ['a <> b', 'unknown-sign', '<>'],
  ['a && b', 'unknown-sign', '&&'],
  ['a AND b', 'other-word', 'a AND b'],
  ['a かつ b', 'other-word', 'a かつ b'],
  ['a b', 'two-names', 'a b'],
  ['not a', 'not-brackets', 'not a'],
  ['a ! b', 'unknown-sign', '!'],
  ['> 3', 'not-in-rules', '> 3'],
  ['some i in 1..3 satisfies i > 1', 'unknown-sign', '..'],
  ['for a in b return a', 'not-in-rules', 'for a in b return a'],
  ['a between 1 and 3', 'not-in-rules', 'between'],
  ['a instance of number', 'not-in-rules', 'a instance of number'],
  ['{ a: 1 }', 'not-in-rules', '{ a: 1 }'],
  ['function(x) x', 'not-in-rules', 'function(x) x'],
  ['@"2024-01-01"', 'not-in-rules', '@"2024-01-01"'],
  ['count(list: a)', 'not-in-rules', 'list: a'],
  ['matches(a, "b")', 'not-in-rules', 'matches'],
  ['went bak(a)', 'unknown-function', 'went bak'],
  ['a in ["b"] and c', 'bare-membership', 'a in ["b"] and c'],
  ['a in (1, 2)', 'not-a-list', 'a in (1, 2)'],
  ['a ** 2', 'unknown-sign', '**'],
  ['a // b', 'unknown-sign', '//'],
])('%s is refused: %s', (text, code, at) => expect(error(text)).toMatchObject({ code, at }));

test('a misspelt function is told the nearest', () =>
  expect(error('went bak(a)').message).toBe('「went bak」という関数はありません。「went back」ですか。'));

test('positions are those of the text as it was typed', () => {
  expect(error('times ≧ 3 and （a b）').at).toBe('a b');
  expect(error('“あ” = x and a && b').at).toBe('&&');
});

describe('limits', () => {
  test('2,000 characters', () => {
    expect(parse('a'.repeat(2000)).ok).toBe(true);
    expect(error('a'.repeat(2001)).code).toBe('too-long');
  });
  test('a depth of 40', () => {
    expect(parse('('.repeat(39) + 'a' + ')'.repeat(39)).ok).toBe(true);
    expect(error('('.repeat(900) + 'a' + ')'.repeat(900)).code).toBe('too-deep');
  });
});

test('whatever is typed is read, or refused at a place in the text, with words', () => {
  const words = [
    'a',
    '問1',
    '"x"',
    '“',
    '`',
    '(',
    ')',
    '[',
    ']',
    'and',
    'some',
    ' in ',
    'satisfies',
    '=',
    '≧',
    '-',
    '.',
    ',',
    ' ',
    '1',
    'if',
    'then',
    'else',
    'count',
    'null',
    '\\',
    '\n',
    '𠮷',
    '{',
    ':',
  ];
  const text = oneof(
    string({ unit: 'binary' }),
    array(constantFrom(...words)).map((parts) => parts.join(' ')),
  );
  assert(
    property(text, (typed) => {
      const parsed = parse(typed, { numbers: ['問1-1', '(2)'] });
      if (parsed.ok) return;
      for (const { message, position, length } of parsed.errors) {
        expect(message).not.toBe('');
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position + length).toBeLessThanOrEqual(typed.length);
      }
    }),
    { numRuns: 400 },
  );
});
