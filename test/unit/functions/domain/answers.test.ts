import { describe, expect, it } from 'vitest';
import { entryNames, namedEntries, valueAt } from '../../../../functions/domain/answers.ts';
import { sameAnswers } from '../../../../schemas/values/same-answers.ts';

describe('a value by its keys', () => {
  const answers = { a: { zero: 0, none: [], null: null, text: 'x' } };

  it('is what is there: absent, null, 0 and [] stay apart', () => {
    expect(valueAt(answers, ['a', 'zero'])).toBe(0);
    expect(valueAt(answers, ['a', 'none'])).toEqual([]);
    expect(valueAt(answers, ['a', 'null'])).toBeNull();
    expect(valueAt(answers, ['a', 'absent'])).toBeUndefined();
  });

  it('is absent behind anything that is no object', () => {
    for (const key of ['zero', 'none', 'null', 'text', 'absent'])
      expect(valueAt(answers, ['a', key, 'length'])).toBeUndefined();
  });

  it('is never what objects inherit', () => {
    expect(valueAt(answers, ['constructor'])).toBeUndefined();
    expect(valueAt(answers, ['a', '__proto__', 'toString'])).toBeUndefined();
  });

  it('is the whole for no keys', () => {
    expect(valueAt(answers, [])).toBe(answers);
  });
});

describe('the names of entries in paths', () => {
  it('are their ids', () => {
    expect(entryNames([{ id: 'b' }, { id: 'a' }])).toEqual(['b', 'a']);
  });

  it('are their positions where an id is missing, doubled or no text', () => {
    expect(entryNames([{ id: 'a' }, {}, { id: 'b' }, { id: 'a' }, { id: 5 }, { id: null }])).toEqual([
      '0',
      '1',
      'b',
      '3',
      '4',
      '5',
    ]);
  });

  it('count what is no entry among the positions', () => {
    expect(entryNames(['x', {}, { id: 'a' }])).toEqual(['0', '1', 'a']);
    expect(namedEntries(['x', {}, { id: 'a' }])).toEqual([
      { name: '1', entry: {} },
      { name: 'a', entry: { id: 'a' } },
    ]);
  });

  it('are none where there is no list', () => {
    for (const value of [undefined, null, 0, 'a', {}, []]) expect(namedEntries(value)).toEqual([]);
  });
});

describe('equality as JSON', () => {
  it('does not mind the order of keys, but that of lists', () => {
    expect(sameAnswers({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(sameAnswers([1, 2], [2, 1])).toBe(false);
  });

  it('takes an undefined member as absent', () => {
    expect(sameAnswers({ a: undefined }, {})).toBe(true);
  });

  it('keeps absent, null, 0, [], {} and the empty string apart', () => {
    const different = [undefined, null, 0, [], {}, '', '0', false];
    for (const [i, a] of different.entries())
      for (const [j, b] of different.entries()) {
        expect(sameAnswers(a, b)).toBe(i === j);
        expect(sameAnswers({ x: a }, { x: b })).toBe(i === j);
      }
  });

  it('looks inside', () => {
    expect(sameAnswers({ a: [{ b: null }] }, { a: [{ b: null }] })).toBe(true);
    expect(sameAnswers({ a: [{ b: null }] }, { a: [{}] })).toBe(false);
    expect(sameAnswers([[1]], [[1, 1]])).toBe(false);
  });
});
