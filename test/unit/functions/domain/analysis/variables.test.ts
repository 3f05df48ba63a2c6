import { array, assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inBands, variablesOf } from '../../../../../functions/domain/analysis/variables.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { realForms, saitama, saitamaCodes } from '../../../support/real-forms.ts';

describe('what can be analysed', () => {
  it.each(realForms)('of %s adds up to the tally, number by number', (_, form) => {
    const numbers = variablesOf(form).filter((each) => each.of === 'numbers');
    const units = reportingUnits(saitama, form.units);
    const returns = array(answersOf(form, { municipalities: saitamaCodes, hostile: true }), { maxLength: 5 });
    assert(
      property(returns, (all) => {
        const tally = new Tally(form);
        const read = all.flatMap((answers, index) => {
          const unit = units[index];
          if (unit === undefined) return [];
          tally.add(answers, unit);
          return [{ answers, unit }];
        });
        for (const { id, value } of numbers) {
          const values = read.flatMap((each) => value(each) ?? []);
          const { base, sum } = tally.numbers(id);
          expect([id, values.length]).toEqual([id, base]);
          const own = values.toSorted((a, b) => a - b).reduce((all, each) => all + each, 0);
          expect(Math.abs(own - sum)).toBeLessThanOrEqual(1e-12 * Math.abs(sum));
        }
      }),
      { numRuns: 20 },
    );
  });

  it.each(realForms)('of %s has names of its own', (_, form) => {
    const ids = variablesOf(form).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(5);
  });

  it('in bands is told in words that leave no number out', () => {
    const number = { id: 'n', label: '回数', section: '', unit: '回', of: 'numbers', addsUp: true } as const;
    const of = { ...number, isAsked: () => true, value: () => undefined };
    const labels = (places: number): string[] => inBands({ ...of, places }).options.map(({ label }) => label);
    expect(labels(0).slice(0, 6)).toEqual(['0未満', '0', '1〜4', '5〜9', '10〜49', '50〜99']);
    expect(labels(1).slice(1, 5)).toEqual(['0', '0を超え1未満', '1以上5未満', '5以上10未満']);
    expect(labels(0).at(-1)).toBe('5,000,000,000以上');
  });
});
