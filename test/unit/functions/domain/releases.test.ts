import { describe, expect, it } from 'vitest';
import { mayPrint, tells, unitsThatDiffer } from '../../../../functions/domain/releases.ts';

const nobody: ReadonlySet<string> = new Set();

describe('the units that differ between two moments', () => {
  it('were added, are gone or have moved', () => {
    const before = new Map([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]);
    const now = new Map([
      ['a', '1'],
      ['b', '5'],
      ['d', '3'],
    ]);
    expect(unitsThatDiffer(before, now)).toEqual(['b', 'c', 'd']);
    expect(unitsThatDiffer(before, before)).toEqual([]);
  });
});

describe('figures of totals', () => {
  it('are printed anew where three units differ or none, and where none was printed', () => {
    expect(mayPrint([], nobody)).toBe(true);
    expect(mayPrint([[]], nobody)).toBe(true);
    expect(mayPrint([['a', 'b', 'c']], nobody)).toBe(true);
    expect(mayPrint([['a']], nobody)).toBe(false);
    expect(mayPrint([['a', 'b']], nobody)).toBe(false);
  });

  it('are compared with every moment that they were printed from', () => {
    expect(
      mayPrint(
        [
          ['a', 'b'],
          ['a', 'b', 'c'],
        ],
        nobody,
      ),
    ).toBe(false);
    expect(
      mayPrint(
        [
          ['a', 'b', 'c'],
          ['c', 'd', 'e'],
        ],
        nobody,
      ),
    ).toBe(true);
    // What was printed so already tells nothing new.
    expect(mayPrint([['a'], []], nobody)).toBe(true);
  });

  it('are printed where the prefecture has released every unit that the difference would tell', () => {
    expect(mayPrint([['a', 'b']], new Set(['a', 'b', 'c']))).toBe(true);
    expect(mayPrint([['a', 'b']], new Set(['a']))).toBe(false);
    expect([tells(['a'], new Set(['a'])), tells(['a'], nobody)]).toEqual([false, true]);
  });
});
