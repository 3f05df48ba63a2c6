import { describe, expect, it } from 'vitest';
import { compareForm, comparisonNotes } from '../../../../functions/domain/comparison.ts';
import { monthsOf } from '../../../../schemas/round.ts';
import type { ComparisonRow } from '../../../../functions/domain/comparison.ts';
import { talliedFigures } from '../../../../functions/domain/summary.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { reportingUnits } from '../../../../schemas/directory.ts';
import { extend } from '../../../../schemas/extend.ts';
import { form } from '../../../../schemas/form.ts';
import type { Form } from '../../../../schemas/form.ts';
import { choice, choices, count, countsTable, list, section } from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import type { Round } from '../../../../schemas/round.ts';
import { directory, round } from '../../../support/every-question.ts';

const before = form(
  'yearly',
  2022,
  { title: '毎年の調査票', units: 'municipality', help: '' },
  {
    centre: section('センター', {
      status: choice('設置', { yes: '設置済', no: '未設置' }),
      agenda: choices('議題', { housing: '住まい', work: '就労' }),
      staff: count('職員', '人'),
      meetings: count('会議', '回').overPeriod(),
      visits: count('訪問', '件'),
      gone: count('廃止した項目', '件'),
      events: list('行事', 20, { kind: choice('種類', { talk: '講演', walk: '見学' }) }).overPeriod(),
    }),
  },
  {
    measures: [
      {
        kind: 'total',
        id: 'held',
        label: '開催した会議',
        measure: 'sum',
        unit: '回',
        per: ['municipality'],
        expression: 'centre.meetings',
      },
    ],
  },
);

const after = extend(before, 2024, {
  retire: ['centre.gone'],
  add: { centre: { fresh: count('新しい項目', '件') } },
  options: { 'centre.agenda': { add: { children: '子ども' }, retire: ['work'] } },
});

/** The same ids, one of them in another unit. */
const otherUnit = form(
  'yearly',
  2024,
  { title: '', units: 'municipality', help: '' },
  {
    centre: section('センター', { staff: count('職員', '名'), status: count('設置', '箇所') }),
  },
);

function figures(form: Form, given: readonly Answers[], of: Round = round) {
  const tally = new Tally(form);
  const units = reportingUnits(directory, 'municipality');
  for (const [index, answers] of given.entries()) {
    const unit = units[index];
    if (unit !== undefined) tally.add(answers, unit);
  }
  return { round: of, form, rows: talliedFigures(tally, { round: of, directory, audience: 'internal' }).rows };
}

/** The same id, computed in another way. */
const otherMeasure = form(
  'yearly',
  2024,
  { title: '', units: 'municipality', help: '' },
  { centre: section('センター', { meetings: count('会議', '回').overPeriod(), visits: count('訪問', '件') }) },
  {
    measures: [
      { kind: 'total', id: 'held', label: '開催した会議', measure: 'sum', unit: '回', expression: 'centre.visits' },
    ],
  },
);

function find(
  rows: readonly ComparisonRow[],
  question: string,
  measure: string,
  option?: string,
): ComparisonRow | undefined {
  return rows.find((row) => row.question === question && row.measure === measure && row.option === option);
}

const year: Round = { ...round, period: { from: '2023-04', to: '2024-03' } };
const yearAndAHalf: Round = { ...round, period: { from: '2023-04', to: '2024-09' } };

describe('two rounds of the same form', () => {
  const rows = compareForm(
    figures(before, [{ centre: { status: 'yes', staff: 3 } }, { centre: { status: 'no', staff: 1 } }]),
    figures(before, [{ centre: { status: 'yes', staff: 9 } }]),
  );

  it('are joined by question, option and measure', () => {
    expect(find(rows, 'centre.status', 'count', 'no')).toMatchObject({
      previous: { value: 1, base: 2 },
      current: { value: 0, base: 1 },
      change: -1,
    });
    expect(find(rows, 'centre.staff', 'sum')).toMatchObject({
      previous: { value: 4 },
      current: { value: 9 },
      change: 5,
    });
    expect(find(rows, 'centre.staff', 'mean')).toMatchObject({ previous: { shown: '2.0' }, current: { shown: '9.0' } });
    expect(rows.every(({ note }) => note === undefined)).toBe(true);
  });

  it('have no change where one of them has no figure', () => {
    expect(find(rows, 'centre.visits', 'mean')).toMatchObject({ previous: { value: null }, change: null });
  });

  it('have no figure, rather than 0, where nobody answered', () => {
    const unasked = compareForm(
      figures(before, [{ centre: { status: 'yes' } }]),
      figures(before, [{ centre: { staff: 9, agenda: ['work'] } }]),
    );
    expect(find(unasked, 'centre.staff', 'sum')).toMatchObject({
      previous: { value: null, base: 0 },
      current: { value: 9, base: 1 },
      change: null,
    });
    expect(find(unasked, 'centre.agenda', 'count', 'work')).toMatchObject({
      previous: { value: null, base: 0 },
      change: null,
    });
    expect(find(unasked, 'centre.status', 'count', 'yes')).toMatchObject({
      current: { value: null, base: 0 },
      change: null,
    });
  });

  it('differ in their means by what is printed', () => {
    const staff = (...all: number[]) =>
      figures(
        before,
        all.map((each) => ({ centre: { staff: each } })),
      );
    expect(find(compareForm(staff(2, 3), staff(2, 3, 3)), 'centre.staff', 'mean')).toMatchObject({
      current: { shown: '約2.6' },
      change: 0.1,
    });
  });
});

describe('a form that has changed', () => {
  const rows = compareForm(
    figures(before, [{ centre: { agenda: ['housing', 'work'], gone: 2 } }]),
    figures(after, [{ centre: { agenda: ['housing', 'children'], fresh: 4 } }]),
  );
  const noteOf = (question: string, measure: string, option?: string): string | undefined =>
    find(rows, question, measure, option)?.note;

  it('says what is new or gone, and never counts it as zero; options that are in both are compared', () => {
    expect(find(rows, 'centre.fresh', 'sum')).toEqual(
      expect.objectContaining({ note: 'added', change: null, current: { value: 4, base: 1 } }),
    );
    expect(find(rows, 'centre.fresh', 'sum')).not.toHaveProperty('previous');
    expect(find(rows, 'centre.gone', 'sum')).toEqual(
      expect.objectContaining({ note: 'retired', change: null, previous: { value: 2, base: 1 } }),
    );
    expect(find(rows, 'centre.gone', 'sum')).not.toHaveProperty('current');
    expect([noteOf('centre.agenda', 'count', 'children'), noteOf('centre.agenda', 'count', 'work')]).toEqual([
      'added',
      'retired',
    ]);
    expect(find(rows, 'centre.agenda', 'count', 'housing')).toMatchObject({
      note: 'optionsChanged',
      change: 0,
      previous: { value: 1 },
      current: { value: 1 },
    });
    expect(noteOf('centre.staff', 'sum')).toBeUndefined();
  });

  it('says whether options were added or retired', () => {
    const noteAfter = (options: { add?: Record<string, string>; retire?: string[] }): string | undefined =>
      find(
        compareForm(
          figures(before, [{ centre: { agenda: ['housing'] } }]),
          figures(extend(before, 2025, { options: { 'centre.agenda': options } }), [
            { centre: { agenda: ['housing'] } },
          ]),
        ),
        'centre.agenda',
        'count',
        'housing',
      )?.note;
    expect(noteAfter({ add: { children: '子ども' } })).toBe('optionsAdded');
    expect(noteAfter({ retire: ['work'] })).toBe('optionsRetired');
  });

  it('is not compared where a measure is computed in another way', () => {
    const changed = compareForm(
      figures(before, [{ centre: { meetings: 3, visits: 9 } }]),
      figures(otherMeasure, [{ centre: { meetings: 3, visits: 9 } }]),
    );
    expect(find(changed, 'held', 'sum')).toMatchObject({ note: 'changed', change: null });
    expect(find(changed, 'centre.visits', 'sum')).toMatchObject({ change: 0 });
  });

  it('is not compared where the unit or the kind of question changed', () => {
    const changed = compareForm(
      figures(before, [{ centre: { status: 'yes', staff: 1 } }]),
      figures(otherUnit, [{ centre: { staff: 2, status: 3 } }]),
    );
    expect(find(changed, 'centre.staff', 'sum')).toMatchObject({ note: 'changed', change: null });
    expect(find(changed, 'centre.status', 'sum')?.note).toBe('changed');
    expect(find(changed, 'centre.status', 'count', 'yes')?.note).toBe('changed');
  });

  it('compares no count of a table that has another row or column, nor its totals', () => {
    const staffed = (columns: Record<string, string>): Form =>
      form(
        'staffed',
        2024,
        { title: '', units: 'municipality', help: '' },
        { s: section('体制', { staff: countsTable('職員', { full: '常勤' }, columns, '人') }) },
      );
    const given = [{ s: { staff: { full: { only: 1 } } } }];
    const rows = compareForm(
      figures(staffed({ only: '専従' }), given),
      figures(staffed({ only: '専従', also: '兼務' }), given),
    );
    expect(find(rows, 's.staff.full.only', 'sum')?.note).toBe('changed');
    expect(find(rows, 's.staff', 'sum')?.note).toBe('changed');
    expect(find(rows, 's.staff.only', 'sum')?.note).toBe('changed');
  });

  it('is said in the words of the sources', () => {
    expect(comparisonNotes).toMatchObject({ added: '新設', retired: '廃止', changed: '設問変更のため比較不可' });
  });
});

describe('rounds over periods of different lengths', () => {
  it('count whole months', () => {
    expect([monthsOf(year), monthsOf(yearAndAHalf), monthsOf({ period: { from: '2023', to: '2023' } })]).toEqual([
      12, 18, 12,
    ]);
  });

  it('are compared by the year, beside the numbers themselves', () => {
    const rows = compareForm(
      figures(before, [{ centre: { meetings: 10, staff: 5 } }], year),
      figures(before, [{ centre: { meetings: 18, staff: 5 } }], yearAndAHalf),
    );
    const expected = {
      previous: { value: 10 },
      current: { value: 18 },
      change: null,
      note: 'period',
      yearly: { previous: { value: 10, shown: '10.0' }, current: { value: 12, shown: '12.0' }, change: 2 },
    };
    expect(find(rows, 'centre.meetings', 'sum')).toMatchObject(expected);
    expect(find(rows, 'held', 'sum')).toMatchObject(expected);
    expect(find(rows, 'held', 'perMunicipality')).toMatchObject({ yearly: { current: { value: 12 } } });
    expect(find(rows, 'centre.staff', 'sum')).toMatchObject({ change: 0 });
    expect(find(rows, 'centre.staff', 'sum')).not.toHaveProperty('yearly');
  });

  it('count the entries of lists by the year too, but not who chose what', () => {
    const events = (...kinds: string[]): Answers => ({
      centre: { status: 'yes', events: kinds.map((kind, index) => ({ id: String(index), kind })) },
    });
    const rows = compareForm(
      figures(before, [events('talk')], year),
      figures(before, [events('talk', 'talk', 'walk')], yearAndAHalf),
    );
    expect(find(rows, 'centre.events', 'count')?.yearly).toMatchObject({
      previous: { value: 1 },
      current: { value: 2 },
      change: 1,
    });
    expect(find(rows, 'centre.events.kind', 'count', 'talk')?.yearly).toMatchObject({ current: { shown: '約1.3' } });
    expect(find(rows, 'centre.status', 'count', 'yes')).not.toHaveProperty('yearly');
  });

  it('cut what does not come out even, as every mean', () => {
    const rows = compareForm(
      figures(before, [{ centre: { meetings: 1 } }], year),
      figures(before, [{ centre: { meetings: 4 } }, { centre: { meetings: 1 } }], yearAndAHalf),
    );
    expect(find(rows, 'centre.meetings', 'mean')?.yearly?.current).toMatchObject({ shown: '約1.6', base: 2 });
    expect(find(rows, 'centre.meetings', 'max')).toMatchObject({ change: 3 });
  });
});
