import { describe, expect, it } from 'vitest';
import { compare, contradictions } from '../../../../../infra/operation/restore-drill/compare.ts';

const none: ReadonlySet<string> = new Set();

describe('two tables', () => {
  it('are compared key by key', () => {
    const before = new Map([
      ['a', '1'],
      ['b', '1'],
      ['c', '1'],
    ]);
    const after = new Map([
      ['a', '1'],
      ['b', '2'],
      ['d', '1'],
    ]);
    expect(compare(before, after)).toEqual({ same: 1, missing: ['c'], added: ['d'], changed: ['b'] });
  });
});

describe('a restored table', () => {
  const restored = new Map([
    ['RETURN#R6#survey#112038 V#0001', '1'],
    ['RETURN#R6#survey#112038 DRAFT', '1'],
    ['LOG#R6 000000000001', '1'],
    ['DIR# V#0001', '1'],
    ['ROUND#R6 META', '1'],
  ]);

  it('may differ from the running one in what changes: drafts, heads, counters', () => {
    const running = new Map([
      ...restored,
      ['RETURN#R6#survey#112038 DRAFT', '2'],
      ['ROUND#R6 META', '2'],
      ['LOG#R6 000000000002', '1'],
    ]);
    expect(contradictions(restored, running, none)).toEqual([]);
  });

  it.each(['RETURN#R6#survey#112038 V#0001', 'LOG#R6 000000000001', 'DIR# V#0001'])(
    'may not differ in %s, nor lack it there',
    (key) => {
      expect(contradictions(restored, new Map([...restored, [key, '2']]), none)).toEqual([key]);
      expect(contradictions(restored, new Map([...restored].filter(([name]) => name !== key)), none)).toEqual([key]);
    },
  );

  it('may hold a round that the running one has disposed of, and no other', () => {
    const running = new Map([
      ['DIR# V#0001', '1'],
      ['ROUND#R6 META', '2'],
    ]);
    expect(contradictions(restored, running, new Set(['R6']))).toEqual([]);
    expect(contradictions(restored, running, new Set(['R7']))).toHaveLength(2);
  });
});
