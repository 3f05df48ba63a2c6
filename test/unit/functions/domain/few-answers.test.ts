import { describe, expect, it } from 'vitest';
import { isTooFew, isAmong } from '../../../../functions/domain/few-answers.ts';

describe('figures that one unit alone is behind', () => {
  it.each([
    ['public', 'tally', 1, true],
    ['public', 'tally', 0, false],
    ['public', 'tally', 2, false],
    ['public', 'open', 1, false],
    ['internal', 'tally', 1, false],
  ] as const)(
    'in %s files, of a question that is %s, with %i behind: left out %s',
    (audience, visibility, units, expected) => {
      expect(isTooFew(audience, visibility, units)).toBe(expected);
    },
  );

  it('are known by form and question', () => {
    const isLeftOut = isAmong([{ form: 'a', question: 'x.y' }]);
    expect(isLeftOut({ form: 'a', question: 'x.y' })).toBe(true);
    expect(isLeftOut({ form: 'b', question: 'x.y' })).toBe(false);
    expect(isLeftOut({ form: 'a', question: 'x' })).toBe(false);
  });
});
