import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowFingerprints } from '../../../../functions/export/row-fingerprints.ts';
import type { RowState } from '../../../../functions/export/row-fingerprints.ts';

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }).map(String), fc.constantFrom('a', 'b', '')), {
  maxLength: 4000,
  size: 'max',
});

describe('the fingerprints of the rows of a table', () => {
  it('find what a Map of the rows finds, however many they are', () => {
    fc.assert(
      fc.property(rows, rows, (older, newer) => {
        const fingerprints = new RowFingerprints();
        for (const [key, row] of older) fingerprints.add(key, row);
        const expected = new Map(older);
        const states = new Map<string, RowState>([...expected.keys()].map((key) => [key, 'gone']));
        for (const [key, row] of newer) {
          expect(fingerprints.meet(key, row)).toBe(expected.get(key) === row);
          if (expected.has(key)) states.set(key, expected.get(key) === row ? 'same' : 'changed');
        }
        for (const [key] of [...older, ...newer]) expect(fingerprints.stateOf(key)).toBe(states.get(key));
        expect(fingerprints.gone).toBe([...states.values()].filter((state) => state === 'gone').length);
      }),
      { numRuns: 15 },
    );
  });

  it('are those of the older table, gone until the newer one was found to have them', () => {
    const fingerprints = new RowFingerprints();
    fingerprints.add('["R6","1"]', '["5"]');
    fingerprints.add('["R6","2"]', '["5"]');
    expect(fingerprints.stateOf('["R6","1"]')).toBe('gone');
    expect([
      fingerprints.meet('["R6","1"]', '["5"]'),
      fingerprints.meet('["R6","2"]', '["6"]'),
      fingerprints.meet('["R6","3"]', '["5"]'),
    ]).toEqual([true, false, false]);
    expect(['["R6","1"]', '["R6","2"]', '["R6","3"]'].map((key) => fingerprints.stateOf(key))).toEqual([
      'same',
      'changed',
      undefined,
    ]);
  });
});
