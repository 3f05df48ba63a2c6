import { array, assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryVariablesOf, inBands, variablesOf } from '../../../../../functions/domain/analysis/variables.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import { formWith } from '../../../../../schemas/form.ts';
import type { Form } from '../../../../../schemas/form.ts';
import { choice, count, list, section } from '../../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
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
        for (const { id, value, isOverEntries } of numbers) {
          const values = read.flatMap((each) => value(each) ?? []);
          const { base, sum } = tally.numbers(id);
          // Inside lists the tally counts entries.
          if (isOverEntries !== true) expect([id, values.length]).toEqual([id, base]);
          const own = values.toSorted((a, b) => a - b).reduce((all, each) => all + each, 0);
          expect(Math.abs(own - sum)).toBeLessThanOrEqual(1e-12 * Math.abs(sum));
        }
      }),
      { numRuns: 20 },
    );
  });

  it.each(realForms)('of %s has names of its own', (_, form) => {
    const ids = [...variablesOf(form), ...entryVariablesOf(form)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(5);
  });

  it('of a list adds up over its rows: 0 where there are none, and nothing where nobody says', () => {
    const own: Form = formWith(
      'own',
      2024,
      { title: '票', units: 'municipality', help: '' },
      {
        s: section('状況', {
          has: choice('有無', { yes: '有', no: '無' }),
          bodies: list('会議体', 9, {
            members: count('委員', '人'),
            held: list('開催', 9, { hours: count('時間', '時間') }),
          }).when({ 's.has': 'yes' }),
        }),
      },
      {},
    );
    const [unit] = reportingUnits(saitama, 'municipality');
    if (unit === undefined) throw new Error('no unit');
    const sums = (s: Answers): unknown[] =>
      variablesOf(own).flatMap((each) => {
        if (each.of !== 'numbers' || each.isOverEntries !== true) return [];
        const of = { answers: { s }, unit };
        return [[each.label, each.value(of) ?? (each.isAsked(of) ? '回答なし' : '対象外')]];
      });
    const of = (members: unknown, held: unknown, hours: unknown): unknown[] => [
      ['会議体：委員（各行の計）', members],
      ['会議体：開催の件数（各行の計）', held],
      ['会議体：開催：時間（各行の計）', hours],
    ];
    expect(sums({ has: 'no' })).toEqual(of('対象外', '対象外', '対象外'));
    expect(sums({ has: 'yes' })).toEqual(of('回答なし', '回答なし', '回答なし'));
    expect(sums({ has: 'yes', bodies: [] })).toEqual(of(0, 0, 0));
    expect(sums({ has: 'yes', bodies: [{ id: 'a' }] })).toEqual(of('回答なし', '回答なし', '回答なし'));
    expect(sums({ has: 'yes', bodies: [{ id: 'a', members: 3, held: [] }, { id: 'b' }] })).toEqual(of(3, 0, 0));
    const held = [{ id: 'h', hours: 2 }, { id: 'i', hours: 3 }, { id: 'j' }];
    expect(
      sums({
        has: 'yes',
        bodies: [
          { id: 'a', members: 3, held },
          { id: 'b', members: 0 },
        ],
      }),
    ).toEqual(of(3, 3, 5));
  });

  it('has no sum of shares, ages and averages, as nothing that is read has', () => {
    const own: Form = formWith(
      'own',
      2024,
      { title: '票', units: 'municipality', help: '' },
      {
        s: section('状況', {
          rate: count('利用率', '％'),
          age: count('年齢', '歳'),
          mean: count('１事業所当たりの平均利用者数', '人'),
          budget: count('予算額', '円'),
          bodies: list('会議体', 9, { attendance: count('出席率', '%'), members: count('委員', '人') }),
        }),
      },
      {},
    );
    const numbers = variablesOf(own).flatMap((each) => (each.of === 'numbers' ? [[each.id, each.addsUp]] : []));
    expect(numbers).toEqual([
      ['s.rate', false],
      ['s.age', false],
      ['s.mean', false],
      ['s.budget', true],
      ['s.bodies', true],
      ['s.bodies.members', true],
    ]);
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
