import { array, assert, constantFrom, option, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClassTallies, figuresByClass } from '../../../../functions/domain/class-tallies.ts';
import { talliedFigures } from '../../../../functions/domain/summary.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { directory as directorySchema, reportingUnits } from '../../../../schemas/directory.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { figureName } from '../../../../schemas/export.ts';
import type { SummaryRow } from '../../../../schemas/export.ts';
import type { Form } from '../../../../schemas/form.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { classesOf } from '../../../../schemas/unit-classes.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import { fixture, round } from '../../schemas/forms/returns.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { realForms, saitama, saitamaCodes } from '../../support/real-forms.ts';

/** The directory with a class of which some units have a value. */
function classified(values: readonly (string | null)[]): Directory {
  const value = (index: number) => {
    const of = values[index % Math.max(1, values.length)];
    return of === null || of === undefined ? {} : { classes: { area: of } };
  };
  return directorySchema.parse({
    ...saitama,
    classes: [{ id: 'area', label: '圏域' }],
    municipalities: saitama.municipalities.map((each, index) => ({
      ...each,
      ...value(index),
      population: { number: index * 9_000, on: '2024-10-01' },
    })),
    councils: saitama.councils.map((each, index) => ({ ...each, ...(index % 3 === 0 ? value(index) : {}) })),
  });
}

interface Counted {
  readonly whole: readonly SummaryRow[];
  readonly byClass: readonly SummaryRow[];
}

function counted(of: Form, directory: Directory, returns: readonly Answers[]): Counted {
  const [tally, byClass] = [new Tally(of), new ClassTallies(of, classesOf(directory))];
  const units = reportingUnits(directory, of.units);
  returns.forEach((answers, index) => {
    const unit = units[index];
    if (unit === undefined) return;
    tally.add(answers, unit);
    byClass.add(answers, unit);
  });
  const context = { round, directory };
  const whole = talliedFigures(tally, { ...context, audience: 'internal' }).rows;
  expect(talliedFigures(byClass.whole(), { ...context, audience: 'internal' }).rows).toEqual(whole);
  return { whole, byClass: figuresByClass([byClass], classesOf(directory), context) };
}

/** Decimals, and what exceeds exact integers, may be rounded on another way. */
function expectNear(sum: number, whole: number): void {
  expect(Math.abs(sum - whole)).toBeLessThanOrEqual(1e-12 * Math.abs(whole));
}

/** What adds up: counts and sums, in their own unit of the last decimal, and how many answered. */
function expectTotals({ whole, byClass }: Counted): void {
  for (const [id, rows] of Map.groupBy(byClass, (row) => row.class)) {
    const parts = Map.groupBy(rows, ({ class: _by, classValue: _value, ...row }) => figureName(row));
    expect([id, parts.size]).toEqual([id, whole.length]);
    for (const row of whole) {
      const own = parts.get(figureName(row)) ?? [];
      if (row.measure !== 'perMunicipality')
        expect([id, row.question, own.reduce((sum, { base }) => sum + base, 0)]).toEqual([id, row.question, row.base]);
      if (row.measure === 'count' || row.measure === 'sum')
        expectNear(
          own.reduce((sum, { value }) => sum + (value ?? 0), 0),
          row.value ?? 0,
        );
      if (row.units !== undefined) expect(own.flatMap(({ units = [] }) => units).toSorted()).toEqual(row.units);
    }
  }
}

describe('figures by class', () => {
  it.each(realForms)('of %s add up to those of all, whatever the classes are', (_, of) => {
    const returns = array(answersOf(of, { municipalities: saitamaCodes, hostile: true, maxEntries: 3 }), {
      maxLength: 5,
    });
    const values = array(option(constantFrom('南部', '西部', '東部')), { maxLength: 4 });
    assert(
      property(tuple(returns, values), ([answers, areas]) => {
        expectTotals(counted(of, classified(areas), answers));
      }),
      { numRuns: 8 },
    );
  });

  it('of 埼玉県 are those of its municipalities of each kind', () => {
    const answers = fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json');
    const directory = classified(['南部', null]);
    const units = reportingUnits(directory, 'municipality');
    const figures = counted(
      municipalSurvey2024,
      directory,
      units.map(({ code }) => answers[code] ?? {}),
    );
    expectTotals(figures);
    const answered = figures.byClass.filter(
      (row) => row.question === 'establishment.status' && row.option === 'established',
    );
    expect(answered.filter((row) => row.class === 'kind').map(({ classValue, base }) => [classValue, base])).toEqual([
      ['市', 40],
      ['町', 22],
      ['村', 1],
    ]);
    expect(answered.filter((row) => row.class === 'area').map(({ classValue, base }) => [classValue, base])).toEqual([
      ['南部', 32],
      [undefined, 31],
    ]);
  });

  it('has a value of which nothing is counted, and no group of units without one where there are none', () => {
    const empty = counted(municipalSurvey2024, classified(['南部']), []);
    const values = new Set(empty.byClass.filter((row) => row.class === 'area').map(({ classValue }) => classValue));
    expect([...values]).toEqual(['南部']);
  });
});
