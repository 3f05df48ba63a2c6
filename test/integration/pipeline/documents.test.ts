/** The main job on the source documents: real reports go in through the API and come out as they went in. */

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableOf } from '../../../functions/domain/tables.ts';
import { readAnswers } from '../../support/read-answers.ts';
import type { AnswerTable } from '../../../functions/domain/tables.ts';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import type { Directory } from '../../../schemas/directory.ts';
import { forms } from '../../../schemas/forms/catalogue.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import {
  answer,
  answersFixture,
  directoryFixture,
  exportedFile,
  exportRound,
  openRound,
  openSystem,
  returnsFixture,
} from '../support/fixtures.ts';
import type { AskedReason } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

interface Given {
  readonly form: 'council-report' | 'coordination-meeting';
  readonly unit: string;
  /** The municipality that answers. */
  readonly editor: string;
  readonly answers: Answers;
}

interface Document {
  readonly directory: Directory;
  readonly round: string;
  readonly definition: Record<string, unknown>;
  readonly returns: readonly Given[];
}

const heisei30 = {
  name: '平成30年度調査',
  fiscalYear: 2018,
  compareYear: 2016,
  referenceDate: '2019-03-31',
  asOf: {},
  period: { from: '2018-04', to: '2019-03' },
};

/** No section of these forms has an as-of date of its own. */
const reiwa6 = { asOf: {} };

async function gunma(): Promise<Document> {
  const directory = await directoryFixture('gunma-h30');
  const reports = await returnsFixture('gunma-h30/council-report.json');
  const returns = directory.councils.flatMap(({ id, lead }): Given[] => {
    const answers = reports[id];
    return answers === undefined ? [] : [{ form: 'council-report', unit: id, editor: lead, answers }];
  });
  return { directory, round: 'H30', definition: openRound({ 'council-report': 2024 }, heisei30), returns };
}

async function kisarazu(): Promise<Document> {
  const code = '122068';
  const directory = directorySchema.parse({
    prefecture: { code: '120006', name: '千葉県' },
    municipalities: [{ code, name: '木更津市', kind: 'city' }],
    councils: [{ id: 'kisarazu', name: '木更津市地域自立支援協議会', members: [code], lead: code }],
  });
  const answers = await answersFixture('councils/kisarazu.json');
  return {
    directory,
    round: 'R6',
    definition: openRound({ 'council-report': 2024 }, reiwa6),
    returns: [{ form: 'council-report', unit: 'kisarazu', editor: code, answers }],
  };
}

async function yokohama(): Promise<Document> {
  const code = '141003';
  const directory = directorySchema.parse({
    prefecture: { code: '140007', name: '神奈川県' },
    municipalities: [{ code, name: '横浜市', kind: 'city' }],
    councils: [{ id: 'yokohama-naka', name: '横浜市中区自立支援協議会', members: [code], lead: code, ward: '中区' }],
  });
  const { [code]: meeting = {} } = await returnsFixture('coordination-meeting.json');
  return {
    directory,
    round: 'R6',
    definition: openRound({ 'council-report': 2024, 'coordination-meeting': 2024 }, reiwa6),
    returns: [
      {
        form: 'council-report',
        unit: 'yokohama-naka',
        editor: code,
        answers: await answersFixture('councils/yokohama-ward.json'),
      },
      { form: 'coordination-meeting', unit: code, editor: code, answers: meeting },
    ],
  };
}

async function iwamizawa(): Promise<Document> {
  const code = '012106';
  const directory = directorySchema.parse({
    prefecture: { code: '010006', name: '北海道' },
    municipalities: [{ code, name: '岩見沢市', kind: 'city' }],
    councils: [],
  });
  const { [code]: answers = {} } = await returnsFixture('coordination-meeting.json');
  return {
    directory,
    round: 'R6',
    definition: openRound({ 'coordination-meeting': 2024 }, reiwa6),
    returns: [{ form: 'coordination-meeting', unit: code, editor: code, answers }],
  };
}

type Row = ReadonlyMap<string, string>;

/** Every table of a form, as rows by header, from the CSV files alone. */
async function readTables(
  file: (path: string) => Promise<string>,
  form: string,
  table: AnswerTable,
): Promise<Map<string, Row[]>> {
  const rows = new Map<string, Row[]>();
  const ids = (of: AnswerTable): string[] => [
    of.id,
    ...of.fields.flatMap(({ table: child }) => (child === undefined ? [] : ids(child))),
  ];
  for (const id of ids(table)) {
    const text = await file(`internal/${id === '' ? form : `${form}.${id}`}.csv`);
    const [header = [], ...records]: string[][] = parse(text, { record_delimiter: '\r\n' });
    rows.set(
      id,
      records.map((cells) => new Map(header.map((name, index) => [name, cells[index] ?? '']))),
    );
  }
  return rows;
}

const documents: readonly (readonly [string, () => Promise<Document>, readonly string[]])[] = [
  ['伊勢崎市 and 玉村町, 平成30年度', gunma, ['isesaki', 'tamamura']],
  ['the council of 木更津市', kisarazu, ['kisarazu']],
  ['a ward of 横浜市 and its coordination meetings', yokohama, ['yokohama-naka', '141003']],
  ['the coordination meetings of 岩見沢市', iwamizawa, ['012106']],
];

describe.each(documents)('the documents of %s', (_name, read, units) => {
  let system: TestSystem;
  let given: Document;
  let exportId: string;
  const asked = new Map<string, readonly AskedReason[]>();

  const file = (path: string): Promise<string> => exportedFile(system, given.round, exportId, path);

  beforeAll(async () => {
    system = await startTestSystem();
    given = await read();
    const { directory, round, definition, returns } = given;
    await openSystem(system, directory, round, definition);
    for (const { form, unit, editor, answers } of returns) {
      const submitted = await answer(
        system.municipality(editor),
        `/api/rounds/${round}/returns/${form}/${unit}`,
        answers,
      );
      asked.set(unit, submitted.asked);
    }
    const { exportId: id, record } = await exportRound(system, round);
    expect(record).toMatchObject({ status: 'done', done: returns.length, total: returns.length });
    exportId = id;
  });

  afterAll(() => system.stop());

  it('are submitted without being asked for a reason', () => {
    expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(units.map((unit) => [unit, []])));
  });

  it('come out of the version that was made exactly as they went in', async () => {
    for (const { form, unit, editor, answers } of given.returns) {
      const path = `/api/rounds/${given.round}/returns/${form}/${unit}/versions/1`;
      expect((await system.municipality(editor).get(path)).json()).toMatchObject({ answers, reasons: {} });
    }
  });

  it('come out of the internal JSON exactly as they went in', async () => {
    for (const { form, unit, answers } of given.returns) {
      const exported: { unit: string }[] = JSON.parse(await file(`internal/${form}.json`));
      expect(exported.find((each) => each.unit === unit)).toMatchObject({ unit, version: 1, reasons: {} });
      expect(exported.find((each) => each.unit === unit)).toHaveProperty('answers', answers);
    }
  });

  it('come out of the CSV tables and their child tables exactly as they went in', async () => {
    for (const { form, unit, answers } of given.returns) {
      const definition = forms.get(form)?.get(2024);
      if (definition === undefined) throw new Error(`no form ${form}`);
      const table = tableOf(definition, given.directory, 'internal');
      const tables = await readTables(file, form, table);
      const row = tables.get('')?.find((each) => each.get('unit') === unit);
      if (row === undefined) throw new Error(`no row for ${unit}`);
      const source = (id: string, keys: readonly string[]): Row[] =>
        (tables.get(id) ?? []).filter((child) =>
          [...child.values()].slice(0, keys.length).every((key, at) => key === keys[at]),
        );
      expect(readAnswers(table, row, [given.round, unit], source)).toEqual(answers);
    }
  });
});
