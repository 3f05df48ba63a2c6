import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionPart } from '../../../../../functions/web/review/decision-part.ts';

const questions = (count: number) => Array.from({ length: count }, (_, index) => ({ path: `q${index}`, reason: '' }));

describe('the questions of a decision', () => {
  it('are all on one page where there is room', () => {
    const part = decisionPart(questions(3), 0, () => 10, 30);
    expect(part.shown.map(({ path, index }) => [path, index])).toEqual([
      ['q0', 0],
      ['q1', 1],
      ['q2', 2],
    ]);
    expect([part.previous, part.next]).toEqual([undefined, undefined]);
    expect(decisionPart([], 5, () => 10, 30)).toEqual({ shown: [], previous: undefined, next: undefined });
  });

  it('go on where the page before ended, whatever they weigh now', () => {
    const part = decisionPart(questions(10), 4, () => 10, 30);
    expect(part.shown.map(({ index }) => index)).toEqual([4, 5, 6]);
    expect([part.previous, part.next]).toEqual([1, 7]);
  });

  it('are each on a page, going on and going back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 }), (weights) => {
        const all = questions(weights.length);
        const at = (from: number) => decisionPart(all, from, ({ index }) => weights[index] ?? 0, 40);
        const seen: number[] = [];
        let from: number | undefined = 0;
        while (from !== undefined) {
          const { shown, next, previous } = at(from);
          expect(previous === undefined || previous < from).toBe(true);
          seen.push(...shown.map(({ index }) => index));
          from = next;
        }
        expect(seen).toEqual(all.map((_, index) => index));
      }),
    );
  });
});
