/** A solver over all that several editions print, whole, by class and in their errata: nobody's Σ answer follows from it. */

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SummaryRow } from '../../../../schemas/export.ts';
import { figureName } from '../../../../schemas/export.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { classNamed } from '../../../../schemas/unit-classes.ts';
import type { FiguresToPrint } from '../../../../functions/service/held-figures.ts';
import { unitsCertain, unitsSolved } from '../../../support/solver.ts';
import type { PublishedSum } from '../../../support/solver.ts';
import { classified, PrintedRound, survey, unitCodes } from '../../support/printed-rounds.ts';

const isTotal = ({ question }: Pick<SummaryRow, 'question'>): boolean => question.startsWith('totals.');
const isSum = ({ measure }: Pick<SummaryRow, 'measure'>): boolean => measure === 'count' || measure === 'sum';

/** All that is printed of a figure in any edition, by the figure. Means are sums over how many answered. */
function sumsOf(rounds: PrintedRound): Map<string, PublishedSum[]> {
  const sums = new Map<string, PublishedSum[]>();
  for (const { rows, byClass } of rounds.editions)
    for (const row of [...rows, ...byClass].filter((each) => isTotal(each) && isSum(each))) {
      const { class: by, classValue, asOf, value, ...whole } = row;
      const seq = asOf?.seq ?? 0;
      const directory = rounds.directoryAt(seq);
      const valueOf = classNamed(directory, by)?.valueOf;
      const inCell = ([code]: readonly [string, string]): boolean =>
        by === undefined || valueOf?.({ code, members: [code] }) === classValue;
      const over = new Map([...rounds.truth(row.question, seq)].filter(inCell));
      sums.set(figureName(whole), [...(sums.get(figureName(whole)) ?? []), { value: value ?? 0, over }]);
    }
  return sums;
}

/** Whom the figures tell that the prefecture has not released, by figure. */
function solved(rounds: PrintedRound): string[] {
  return [...sumsOf(rounds)].flatMap(([name, sums]) => {
    const released = [...rounds.released].find(([question]) => name.startsWith(`survey ${question} `))?.[1];
    return unitsSolved(sums)
      .filter((unit) => released?.has(unit) !== true)
      .map((unit) => `${name}: ${unit}`);
  });
}

const option = fc.constantFrom('yes', 'no');
const answers = fc.record({
  open: fc.record({ size: fc.nat(9) }),
  totals: fc.record(
    {
      grade: option,
      methods: fc.uniqueArray(option),
      cost: fc.nat(3),
      area: fc.record({ housing: option, work: option }, { requiredKeys: [] }),
      plans: fc.array(
        option.map((kind) => ({ id: 'p', kind })),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ['grade'] },
  ),
});
const value = fc.record({ area: fc.constantFrom<string>('北', '南'), size: fc.constantFrom('大', '小') });
const by = fc.constantFrom('area', 'area', 'area', 'size', undefined);
const unit = fc.nat(13);
const between = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('accept' as const), unit, answers }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), unit }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), unit, value }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('unite' as const), from: fc.constantFrom('北', '南') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const) }) },
  ),
  { maxLength: 5 },
);
/** Of four one: what it printed is known, and the next is compared with one that stands. */
const isTakenBack = fc.constantFrom(true, false, false, false);
const anyCourse = fc.record({
  values: fc.array(value, { minLength: 6, maxLength: 14, size: 'max' }),
  first: fc.array(answers, { minLength: 14, maxLength: 14 }),
  missing: fc.uniqueArray(unit, { maxLength: 4 }),
  editions: fc.array(fc.record({ between, by, isTakenBack }), { minLength: 3, maxLength: 5, size: 'max' }),
});

type Course = typeof anyCourse extends fc.Arbitrary<infer T> ? T : never;

const swapped = { units: 10, editions: 4 };

/**
 * Two groups of three or four units and one more unit say the other of their two answers in editions of any order, so that no
 * two editions differ by one or two units, and all of them together by the one.
 */
const swapping: fc.Arbitrary<Course> = fc
  .record({
    units: fc.shuffledSubarray([...Array(swapped.units).keys()], { minLength: swapped.units }),
    sizes: fc.tuple(fc.integer({ min: 3, max: 4 }), fc.integer({ min: 3, max: 4 })),
    order: fc.shuffledSubarray([...Array(swapped.editions).keys()], { minLength: swapped.editions }),
    takenBack: fc.array(isTakenBack, { minLength: swapped.editions, maxLength: swapped.editions }),
  })
  .map(({ units, sizes: [few, others], order, takenBack }) => {
    const said = (index: number, isSecond: boolean) => ({
      open: { size: 1 },
      totals: { grade: isSecond ? ('yes' as const) : ('no' as const), cost: index + (isSecond ? 10 : 0) },
    });
    const [one, two] = [units.slice(0, few), units.slice(few, few + others)];
    const seconds = [[], one, [...one, ...two], [...two, ...units.slice(-1)]].map((each) => new Set(each));
    return {
      values: units.map(() => ({ area: '北', size: '大' as const })),
      first: units.map((_, index) => said(index, false)),
      missing: [],
      editions: order.map((at, place) => {
        const before = new Set(seconds[order[place - 1] ?? -1]);
        const now = seconds[at] ?? new Set<number>();
        return {
          by: undefined,
          isTakenBack: takenBack[place] === true,
          between: units
            .filter((index) => before.has(index) !== now.has(index))
            .map((index) => ({
              kind: 'accept' as const,
              unit: index,
              answers: said(index, now.has(index)),
            })),
        };
      }),
    };
  });

const course = fc.oneof({ weight: 4, arbitrary: anyCourse }, { weight: 1, arbitrary: swapping });

type Rule = (rounds: PrintedRound, by?: string) => FiguresToPrint;

/** Every edition prints what it counts, with its tables by class. */
const noRule: Rule = (_rounds, by) => ({
  held: [],
  ...(by === undefined ? {} : { byClass: { by, leftOut: [], held: [] } }),
});

/** Three units differ from every edition before, or none: what is told by several of them together is not seen. */
const eachTwo: Rule = (rounds) => ({
  held: [...Map.groupBy(rounds.editions.at(-1)?.rows.filter(isTotal) ?? [], ({ question }) => question)].flatMap(
    ([question, rows]) => {
      const now = rounds.truth(question, rounds.state().asOf.seq);
      const isTold = rounds.editions.some(({ rows: known }) => {
        const then = rounds.truth(question, known.find((row) => row.question === question)?.asOf?.seq ?? 0);
        const units = new Set([...then.keys(), ...now.keys()]);
        const differ = [...units].filter((unit) => then.get(unit) !== now.get(unit)).length;
        return differ > 0 && differ < 3;
      });
      return isTold ? [{ form: 'survey', question, rows, units: [] }] : [];
    },
  ),
});

/** @param rule another than ours */
async function published({ values, first, missing, editions }: Course, rule?: Rule): Promise<PrintedRound> {
  const current = values.map((each) => ({ ...each }));
  const rounds = new PrintedRound(classified(current));
  const units = unitCodes(values.length);
  const codeOf = (index: number): string => units[index % units.length] ?? '';
  for (const [index, code] of units.entries()) if (!missing.includes(index)) rounds.accept(code, { ...first[index] });
  for (const { between, by, isTakenBack } of editions) {
    for (const step of between) {
      if (step.kind === 'accept') rounds.accept(codeOf(step.unit), { ...step.answers });
      if (step.kind === 'drop') rounds.drop(codeOf(step.unit));
      if (step.kind === 'release') await rounds.release();
      if (step.kind === 'move') Object.assign(current[step.unit % current.length] ?? {}, step.value);
      if (step.kind === 'unite') for (const each of current) each.area = each.area === step.from ? '中' : each.area;
      if (step.kind === 'move' || step.kind === 'unite') rounds.change(classified(current));
    }
    await rounds.publish(by, rule?.(rounds, by));
    if (isTakenBack) rounds.takeBack();
  }
  return rounds;
}

describe('the figures of all editions of a round, with their tables by class', () => {
  it('determine no answer of any unit, whatever is corrected, comes later, moves or is released', async () => {
    const tables = { printed: 0, again: 0 };
    await fc.assert(
      fc.asyncProperty(course, async (given) => {
        const rounds = await published(given);
        expect(solved(rounds)).toEqual([]);
        const byClass = rounds.editions.map(({ byClass }) => byClass.filter(isTotal));
        tables.printed += byClass.filter(({ length }) => length > 0).length;
        tables.again += byClass.flat().filter(({ asOf }, _, all) => asOf?.seq !== all[0]?.asOf?.seq).length;
      }),
      { numRuns: 30 },
    );
    // The rule would be easily kept by printing nothing.
    expect(tables.printed).toBeGreaterThan(10);
    expect(tables.again).toBeGreaterThan(10);
  });

  it('make an answer certain of three units at least, of all who did alike, where nothing was released', async () => {
    await fc.assert(
      fc.asyncProperty(course, async (given) => {
        const rounds = await published(given);
        for (const [name, sums] of sumsOf(rounds)) {
          if (!/grade|methods/.test(name) || rounds.released.size > 0) continue;
          // An edition may print the total of two units, which tells each of them what they said alike.
          if (sums.some(({ over }) => over.size > 0 && over.size < 3)) continue;
          expect([name, unitsCertain(sums).length]).not.toEqual([name, 1]);
          expect([name, unitsCertain(sums).length]).not.toEqual([name, 2]);
        }
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    { what: 'the rule is off', rule: noRule, courses: anyCourse },
    { what: 'each two editions are compared alone', rule: eachTwo, courses: swapping },
  ])('determine answers where $what', async ({ rule, courses }) => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(courses, async (given) => {
        told += solved(await published(given, rule)).length > 0 ? 1 : 0;
      }),
      { numRuns: 8 },
    );
    expect(told).toBeGreaterThan(3);
  });
});

describe('an edition of a round of ten, with a table by class', () => {
  const units = unitCodes(10);
  const values = units.map((_unit, index) => ({ area: index < 4 ? '北' : '南' }));
  const said = (grade: string, cost: number): Answers => ({ open: { size: cost }, totals: { grade, cost } });
  const [a = '', b = '', c = '', ...rest] = units;
  const [late = ''] = rest.slice(-1);
  const costs = ({ byClass }: { readonly byClass: readonly SummaryRow[] }): unknown =>
    byClass.flatMap(({ question, measure, classValue, value, base }) =>
      question === 'totals.cost' && measure === 'sum' ? [[classValue, value, base]] : [],
    );

  async function started(): Promise<PrintedRound> {
    const rounds = new PrintedRound(classified(values));
    for (const [index, unit] of units.slice(0, -1).entries())
      rounds.accept(unit, said(index % 2 === 0 ? 'yes' : 'no', index));
    await rounds.publish('area');
    return rounds;
  }

  it('adds up to the whole, with counts, sums and means alone of what tells totals only', async () => {
    const [{ rows, byClass } = { rows: [], byClass: [] }] = (await started()).editions;
    expect(costs({ byClass })).toEqual([
      ['北', 6, 4],
      ['南', 30, 5],
    ]);
    for (const row of rows.filter(isSum)) {
      const cells = byClass.filter(
        ({ class: _by, classValue: _value, ...cell }) => figureName(cell) === figureName(row),
      );
      const sum = cells.reduce((all, { value: each }) => all + (each ?? 0), 0);
      if (cells.length > 0) expect([figureName(row), sum]).toEqual([figureName(row), row.value]);
    }
    const measures = (question: string): Set<string> =>
      new Set(byClass.flatMap((row) => (row.question === question ? [row.measure] : [])));
    expect([measures('totals.cost'), measures('open.size')]).toEqual([
      new Set(['sum', 'mean']),
      new Set(['sum', 'mean', 'median', 'min', 'max']),
    ]);
    expect(new Set(byClass.flatMap(({ kinds = [] }) => kinds))).toEqual(new Set(['市町村']));
  });

  it('stays as it was after one correction, and after one more return', async () => {
    for (const [unit, answer] of [
      [a, said('no', 70)],
      [late, said('no', 80)],
    ] as const) {
      const rounds = await started();
      rounds.accept(unit, answer);
      const before = rounds.editions[0];
      const second = await rounds.publish('area');
      const totals = (rows: readonly SummaryRow[] = []): Map<string, unknown> =>
        new Map(rows.filter(isTotal).map((row) => [figureName(row), [row.value, row.base]]));
      expect(totals(second.byClass)).toEqual(totals(before?.byClass));
      expect(second.errata.filter(isTotal)).toEqual([]);
      expect(second.errata.filter(({ class: of }) => of === 'area')).not.toEqual([]);
      // Without the rule its table tells the unit.
      const off = await started();
      off.accept(unit, answer);
      await off.publish('area', noRule(off, 'area'));
      expect(solved(off)).toContain(`survey totals.cost sum: ${unit}`);
    }
  });

  it('is printed anew where the prefecture has released whom it tells', async () => {
    const rounds = await started();
    rounds.accept(late, said('no', 80));
    await rounds.release();
    expect(costs(await rounds.publish('area'))).toEqual([
      ['北', 6, 4],
      ['南', 110, 6],
    ]);
    expect(solved(rounds)).toEqual([]);
  });

  it('is left out, whole, while the total is printed, where three units differ in several cells', async () => {
    const rounds = await started();
    for (const unit of [a, b, late]) rounds.accept(unit, said('no', 9));
    const { byClass } = await rounds.toPrint('area');
    expect(byClass?.leftOut).toContainEqual({ form: 'survey', question: 'totals.cost' });
    const second = await rounds.publish('area');
    expect(costs(second)).toEqual([]);
    expect(second.rows.find((row) => row.question === 'totals.cost')?.asOf).toEqual(second.asOf);
    // What one of two editions leaves out is no correction.
    expect(second.errata.some((row) => row.class !== undefined && row.question === 'totals.cost')).toBe(false);
  });

  it('is printed anew where three differ in a cell and none in the other', async () => {
    const rounds = await started();
    for (const unit of [a, b, c]) rounds.accept(unit, said('no', 9));
    const second = await rounds.publish('area');
    expect(costs(second)).toEqual([
      ['北', 30, 4],
      ['南', 30, 5],
    ]);
    expect(second.errata.map(({ classValue }) => classValue)).toContain('北');
  });

  it('is left out where one unit has moved from a value of the class to another', async () => {
    const rounds = await started();
    rounds.change(classified(values.map((each, index) => (index === 4 ? { area: '北' } : each))));
    expect(costs(await rounds.publish('area'))).toEqual([]);
  });

  it('is of questions that tell answers by unit whatever the rule says, and of no others where one cell is small', async () => {
    const rounds = new PrintedRound(classified(values.map((each, index) => (index < 2 ? {} : each))));
    for (const unit of units) rounds.accept(unit, said('yes', 1));
    const { byClass } = await rounds.publish('area');
    expect(new Set(byClass.map(({ question }) => question))).toEqual(new Set(['open.size']));
    expect(new Set(byClass.map(({ classValue }) => classValue))).toEqual(new Set(['北', '南', undefined]));
  });

  it('of whom three of one cell and one of another are gone is not printed anew', async () => {
    const rounds = new PrintedRound(classified(values.map((_, index) => ({ area: index < 3 ? '北' : '南' }))));
    for (const [index, unit] of units.entries()) rounds.accept(unit, said('yes', index));
    await rounds.publish('area');
    for (const unit of units.slice(0, 4)) rounds.drop(unit);
    const { held } = await rounds.toPrint();
    expect(held.find(({ question }) => question === 'totals.cost')?.units).toEqual([units[3]]);
  });

  it('follows no other class that crosses one that was printed', async () => {
    const both = values.map((each, index) => ({ ...each, size: index === 0 || index > 4 ? '大' : '小' }));
    const rounds = new PrintedRound(classified(both));
    for (const [index, unit] of units.entries()) rounds.accept(unit, said('yes', index));
    expect(costs(await rounds.publish('area'))).toHaveLength(2);
    expect(costs(await rounds.publish('size'))).toEqual([]);
    expect(survey.items.has('totals.cost')).toBe(true);
  });
});
