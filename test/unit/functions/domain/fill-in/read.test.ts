/** What a workbook that was filled in says, over what is stored: only what people changed is read. */

import { describe, expect, it } from 'vitest';
import { readFillIn } from '../../../../../functions/domain/fill-in/read.ts';
import type { FillIn } from '../../../../../functions/domain/fill-in/writing.ts';
import type { GivenCell, GivenSheet } from '../../../../../functions/domain/given-sheet.ts';
import { form } from '../../../../../schemas/form.ts';
import { count, list, section, text } from '../../../../../schemas/kinds/question.ts';
import type { Answers, Json } from '../../../../../schemas/values/json.ts';
import type { Reasons } from '../../../../../schemas/return.ts';
import { cellInTable, cellNamed, fillInOf, givenOf, withCells } from '../../../support/fill-in.ts';
import { scratchForm } from '../../../support/scratch-form.ts';

type Change = string | Omit<GivenCell, 'column'>;

/** The workbook of these answers, with cells typed over. */
function filled(answers: Answers, changes: (fillIn: FillIn) => Readonly<Record<string, Change>>): GivenSheet[] {
  const fillIn = fillInOf(scratchForm, answers);
  return withCells(givenOf(fillIn), changes(fillIn));
}

const named =
  (changes: Readonly<Record<string, Change>>) =>
  (fillIn: FillIn): Record<string, Change> =>
    Object.fromEntries(Object.entries(changes).map(([name, text]) => [cellNamed(fillIn, name), text]));

function newIds(): () => string {
  let count = 0;
  return () => `new${(count += 1)}`;
}

/** Reads it over what is stored by then. */
function read(sheets: readonly GivenSheet[], stored: Answers) {
  return readFillIn(fillInOf(scratchForm, stored), sheets, newIds());
}

const main = {
  id: 'a',
  name: '本部',
  kind: 'open',
  size: 3,
  steps: [{ id: 's', title: '準備', times: 1 }],
} satisfies Json;
const branch = { id: 'b', name: '支部', parent: 'a' } satisfies Json;
const entries = { units: [main, branch] } satisfies Answers;

describe('what is typed', () => {
  it('is read as the pages read it', () => {
    const sheets = filled(
      {},
      named({
        'first.status': 'あり',
        'first.more': '１，２３４件',
        'first.since': '令和６年４月',
        'first.planned': '年2回＋随時',
        'first.note': '𠮷野家の髙﨑\n=1+1',
        'first.visitors': '該当なし',
        'first.partners': '川越市、熊谷市',
        'first.functions.x': '○',
        'first.functions.z': '〇',
        'first.goals.1': '一',
        'first.goals.2': '二',
      }),
    );
    const { answers, errors } = read(sheets, {});
    expect(errors).toEqual([]);
    expect(answers).toEqual({
      first: {
        status: 'yes',
        more: 1234,
        functions: ['x', 'z'],
        partners: ['112011', '112020'],
        visitors: null,
        note: '𠮷野家の髙﨑\n=1+1',
        goals: ['一', '二'],
        since: '2024-04',
        planned: { per: 'year', times: { min: 2, max: 2 }, asNeeded: true },
      },
    });
  });

  it('tells absent, none, not applicable and zero from one another', () => {
    const sheets = filled(
      { first: { goals: ['一'] } },
      named({
        'first.functions._none': '○',
        'first.partners': '該当するものはない',
        'first.goals.1': '',
        'first.goals._none': '○',
        'first.more': '0',
        'units._none': '○',
      }),
    );
    const { answers, errors } = read(sheets, { first: { goals: ['一'] } });
    expect(errors).toEqual([]);
    expect(answers).toEqual({ first: { functions: [], partners: [], goals: [], more: 0 }, units: [] });
  });

  it('takes a date of Excel where a date is asked, says so, and nowhere else', () => {
    const date = { text: '2024-04', fault: 'date' } as const;
    const { answers, errors, notices } = read(filled({}, named({ 'first.since': date, 'first.more': date })), {});
    expect(answers).toEqual({ first: { since: '2024-04' } });
    expect(errors.map(({ path, code }) => [path, code])).toEqual([['first.more', 'date-cell']]);
    expect(notices).toMatchObject([{ path: 'first.since', code: 'excel-date' }]);
    expect(notices[0]?.message).toContain('令和6年4月');
  });

  it('is reported by cell, everything at once, with the code of its reading', () => {
    const sheets = filled(
      {},
      named({
        'first.status': 'たぶん',
        'first.more': '三つくらい',
        'first.functions.x': '×',
        'first.partners': '川越市、となり町',
        'first.goals.1': '一',
        'first.goals._none': '○',
        'first.cases': { text: '12', fault: 'formula' },
        'first.term': { text: '', fault: 'error' },
        'first.visitors': { text: '5', fault: 'merged' },
      }),
    );
    const { errors } = read(sheets, {});
    expect(Object.fromEntries(errors.map(({ path, code }) => [path, code]))).toEqual({
      'first.status': 'unknown-option',
      'first.more': 'not-a-number',
      'first.functions': 'unknown-mark',
      'first.partners': 'unknown-municipality',
      'first.goals': 'both-and-none',
      'first.cases': 'formula-cell',
      'first.term': 'error-cell',
      'first.visitors': 'merged-cell',
    });
    const at = (path: string): string | undefined => errors.find((each) => each.path === path)?.cell;
    expect(at('first.status')).toBe(cellNamed(fillInOf(scratchForm), 'first.status'));
    expect(at('first.functions')).toBe(cellNamed(fillInOf(scratchForm), 'first.functions.x'));
    expect(errors.find(({ path }) => path === 'first.partners')?.message).toContain('となり町');
  });
});

describe('a question that may be left blank', () => {
  const visits = form(
    'visits',
    2024,
    { title: '訪問', units: 'municipality', help: '' },
    {
      q: section('回数', { held: count('訪問回数', '回').reasonIfBlank() }),
      sites: list('会場', 9, { name: text('名称', 100), seats: count('席数', '席').reasonIfBlank() }).reasonIfBlank(),
    },
  );
  const readOver = (changes: Record<string, string>, answers: Answers, reasons: Reasons) => {
    const fillIn = { ...fillInOf(visits, answers), reasons };
    const at = Object.entries(changes).map(([name, text]): [string, string] => [cellNamed(fillIn, name), text]);
    return readFillIn(fillIn, withCells(givenOf(fillIn), Object.fromEntries(at)), newIds());
  };

  it('has a cell for the reason, which goes when it is answered', () => {
    const blank = readOver({ 'q.held._blank': '集計していないため' }, {}, {});
    expect([...blank.reasons]).toEqual([['q.held.blank', '集計していないため']]);
    expect([...readOver({}, {}, { 'q.held.blank': '不明' }).reasons]).toEqual([]);
    const answered = readOver({ 'q.held': '3', 'q.held._blank': '' }, {}, { 'q.held.blank': '不明' });
    expect(answered.answers).toEqual({ q: { held: 3 } });
    expect([...answered.reasons]).toEqual([['q.held.blank', undefined]]);
    expect(readOver({ 'q.held': '3' }, {}, { 'q.held.blank': '不明' }).errors).toMatchObject([
      { path: 'q.held', code: 'both-and-blank' },
    ]);
  });

  it('says 不明 in the cell of the answer as well', () => {
    const blank = readOver({ 'q.held': '不明' }, {}, {});
    expect([blank.errors, [...blank.reasons]]).toEqual([[], [['q.held.blank', '不明']]]);
    const why = readOver({ 'q.held': ' 不明', 'q.held._blank': '集計していないため' }, {}, {});
    expect([...why.reasons]).toEqual([['q.held.blank', '集計していないため']]);
  });

  it('has one on the sheet of a list, and in its rows', () => {
    const blank = readOver({ 'sites._blank': '把握していないため' }, {}, {});
    expect([blank.errors, [...blank.reasons]]).toEqual([[], [['sites.blank', '把握していないため']]]);
    const sites = [{ id: 'a', name: '本館' }];
    const fillIn = { ...fillInOf(visits, { sites }), reasons: { 'sites.blank': '古い理由' } };
    const sheets = withCells(givenOf(fillIn), { [cellInTable(fillIn, '会場', 'sites.seats', 1)]: '不明' });
    const read = readFillIn(fillIn, sheets, newIds());
    expect([read.errors, read.answers, [...read.reasons]]).toEqual([[], { sites }, [['sites.a.seats.blank', '不明']]]);
  });
});

describe('what is not changed', () => {
  const before = { first: { status: 'yes', more: 3, goals: ['一'] } } satisfies Answers;
  const later = { first: { status: 'no', more: 5, goals: ['二'], email: 'a@b.cd' } } satisfies Answers;

  it('leaves what others have saved since', () => {
    const { answers, replaced } = read(filled(before, named({ 'first.visitors': '7' })), later);
    expect(answers).toEqual({ first: { ...later.first, visitors: 7 } });
    expect(replaced).toEqual([]);
  });

  it('is told apart from what is typed over what others have saved since', () => {
    const { answers, replaced } = read(filled(before, named({ 'first.more': '4', 'first.goals.2': '三' })), later);
    expect(answers).toMatchObject({ first: { status: 'no', more: 4, goals: ['一', '三'] } });
    expect(replaced.map(({ path, code }) => [path, code])).toEqual([
      ['first.more', 'changed-since'],
      ['first.goals', 'changed-since'],
    ]);
  });
});

describe('what is emptied', () => {
  it('is taken away, and only where something stood', () => {
    const stored = { first: { status: 'yes', more: 3, functions: ['x'], visitors: null } } satisfies Answers;
    const sheets = filled(stored, named({ 'first.more': '', 'first.functions.x': '', 'first.visitors': '' }));
    expect(read(sheets, { first: { ...stored.first, note: '後から' } }).answers).toEqual({
      first: { status: 'yes', note: '後から' },
    });
  });

  it('as a whole row is the entry, unless something of it stands elsewhere', () => {
    const emptyRow = (fillIn: FillIn, row: number): Record<string, string> =>
      Object.fromEntries(
        ['units.name', 'units.parent', 'units.kind', 'units.size'].map((column) => [
          cellInTable(fillIn, '単位', column, row),
          '',
        ]),
      );
    const second = read(
      filled(entries, (fillIn) => emptyRow(fillIn, 2)),
      entries,
    );
    expect(second.errors).toEqual([]);
    expect(second.answers).toEqual({ units: [main] });
    const first = read(
      filled(entries, (fillIn) => emptyRow(fillIn, 1)),
      entries,
    );
    expect(first.answers['units']).toMatchObject([{ id: 'a', steps: [{ id: 's' }] }, { id: 'b' }]);
    expect(first.notices.map(({ code }) => code)).toEqual(['entry-kept']);
    const both = read(
      filled(entries, (fillIn) => ({
        ...emptyRow(fillIn, 1),
        ...emptyRow(fillIn, 2),
        [cellInTable(fillIn, '単位・段階', 'yoriai:parent', 1)]: '',
        [cellInTable(fillIn, '単位・段階', 'units.steps.title', 1)]: '',
        [cellInTable(fillIn, '単位・段階', 'units.steps.times', 1)]: '',
      })),
      entries,
    );
    expect(both.errors).toEqual([]);
    expect(both.answers).toEqual({});
  });
});

describe('the rows of lists', () => {
  it('that were free are new entries, and may name each other by number or title', () => {
    const sheets = filled(entries, (fillIn) => ({
      [cellInTable(fillIn, '単位', 'units.name', 3)]: '分室',
      [cellInTable(fillIn, '単位', 'units.parent', 3)]: '２',
      [cellInTable(fillIn, '単位', 'units.parent', 1)]: '分室',
      [cellInTable(fillIn, '単位・段階', 'units.steps.title', 2)]: '開始',
      [cellInTable(fillIn, '単位・段階', 'yoriai:parent', 2)]: '3',
      [cellInTable(fillIn, '単位・段階', 'units.steps.title', 3)]: '終了',
      [cellInTable(fillIn, '単位・段階', 'yoriai:parent', 3)]: '1 本部',
    }));
    const { answers, errors } = read(sheets, entries);
    expect(errors).toEqual([]);
    expect(answers).toEqual({
      units: [
        {
          ...main,
          parent: 'free1',
          steps: [
            { id: 's', title: '準備', times: 1 },
            { id: 'free3', title: '終了' },
          ],
        },
        branch,
        { id: 'free1', name: '分室', parent: 'b', steps: [{ id: 'free2', title: '開始' }] },
      ],
    });
  });

  it('add nothing twice when a file is sent twice', () => {
    const sheets = filled(entries, (fillIn) => ({
      [cellInTable(fillIn, '単位', 'units.name', 3)]: '分室',
      [cellInTable(fillIn, '単位・段階', 'units.steps.title', 2)]: '開始',
      [cellInTable(fillIn, '単位・段階', 'yoriai:parent', 2)]: '3',
    }));
    const first = read(sheets, entries);
    const second = read(sheets, first.answers);
    expect(first.answers['units']).toHaveLength(3);
    expect(second.errors).toEqual([]);
    expect(second.answers).toEqual(first.answers);
    expect(second.replaced).toEqual([]);
  });

  it('are refused where they belong nowhere, to another entry, twice, or to one that is gone', () => {
    const codesOf = (changes: (fillIn: FillIn) => Record<string, string>, stored: Answers = entries): string[] =>
      read(filled(entries, changes), stored).errors.map(({ code, cell }) => `${cell} ${code}`);
    const steps = '単位・段階';
    expect(codesOf((fillIn) => ({ [cellInTable(fillIn, steps, 'units.steps.title', 2)]: '開始' }))).toEqual([
      `${steps}!D9 unknown-parent`,
    ]);
    expect(codesOf((fillIn) => ({ [cellInTable(fillIn, steps, 'yoriai:parent', 1)]: '2' }))).toEqual([
      `${steps}!D8 parent-changed`,
    ]);
    expect(codesOf((fillIn) => ({ [cellInTable(fillIn, '単位', 'yoriai:key', 2)]: 'units.a' }))).toEqual([
      expect.stringMatching(/^単位!.* row-twice$/u),
    ]);
    expect(
      codesOf((fillIn) => ({ [cellInTable(fillIn, '単位', 'units.name', 2)]: '新支部' }), {
        units: [main],
      }),
    ).toEqual([expect.stringMatching(/^単位!.* entry-gone$/u)]);
  });

  it('are not both there and none', () => {
    const sheets = filled(entries, (fillIn) => ({ [cellNamed(fillIn, 'units._none')]: '○' }));
    expect(read(sheets, entries).errors.map(({ path, code }) => [path, code])).toEqual([['units', 'both-and-none']]);
  });
});

describe('a file', () => {
  const fillIn = fillInOf(scratchForm, entries);

  it('may be a single sheet: what is not there stays', () => {
    const alone = givenOf(fillIn).filter(({ name }) => name === '単位・段階');
    const sheets = withCells(alone, {
      [cellInTable(fillIn, '単位・段階', 'units.steps.times', 1)]: '9',
      [cellInTable(fillIn, '単位・段階', 'units.steps.title', 2)]: '開始',
      [cellInTable(fillIn, '単位・段階', 'yoriai:parent', 2)]: '2 支部',
    });
    const stored: Answers = { ...entries, first: { status: 'no' } };
    const { answers, errors } = read(sheets, stored);
    expect(errors).toEqual([]);
    expect(answers).toEqual({
      first: { status: 'no' },
      units: [
        { ...main, steps: [{ id: 's', title: '準備', times: 9 }] },
        { ...branch, steps: [{ id: 'free2', title: '開始' }] },
      ],
    });
  });

  it('may have its columns moved, and columns and sheets added, which are left aside and named', () => {
    const moved = withCells(givenOf(fillIn), { [cellNamed(fillIn, 'first.more')]: '8' }).map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map(({ number, cells }) => ({
        number: number + 1,
        cells: [
          ...cells.map(({ column, ...cell }) => ({ ...cell, column: 60 - column })),
          ...(number === 7 && sheet.name === '第1' ? [{ column: 90, text: 'メモ' }] : []),
        ],
      })),
    }));
    const { answers, errors, notices } = read([...moved, { name: 'メモ', isHidden: false, rows: [] }], entries);
    expect(errors).toEqual([]);
    expect(answers).toEqual({ ...entries, first: { more: 8 } });
    expect(notices.map(({ code, cell }) => [code, cell])).toEqual([
      ['column-left-aside', '第1!CL8'],
      ['sheet-left-aside', 'メモ'],
    ]);
  });

  it.each([
    ['another form', { form: { ...scratchForm, id: 'other' } }, 'other-form'],
    ['another unit', { unit: { code: '112020', name: '熊谷市' } }, 'other-unit'],
    ['another round', { round: { ...fillIn.round, id: 'R5' } }, 'other-round'],
    ['an earlier version', { form: { ...scratchForm, version: 2023 } }, 'other-version'],
  ])('of %s is refused sheet by sheet', (_, other: Partial<FillIn>, code) => {
    const { errors } = read(givenOf({ ...fillIn, ...other }), entries);
    expect(new Set(errors.map((error) => error.code))).toEqual(new Set([code]));
    expect(errors.map(({ cell }) => cell)).toContain('第1!A1');
  });

  it('that is no fill-in workbook is refused, and so are copies of a sheet or of a column', () => {
    const codesOf = (sheets: readonly GivenSheet[]): string[] => read(sheets, entries).errors.map(({ code }) => code);
    expect(
      codesOf([{ name: '名簿', isHidden: false, rows: [{ number: 1, cells: [{ column: 1, text: '市' }] }] }]),
    ).toEqual(['not-fill-in-workbook']);
    const sheets = givenOf(fillIn);
    expect(codesOf([...sheets, ...sheets.filter(({ name }) => name === '第1')])).toEqual(['sheet-twice']);
    expect(codesOf(withCells(sheets, { '第1!F2': 'yoriai:answer' }))).toEqual(['column-twice']);
    expect(codesOf(withCells(sheets, { '第1!E2': '' }))).toEqual(['column-missing']);
    expect(codesOf(withCells(sheets, { '第1!A1': 'yoriai-fill-in {"format":9}' }))).toEqual(['unknown-format']);
  });
});
