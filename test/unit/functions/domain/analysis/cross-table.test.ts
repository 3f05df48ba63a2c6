import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CrossTable, hasNoAnswer, shareBaseOf } from '../../../../../functions/domain/analysis/cross-table.ts';
import type { Crossed } from '../../../../../functions/domain/analysis/cross-table.ts';
import { entryVariablesOf, inBands, variablesOf } from '../../../../../functions/domain/analysis/variables.ts';
import type { OptionsVariable } from '../../../../../functions/domain/analysis/variables.ts';
import { ClassTallies } from '../../../../../functions/domain/class-tallies.ts';
import { Tally } from '../../../../../functions/domain/tally.ts';
import type { Directory } from '../../../../../schemas/directory.ts';
import { reportingUnits } from '../../../../../schemas/directory.ts';
import { classesOf, unclassified } from '../../../../../schemas/unit-classes.ts';
import type { Form } from '../../../../../schemas/form.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { realForms, saitama, saitamaCodes } from '../../../support/real-forms.ts';

/** Every second municipality has an area. */
const classified: Directory = {
  ...saitama,
  classes: [{ id: 'area', label: '圏域' }],
  municipalities: saitama.municipalities.map((each, index) =>
    index % 2 === 0 ? { ...each, classes: { area: index % 3 === 0 ? '南部' : '西部' } } : each,
  ),
};

const words = { noneLabel: '選択なし', unansweredLabel: '回答なし' };

function returnsOf(form: Form, all: readonly Answers[]) {
  const units = reportingUnits(saitama, form.units);
  return all.flatMap((answers, index) => {
    const unit = units[index];
    return unit === undefined ? [] : [{ answers, unit }];
  });
}

function totalOf(axis: Crossed['rows'], option: string): number {
  return axis.entries.find(({ key }) => key === option)?.total ?? 0;
}

describe('a cross table', () => {
  it.each(realForms)('of two questions of %s has the figures of their tallies as its totals', (_, form) => {
    const variables = variablesOf(form).filter((each): each is OptionsVariable => each.of === 'options');
    const answers = array(answersOf(form, { municipalities: saitamaCodes, hostile: true }), { maxLength: 6 });
    assert(
      property(tuple(answers, nat(), nat()), ([all, first, second]) => {
        const rows = variables[first % variables.length];
        const columns = variables[second % variables.length];
        if (rows === undefined || columns === undefined) return;
        const table = new CrossTable({ ...rows, ...words }, { ...columns, ...words });
        const tally = new Tally(form);
        for (const each of returnsOf(form, all)) {
          table.add(rows.chosen(each), columns.chosen(each));
          tally.add(each.answers, each.unit);
        }
        const crossed = table.crossed();
        for (const [axis, { id, options }] of [
          [crossed.rows, rows],
          [crossed.columns, columns],
        ] as const) {
          expect([id, axis.base]).toEqual([id, tally.options(id).base]);
          for (const { key } of options) expect([key, totalOf(axis, key)]).toEqual([key, tally.options(id).total(key)]);
        }
        // Where one option each is chosen, the cells of a row add up to it, and the rows to the whole.
        if (!columns.several)
          crossed.rows.entries.forEach(({ total }, index) =>
            expect(crossed.cells[index]?.reduce((sum, cell) => sum + cell, 0)).toBe(total),
          );
        if (!rows.several) expect(crossed.rows.entries.reduce((sum, { total }) => sum + total, 0)).toBe(crossed.units);
      }),
      { numRuns: 25 },
    );
  });

  it.each(realForms)('of two questions of a list of %s has the figures of their tallies as its totals', (_, form) => {
    const variables = entryVariablesOf(form);
    const answers = array(answersOf(form, { municipalities: saitamaCodes, hostile: true }), { maxLength: 6 });
    assert(
      property(tuple(answers, nat(), nat()), ([all, first, second]) => {
        const rows = variables[first % variables.length];
        if (rows === undefined) return;
        const same = variables.filter(({ list }) => list === rows.list);
        const columns = same[second % same.length] ?? rows;
        const table = new CrossTable({ ...rows, ...words }, { ...columns, ...words });
        const tally = new Tally(form);
        for (const each of returnsOf(form, all)) {
          for (const entry of rows.entries(each)) table.add(rows.chosen(entry), columns.chosen(entry));
          tally.add(each.answers, each.unit);
        }
        const crossed = table.crossed();
        for (const [axis, { id, options }] of [
          [crossed.rows, rows],
          [crossed.columns, columns],
        ] as const) {
          expect([id, axis.base]).toEqual([id, tally.options(id).base]);
          for (const { key } of options) expect([key, totalOf(axis, key)]).toEqual([key, tally.options(id).total(key)]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it.each(realForms)('of a question of %s and a class is the tally by class', (_, form) => {
    const variables = variablesOf(form).filter((each): each is OptionsVariable => each.of === 'options');
    const by = classesOf(classified).find(({ id }) => id === 'area');
    if (by === undefined) throw new Error('no class');
    const options = [...by.values, unclassified].map((value) => ({ key: value, label: value }));
    const answers = array(answersOf(form, { municipalities: saitamaCodes }), { maxLength: 6 });
    assert(
      property(tuple(answers, nat()), ([all, index]) => {
        const rows = variables[index % variables.length];
        if (rows === undefined) return;
        const table = new CrossTable({ ...rows, ...words }, { label: by.label, options, ...words });
        const tallies = new ClassTallies(form, classesOf(classified));
        for (const each of returnsOf(form, all)) {
          table.add(rows.chosen(each), [by.valueOf(each.unit) ?? unclassified]);
          tallies.add(each.answers, each.unit);
        }
        const crossed = table.crossed();
        const bases = shareBaseOf(crossed, 'column');
        for (const { value = unclassified, tally } of tallies.by(by)) {
          const at = crossed.columns.entries.findIndex(({ key }) => key === value);
          for (const { key } of rows.options) {
            const row = crossed.rows.entries.findIndex((each) => each.key === key);
            expect(crossed.cells[row]?.[at] ?? 0).toBe(tally.options(rows.id).total(key));
            expect(bases[row]?.[at]).toBe(tally.options(rows.id).base);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  const yesNo = {
    label: '有無',
    options: [
      { key: 'y', label: '有' },
      { key: 'n', label: '無' },
    ],
    ...words,
  };
  const many = {
    label: '機能',
    options: [
      { key: 'a', label: '甲' },
      { key: 'b', label: '乙' },
    ],
    ...words,
  };

  it('keeps those apart that chose nothing, did not answer and were not asked, and shows none where there are none', () => {
    const table = new CrossTable(yesNo, many);
    table.add(['y'], ['a', 'b']);
    table.add(['y'], []);
    table.add(undefined, ['a']);
    table.add('notAsked', ['a']);
    const crossed = table.crossed();
    expect(crossed.rows.entries.map(({ label, total }) => [label, total])).toEqual([
      ['有', 2],
      ['無', 0],
      ['回答なし', 1],
      ['設問の対象外', 1],
    ]);
    expect(crossed.columns.entries.map(({ label, total }) => [label, total])).toEqual([
      ['甲', 3],
      ['乙', 1],
      ['選択なし', 1],
    ]);
    expect(crossed.cells).toEqual([
      [1, 1, 1],
      [0, 0, 0],
      [1, 0, 0],
      [1, 0, 0],
    ]);
    expect([crossed.answeredBoth, crossed.rows.base, crossed.columns.base]).toEqual([2, 2, 4]);
  });

  it('takes shares of those alone that answered', () => {
    const chosen = constantFrom(['y'], ['n'], undefined, 'notAsked' as const);
    const table = new CrossTable(yesNo, yesNo);
    assert(
      property(array(tuple(chosen, chosen)), (all) => {
        for (const [row, column] of all) table.add(row, column);
        const crossed = table.crossed();
        const both = shareBaseOf(crossed, 'whole');
        crossed.rows.entries.forEach(({ key }, index) =>
          crossed.columns.entries.forEach((column, at) => {
            const isAnswered = !hasNoAnswer({ key }) && !hasNoAnswer(column);
            expect(both[index]?.[at]).toBe(isAnswered ? crossed.answeredBoth : undefined);
          }),
        );
        const cells = crossed.cells.flatMap((row, index) => row.filter((_, at) => both[index]?.[at] !== undefined));
        expect(cells.reduce((sum, cell) => sum + cell, 0)).toBe(crossed.answeredBoth);
      }),
    );
  });

  it('is empty without returns', () => {
    const crossed = new CrossTable(yesNo, many).crossed();
    expect([crossed.units, crossed.cells]).toEqual([
      0,
      [
        [0, 0],
        [0, 0],
      ],
    ]);
  });
});

describe('bands of numbers', () => {
  it.each(realForms)('of %s hold every number in one band', (_, form) => {
    const numbers = variablesOf(form).filter((each) => each.of === 'numbers');
    assert(
      property(tuple(answersOf(form, { municipalities: saitamaCodes, hostile: true }), nat()), ([answers, index]) => {
        const number = numbers[index % numbers.length];
        const [of] = returnsOf(form, [answers]);
        if (number === undefined || of === undefined) return;
        const bands = inBands(number);
        const chosen = bands.chosen(of);
        expect(chosen?.length).toBe(number.value(of) === undefined ? undefined : 1);
        for (const key of chosen ?? []) expect(bands.options.map((each) => each.key)).toContain(key);
      }),
    );
  });
});
