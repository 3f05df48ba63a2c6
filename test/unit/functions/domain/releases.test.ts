import { describe, expect, it } from 'vitest';
import { mayPrintByClass, notReleased, toldBy } from '../../../../functions/domain/releases.ts';
import type { Added } from '../../../../functions/domain/releases.ts';

const nobody: ReadonlySet<string> = new Set();

/** `a b2`: a unit's first answer, and another one's second. */
function figure(answers: string): Added {
  return new Map(answers.split(' ').flatMap((each) => (each === '' ? [] : [[each.slice(0, 1), each]])));
}

function told(known: readonly string[], ...printed: readonly string[]): string[] {
  return toldBy(known.map(figure), printed.map(figure)).map((units) => units.join('+'));
}

describe('what a figure tells beside those that were printed', () => {
  it('is nothing where three units differ, or none', () => {
    expect(told(['a b c'], 'a b c d e f')).toEqual([]);
    expect(told(['a b c d'], 'a2 b2 c2 d')).toEqual([]);
    expect(told(['a b c'], 'a b c')).toEqual([]);
  });

  it('is the answer of one that was added, is gone or has moved, and of two together', () => {
    expect(told(['a b c'], 'a b c d')).toEqual(['d']);
    expect(told(['a b c d'], 'a b c')).toEqual(['d']);
    expect(told(['a b c'], 'a2 b c')).toEqual(['a']);
    expect(told(['a b c'], 'a b c d e')).toEqual(['d+e']);
  });

  it('is compared with every figure before, and what they tell already is not told again', () => {
    expect(told(['a b c', 'a b c d e f'], 'a b c d e f g')).toEqual(['g']);
    expect(told(['a b c', 'a b c d'], 'a b c d e f g')).toEqual([]);
    expect(told(['a b c', 'a b c d e'], 'a b c d2 e')).toEqual(['d']);
  });

  it('is found across editions no two of which differ by less than three', () => {
    // First − second + third − fourth.
    expect(told(['a b c d e f', 'a b c d2 e2 f2', 'a2 b2 c2 d2 e2 f2'], 'a2 b2 c2 d e f g')).toEqual(['g']);
  });

  it('is found where it is told only whether a number is odd', () => {
    // a + b…d + e…g, b…d + h…j and e…g + h…j: the first two less the third are a + 2(b + c + d).
    expect(told(['a b c d e f g', 'b c d h i j'], 'e f g h i j')).toEqual(['a']);
  });

  it('is found among many that no two figures count alike', () => {
    // Of 63 units each is in another selection of six figures.
    const units = Array.from({ length: 63 }, (_, index) => index + 1);
    const six = Array.from({ length: 6 }, (_, bit) =>
      units.flatMap((unit) => ((unit >> bit) % 2 === 1 ? [[`unit ${unit}`, 'said'] as const] : [])),
    ).map((answers) => new Map(answers));
    expect(toldBy(six.slice(0, 5), six.slice(5))).toEqual([]);
    const [first = new Map<string, string>()] = six;
    expect(toldBy(six, [new Map([...first, ['unit 2', 'said']])])).toEqual([['unit 2']]);
    expect(toldBy(six, [new Map([...first, ['unit 2', 'said'], ['unit 64', 'said']])])).toEqual([
      ['unit 2', 'unit 64'],
    ]);
  });

  it('is printed all the same for those whom the prefecture has released', () => {
    expect(notReleased([['a'], ['b', 'c']], new Set(['a', 'b']))).toEqual([['b', 'c']]);
    expect(notReleased([['a'], ['b', 'c']], new Set(['a', 'b', 'c']))).toEqual([]);
  });
});

describe('a table by class', () => {
  const may = (known: readonly string[], cells: readonly string[], released = nobody): boolean =>
    mayPrintByClass(known.map(figure), cells.map(figure), released);

  it('has three units in each cell', () => {
    expect(may(['a b c d e f'], ['a b c', 'd e f'])).toBe(true);
    expect(may(['a b c d e'], ['a b c', 'd e'])).toBe(false);
    expect(may(['a b c'], ['a b c', ''])).toBe(false);
    expect(may([''], [])).toBe(false);
  });

  it('is left out where a unit has another value than before, though nobody has answered anew', () => {
    const before = ['a b c d e f g h', 'a b c d', 'e f g h'];
    expect(may(before, ['a b c', 'd e f g h'])).toBe(false);
    // Three that went the same way tell each other’s sum alone.
    expect(may(['a b c d e f g h i', 'a b c d e f', 'g h i'], ['a b c', 'd e f g h i'])).toBe(true);
    // Those that change places tell their difference.
    expect(may(before, ['a b c e', 'd f g h'])).toBe(false);
  });

  it('is left out by a second class that crosses the first one, and by one that it is nested in', () => {
    const all = 'a b c d e f g h i';
    expect(may([all, 'a b c d', 'e f g h i'], ['a b c e', 'd f g h i'])).toBe(false);
    expect(may([all, 'a b c d e', 'f g h i'], ['a b c', 'd e f g h i'])).toBe(false);
    expect(may([all, 'a b c', 'd e f', 'g h i'], ['a b c d e f', 'g h i'])).toBe(true);
  });

  it('holds a later total back that three units left of whom one was in a cell of others', () => {
    expect(told(['a b c d e f g', 'a b c', 'd e f g'], 'e f g')).toEqual(['d']);
  });

  it('tells of those whom the prefecture has released, and of nobody else', () => {
    const known = ['a b c d e f', 'a b c', 'd e f'];
    expect(may(known, ['a b c', 'd e2 f'])).toBe(false);
    expect(may(known, ['a b c', 'd e2 f'], new Set(['e']))).toBe(true);
    expect(may(known, ['a b2 c', 'd e2 f'], new Set(['e']))).toBe(false);
    // What the total has told already the table may say, too.
    expect(may([...known, 'a b c d e2 f'], ['a b c', 'd e2 f'])).toBe(true);
  });
});
