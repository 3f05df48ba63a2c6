import { describe, expect, it } from 'vitest';
import {
  countProgress,
  progressOf,
  rowsAround,
  withPlaceLabel,
  withQuestionLabel,
} from '../../../../../functions/web/answer/findings.ts';
import { form } from '../../../../../schemas/form.ts';
import {
  choice,
  count,
  counts,
  countsTable,
  group,
  list,
  section,
  text,
} from '../../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';

const survey = form(
  'survey',
  1,
  { title: '', units: 'municipality', help: '' },
  {
    basics: section('基本', { has: choice('設置', { yes: 'あり', no: 'なし' }).required() }),
    details: section('詳細', { number: count('数', '件').required() }).when({ 'basics.has': 'yes' }),
    optional: section('任意', { remarks: text('備考', 100) }),
    entries: list('一覧', 3, { name: text('名称', 20) }).required(),
  },
);

function progress(answers: Answers, errors: { path: string; code: string; message: string }[] = []) {
  const sections = progressOf(survey, answers, { errors }, { state: 'draft', version: 0 }, undefined);
  return { states: sections.map(({ state }) => state), ...countProgress(survey, answers, { errors }) };
}

function missing(...paths: string[]): { path: string; code: string; message: string }[] {
  return paths.map((path) => ({ path, code: 'required', message: '' }));
}

describe('the progress of a return', () => {
  it('counts the required questions that are asked, and nothing that nobody entered', () => {
    expect(progress({}, missing('basics.has', 'entries'))).toEqual({
      states: ['empty', 'empty', 'optional', 'empty'],
      total: 2,
      done: 0,
    });
  });

  it('leaves out what other answers say is not asked', () => {
    expect(progress({ basics: { has: 'no' } }, missing('entries'))).toEqual({
      states: ['complete', 'notAsked', 'optional', 'empty'],
      total: 2,
      done: 1,
    });
    expect(progress({ basics: { has: 'yes' } }, missing('details.number', 'entries'))).toEqual({
      states: ['complete', 'empty', 'optional', 'empty'],
      total: 3,
      done: 1,
    });
  });

  it('counts each question of a section and of an entry, and a table as one', () => {
    const whole = form(
      'whole',
      1,
      { title: '', units: 'municipality', help: '' },
      {
        all: section('区分', {
          held: counts('数', { a: '甲', b: '乙' }, '人').required(),
          who: group('担当', { name: text('氏名', 20).required(), post: text('職', 20) }),
          rows: list('一覧', 3, { name: text('名称', 20).required() }).required(),
        }),
      },
    );
    const answers = { all: { held: { a: 1 }, rows: [{ id: 'x', name: 'あ' }, { id: 'y' }] } };
    const errors = missing('all.held.b', 'all.who.name', 'all.rows.y.name');
    expect(countProgress(whole, answers, { errors })).toEqual({ total: 5, done: 2 });
  });

  it('counts no section that may be left empty, also where something in it is wrong', () => {
    const given = { basics: { has: 'no' }, optional: { remarks: '長い' }, entries: [{ id: 'a' }] };
    expect(progress(given)).toMatchObject({ total: 2, done: 2 });
    const errors = [{ path: 'optional.remarks', code: 'too-long', message: '' }];
    expect(progress(given, errors)).toMatchObject({
      states: ['complete', 'notAsked', 'wrong', 'complete'],
      total: 2,
      done: 2,
    });
  });
});

describe('the rows around a question', () => {
  const shown = new Map([['entries', ['', 'a', 'b']]]);

  it('are named by where they stand on the page, saved or not', () => {
    expect(rowsAround({ form: survey }, shown, 'entries', 'entries.b.name')).toBe('一覧 2件目');
    expect(rowsAround({ form: survey }, shown, 'details', 'details.number')).toBe('');
  });

  it('are not the entry that the page is of', () => {
    expect(rowsAround({ form: survey }, shown, 'entries.b', 'entries.b.name')).toBe('');
  });
});

describe('the question that an error names', () => {
  const two = { a: '甲', b: '乙' };
  const asked = form(
    'tables',
    1,
    { title: '', units: 'municipality', help: '' },
    {
      all: section('区分', {
        held: countsTable('数', two, { c: '丙', d: '丁' }, '人').numbered('問3'),
        rows: list('一覧', 3, { name: text('名称', 20).numbered('問4の1') }),
        who: group('担当', { name: text('氏名', 20).numbered('問5の1') }).numbered('問5'),
      }),
    },
  );
  const named = (path: string, message: string): string => withQuestionLabel({ form: asked }, path, message);

  it('is of a cell its table and row too, since many cells are called alike', () => {
    expect(named('all.held.b.d', '数ではありません。')).toBe('問3　数：乙：丁：数ではありません。');
    expect(named('all.held.b.d', '「問3　数：乙：丁」が未回答です。')).toBe('「問3　数：乙：丁」が未回答です。');
    expect(named('all.held.b.d', '「丁」が未回答です。')).toBe('問3：「丁」が未回答です。');
  });

  it('is itself elsewhere, unless the message says it', () => {
    expect(named('all.held', '合いません。')).toBe('問3　数：合いません。');
    expect(named('all.held', '「問3　数」が未回答です。')).toBe('「問3　数」が未回答です。');
    expect(named('all.who.name', '「問5の1　氏名」が未回答です。')).toBe('「問5の1　氏名」が未回答です。');
    expect(named('all.rows.x.name', '長すぎます。')).toBe('問4の1　名称：長すぎます。');
  });

  it('is said once in the summary, also of a cell', () => {
    const summed = (path: string, message: string): string =>
      withPlaceLabel({ form: asked }, {}, { path, code: 'required', message });
    const cell = '「問3　数：乙：丁」が未回答です。';
    expect(summed('all.held.b.d', cell)).toBe(cell);
    expect(summed('all.who.name', '「問5の1　氏名」が未回答です。')).toBe(
      '区分 問5　担当 問5の1　氏名：「問5の1　氏名」が未回答です。',
    );
  });
});
