import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnJson } from '../../../../functions/export/files/return-json.ts';
import { returnTables } from '../../../../functions/export/files/return-tables.ts';
import { readImport } from '../../../../functions/domain/import-tables.ts';
import type { ImportedTable, ImportError } from '../../../../functions/domain/import-tables.ts';
import { tableOf, withDescendants } from '../../../../functions/domain/tables.ts';
import { unitsByCode } from '../../../../schemas/directory.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import type { Form } from '../../../../schemas/form.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { directory, everyQuestion, round } from '../../../support/every-question.ts';
import { exportFiles } from '../../../support/export-files.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { saitama } from '../../support/real-forms.ts';
import { fixture } from '../../schemas/forms/returns.ts';

const formats = { returns: [returnTables, returnJson], documents: [] };

/** The files that an export writes of these answers. */
async function filesOf(form: Form, from: Directory, answers: readonly Answers[]): Promise<Map<string, string>> {
  const { texts } = await exportFiles(
    { round, directory: from },
    [{ form, returns: answers.map((each) => ({ answers: each, state: 'accepted' })) }],
    formats,
  );
  return new Map(
    [...texts]
      .filter(([path]) => path.startsWith('internal/'))
      .map(([path, text]) => [path.slice('internal/'.length), text]),
  );
}

function read(form: Form, from: Directory, texts: ReadonlyMap<string, string>) {
  const table = tableOf(form, from, 'internal');
  const files = new Map<string, ImportedTable>();
  for (const { id } of withDescendants(table)) {
    const file = id === '' ? `${form.id}.csv` : `${form.id}.${id}.csv`;
    const text = texts.get(file);
    if (text === undefined) continue;
    const [header = [], ...rows]: string[][] = parse(text, { relax_column_count: true });
    files.set(id, { file, header, rows: rows.map((cells, index) => ({ number: index + 2, cells })) });
  }
  const municipalities = new Set(from.municipalities.map(({ code }) => code));
  return readImport({ form, round, table, units: unitsByCode(from, form.units), municipalities }, files);
}

describe('files of an export', () => {
  it.each([
    [municipalSurvey2024, 'saitama-r6/municipal-survey.json'],
    [councilReport2024, 'saitama-r6/council-report.json'],
  ] as const)('come in as the answers they were: $id', async (form, file) => {
    const given = new Map(Object.entries(fixture<Record<string, Answers>>(file)));
    const units = [...unitsByCode(saitama, form.units).keys()];
    const answers = units.flatMap((unit) => {
      const each = given.get(unit);
      return each === undefined ? [] : [each];
    });
    const texts = await filesOf(form, saitama, answers);
    const { returns, errors } = read(form, saitama, texts);
    expect(errors).toEqual([]);
    expect(returns).toHaveLength(answers.length);
    // Out again, they are the same files.
    const again = await filesOf(
      form,
      saitama,
      returns.map((each) => each.answers),
    );
    expect([...again].filter(([path]) => path.endsWith('.csv'))).toEqual(
      [...texts].filter(([path]) => path.endsWith('.csv')),
    );
  });

  it('come in whatever was typed', async () => {
    const codes = directory.municipalities.map(({ code }) => code);
    await fc.assert(
      fc.asyncProperty(
        fc.array(answersOf(everyQuestion, { municipalities: codes, hostile: true }), { minLength: 1, maxLength: 2 }),
        async (given) => {
          const { returns, errors } = read(everyQuestion, directory, await filesOf(everyQuestion, directory, given));
          expect(errors).toEqual([]);
          expect(returns.map(({ answers }) => answers)).toEqual(given);
        },
      ),
      { numRuns: 10 },
    );
  }, 20_000);
});

const good: Answers = {
  plain: { status: 'established', topics: ['work'], meetings: 3, since: '2024-04', goals: ['a', 'b'] },
  bodies: [{ id: 'b1', name: '全体会', sessions: [{ id: 's1', heldOn: '2024-04' }] }],
};

/** The files of two good returns, one cell of one replaced. */
async function spoilt(file: string, column: string, value: string, row = 2): Promise<readonly ImportError[]> {
  const texts = await filesOf(everyQuestion, directory, [good, good]);
  const cells: string[][] = parse(texts.get(file) ?? '');
  const at = cells[0]?.indexOf(column) ?? -1;
  const changed = cells.map((line, index) => (index === row - 1 ? line.with(at, value) : line));
  return read(everyQuestion, directory, new Map([...texts, [file, changed.map((line) => line.join(',')).join('\r\n')]]))
    .errors;
}

describe('a mistake is told by file, row and column', () => {
  const returns = 'every-question.csv';
  const bodies = 'every-question.bodies.csv';

  it.each([
    ['a word for a number', returns, 'plain.meetings', '三回', '整数'],
    ['a negative number', returns, 'plain.meetings', '-3', '整数'],
    ['an unknown option', returns, 'plain.status', 'perhaps', '選択肢'],
    ['neither 0 nor 1', returns, 'plain.topics.work', '○', '0か1'],
    ['one option without the others', returns, 'plain.topics.housing', '', '空欄'],
    ['a date that is none', returns, 'plain.since', '令和6年4月', '日付'],
    ['another round', returns, 'round', 'R5', 'R6'],
    ['a text with a control character', bodies, 'bodies.name', '全体\u0008会', '制御文字'],
    [
      'a text in a list with a control character',
      'every-question.plain.goals.csv',
      'plain.goals',
      '目\u001B標',
      '制御文字',
    ],
    ['an unknown unit', returns, 'unit', '999999', '名簿'],
    ['another number of entries', returns, 'plain.goals', '3', '件数'],
    ['該当なし in one cell of several', returns, 'plain.topics.work', '-', '0か1'],
    ['an entry without an id', bodies, 'id', '', '識別子'],
    ['an order with a gap', bodies, 'order', '2', '連番'],
    ['an entry of nobody', bodies, 'unit', '113018x', '親'],
  ])('%s', async (_, file, column, value, message) => {
    const errors = await spoilt(file, column, value);
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ file, row: 2, column, message: expect.stringContaining(message) }),
      ]),
    );
  });

  it('a text that is too long, at the row and column of its answer', async () => {
    expect(await spoilt(bodies, 'bodies.name', 'あ'.repeat(101))).toEqual([
      expect.objectContaining({
        file: bodies,
        row: 2,
        column: 'bodies.name',
        message: expect.stringContaining('100文字'),
      }),
    ]);
  });

  it('an answer to a question that was not asked', async () => {
    expect(await spoilt(returns, 'assessment.follows', 'yes')).toEqual([
      expect.objectContaining({ row: 2, column: 'assessment.follows' }),
    ]);
  });

  it('the same unit twice', async () => {
    const [first] = directory.municipalities;
    expect(await spoilt(returns, 'unit', first?.code ?? '', 3)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ row: 3, column: 'unit', message: expect.stringContaining('2行目') }),
      ]),
    );
  });

  it('all of them in one pass', async () => {
    const texts = await filesOf(everyQuestion, directory, [good, good]);
    const text = (texts.get(returns) ?? '').replaceAll('established', 'perhaps').replaceAll('2024-04', 'x');
    expect(read(everyQuestion, directory, new Map([...texts, [returns, text]])).errors).toHaveLength(4);
  });
});

describe('columns', () => {
  it('that older files do not have yet, such as the lateness, need not be there', async () => {
    const texts = await filesOf(everyQuestion, directory, [good]);
    const cells: string[][] = parse(texts.get('every-question.csv') ?? '');
    const at = cells[0]?.indexOf('late') ?? -1;
    expect(at).toBeGreaterThan(0);
    const older = cells.map((line) => line.toSpliced(at, 1).join(',')).join('\r\n');
    const { returns, errors } = read(everyQuestion, directory, new Map([...texts, ['every-question.csv', older]]));
    expect(errors).toEqual([]);
    expect(returns.map(({ answers }) => answers)).toEqual([good]);
  });

  it('that the form does not know are an error', async () => {
    const texts = await filesOf(everyQuestion, directory, [good]);
    const text = (texts.get('every-question.csv') ?? '').replace('plain.meetings', 'plain.meeting');
    expect(read(everyQuestion, directory, new Map([...texts, ['every-question.csv', text]])).errors).toContainEqual({
      file: 'every-question.csv',
      row: 1,
      column: 'plain.meeting',
      message: 'この調査票にない列です。',
    });
  });

  it.each([
    ['every-question.csv', 'round'],
    ['every-question.csv', 'unit'],
    ['every-question.csv', 'plain.meetings'],
    ['every-question.csv', 'plain.topics.housing'],
    ['every-question.csv', 'bodies'],
    ['every-question.bodies.csv', 'bodies.name'],
    ['every-question.bodies.csv', 'order'],
    ['every-question.bodies.csv', 'id'],
  ])('that are missing are named, and nothing comes in: %s %s', async (file, column) => {
    const texts = await filesOf(everyQuestion, directory, [good, good]);
    const cells: string[][] = parse(texts.get(file) ?? '');
    const at = cells[0]?.indexOf(column) ?? -1;
    expect(at).toBeGreaterThanOrEqual(0);
    const without = cells.map((line) => line.toSpliced(at, 1).join(',')).join('\r\n');
    expect(read(everyQuestion, directory, new Map([...texts, [file, without]]))).toEqual({
      returns: [],
      errors: [{ file, row: 1, column, message: 'この列がありません。' }],
    });
  });

  it('are all named at once, in every file, before any row is judged', () => {
    const few = new Map([
      ['every-question.csv', 'round,unit,plain.meetings\r\nR6,112011,四\r\n'],
      ['every-question.bodies.csv', 'round,unit,id\r\nR6,112011,b1\r\n'],
    ]);
    const { returns, errors } = read(everyQuestion, directory, few);
    expect(returns).toEqual([]);
    expect(errors.every(({ row, message }) => row === 1 && message === 'この列がありません。')).toBe(true);
    const named = errors.map(({ file, column }) => `${file} ${column ?? ''}`);
    expect(named).toContain('every-question.csv plain.status');
    expect(named).toContain('every-question.bodies.csv bodies.name');
  });

  it('of questions that an earlier year did not ask are there, with empty cells', async () => {
    const given = { plain: { meetings: 4 } };
    const { returns, errors } = read(everyQuestion, directory, await filesOf(everyQuestion, directory, [given]));
    expect(errors).toEqual([]);
    expect(returns.map(({ answers }) => answers)).toEqual([given]);
  });
});
