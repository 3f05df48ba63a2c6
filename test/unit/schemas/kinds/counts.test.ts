import { describe, expect, it } from 'vitest';
import { codebook } from '../../../../functions/domain/codebook.ts';
import { completeness } from '../../../../functions/domain/completeness.ts';
import { columnHeadings } from '../../../../functions/domain/headings.ts';
import { talliedFigures } from '../../../../functions/domain/summary.ts';
import { tableOf, writeAnswers } from '../../../../functions/domain/tables.ts';
import { Tally } from '../../../../functions/domain/tally.ts';
import { answerBlocks } from '../../../../functions/domain/answer-rows.ts';
import { compile } from '../../../../schemas/compile.ts';
import { reportingUnits } from '../../../../schemas/directory.ts';
import { form } from '../../../../schemas/form.ts';
import { counts, countsTable, section } from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { round } from '../forms/returns.ts';
import { saitama } from '../../support/real-forms.ts';

const staff = countsTable('職員数', { full: '常勤', part: '非常勤' }, { only: '専従', also: '兼務' }, '人').numbered(
  '問5',
);
const text = { title: '様式', units: 'municipality', help: '' } as const;
const asked = form('asked', 2025, text, { s: section('体制', { staff: staff.required() }) });
const totalled = form('asked', 2025, text, { s: section('体制', { staff }).tally() });
const table = tableOf(asked, saitama, 'internal');
const answers: Answers = { s: { staff: { full: { only: 3, also: 2 }, part: { only: 1, also: 0 } } } };

function figures(of: typeof asked, given: readonly Answers[], audience: 'internal' | 'public' = 'internal') {
  const tally = new Tally(of);
  const units = reportingUnits(saitama, 'municipality');
  for (const [index, each] of given.entries()) {
    const unit = units[index];
    if (unit !== undefined) tally.add(each, unit);
  }
  return talliedFigures(tally, { round, directory: saitama, audience });
}

it('counts in rows alone add up over the returns that answered', () => {
  const rows = counts('件数', { a: '身体', b: '知的' }, '件');
  const simple = form('simple', 2025, text, { s: section('区分', { rows }) });
  const all = figures(simple, [{ s: { rows: { a: 3, b: 4 } } }, { s: { rows: { a: 2 } } }, {}]).rows;
  const total = all.filter(({ question }) => question === 's.rows');
  expect(total.map(({ label, measure, value, base }) => [label, measure, value, base])).toEqual([
    ['件数：計', 'sum', 9, 2],
    ['件数：計', 'mean', 4.5, 2],
    ['件数：計', 'median', 4.5, 2],
    ['件数：計', 'min', 2, 2],
    ['件数：計', 'max', 7, 2],
  ]);
});

describe('counts in rows and columns', () => {
  it('are stored by row and column, whole numbers from 0', () => {
    const { content } = compile(asked);
    expect(content.safeParse(answers).success).toBe(true);
    expect(content.safeParse({ s: { staff: { full: { only: 1.5 } } } }).success).toBe(false);
    expect(content.safeParse({ s: { staff: { full: 3 } } }).success).toBe(false);
    expect(content.safeParse({ s: { staff: { full: { total: 3 } } } }).success).toBe(false);
  });

  it('are all required where the table is', () => {
    const errors = completeness(asked.sections, { s: { staff: { full: { only: 3, also: 2 } } } }, new Set());
    expect(errors.map(({ path, message }) => [path, message])).toEqual([
      ['s.staff.part.only', '「問5　職員数：非常勤：専従」が未回答です。回答してください。'],
      ['s.staff.part.also', '「問5　職員数：非常勤：兼務」が未回答です。回答してください。'],
    ]);
  });

  it('have a column each, and no total among them', () => {
    expect(table.columns.map(({ name }) => name)).toEqual([
      's.staff.full.only',
      's.staff.full.also',
      's.staff.part.only',
      's.staff.part.also',
    ]);
    expect(writeAnswers(table, answers, ['R7', '111007'], () => undefined)).toEqual(['3', '2', '1', '0']);
    expect(codebook(asked, table, round)[0]).toMatchObject({ number: '問5', label: '職員数：常勤：専従', unit: '人' });
    expect(columnHeadings(asked, table)[0]).toBe('体制：問5　職員数：常勤：専従（人）');
  });

  it('add up both ways, over the returns that answered', () => {
    const { rows } = figures(asked, [answers, { s: { staff: { full: { only: 4 } } } }, {}]);
    const sumOf = (question: string) => {
      const row = rows.find((each) => each.question === question && each.measure === 'sum');
      return row && [row.label, row.value, row.base];
    };
    expect(sumOf('s.staff.full.only')).toEqual(['職員数：常勤：専従', 7, 2]);
    expect(sumOf('s.staff.full')).toEqual(['職員数：常勤：計', 9, 2]);
    expect(sumOf('s.staff.part')).toEqual(['職員数：非常勤：計', 1, 1]);
    expect(sumOf('s.staff.only')).toEqual(['職員数：計：専従', 8, 2]);
    expect(sumOf('s.staff')).toEqual(['職員数：計', 10, 2]);
  });

  it('tell no count that is left out by their totals', () => {
    const alone = [answers, { s: { staff: { full: { only: 4, also: 1 } } } }];
    const { rows, tooFew } = figures(totalled, alone, 'public');
    expect(tooFew.map(({ question }) => question)).toEqual(['s.staff.part.only', 's.staff.part.also']);
    expect([...new Set(rows.map(({ question }) => question))]).toEqual(['s.staff.full.only', 's.staff.full.also']);
  });

  it('tell no count that stays as an edition printed it', () => {
    const tally = new Tally(totalled);
    const units = reportingUnits(saitama, 'municipality');
    for (const unit of units.slice(0, 3)) tally.add(answers, unit);
    const held = [{ form: 'asked', question: 's.staff.full.only', rows: [] }];
    const { rows } = talliedFigures(tally, { round, directory: saitama, audience: 'public', held });
    const questions = new Set(rows.map(({ question }) => question));
    expect(questions).toContain('s.staff.full.also');
    expect([...questions].filter((each) => ['s.staff', 's.staff.full', 's.staff.only'].includes(each))).toEqual([]);
  });

  it('are read with their totals', () => {
    const names = { municipalities: new Map(), entries: new Map() };
    const [block] = answerBlocks({ sections: asked.sections, answers, names });
    expect(block?.rows.map(({ label, answer }) => `${label} ${answer}`)).toEqual([
      '問5　職員数：常勤：専従 3人',
      '問5　職員数：常勤：兼務 2人',
      '問5　職員数：常勤：計 5人',
      '問5　職員数：非常勤：専従 1人',
      '問5　職員数：非常勤：兼務 0人',
      '問5　職員数：非常勤：計 1人',
      '問5　職員数：計 6人（専従 4人、兼務 2人）',
    ]);
  });
});
