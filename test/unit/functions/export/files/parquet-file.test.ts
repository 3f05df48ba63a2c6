/** The tables as Parquet: cell by cell what the CSV beside them says, with types that a query can count with. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { TableSchema } from '../../../../../functions/export/files/table-schema.ts';
import { textField } from '../../../../../functions/export/files/table-schema.ts';
import { parquetColumns, parquetPath } from '../../../../../functions/export/files/parquet-columns.ts';
import { TableFiles } from '../../../../../functions/export/files/table-files.ts';
import { TablesFolder } from '../../../../../functions/export/files/work-folder.ts';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { answersOf } from '../../../support/arbitrary-answers.ts';
import { directory, everyQuestion, round } from '../../../../support/every-question.ts';
import { exportFiles } from '../../../../support/export-files.ts';
import type { Exported } from '../../../../support/export-files.ts';
import { parquetTypes, readParquet } from '../../../../support/read-parquet.ts';
import type { ParquetRow } from '../../../../support/read-parquet.ts';
import { fixture } from '../../../schemas/forms/returns.ts';
import { saitama } from '../../../support/real-forms.ts';

const cells = z.array(z.array(z.string()));

/** What a cell of the CSV is in a row of Parquet, written as the CSV writes it. */
function printed(row: ParquetRow, name: string): string {
  const value = row[name];
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Date) return value.toISOString();
  if (value === null || value === undefined) return String(row['not_applicable']).includes(` ${name} `) ? '-' : '';
  return String(value);
}

async function differences({ files, bytes }: Exported): Promise<string[]> {
  const found: string[] = [];
  for (const { path, schema } of files) {
    if (schema === undefined || !path.endsWith('.csv')) continue;
    const audience = path.slice(0, path.indexOf('/'));
    const partition = { prefecture: partitionCode, round: round.id };
    const parquet = bytes.get(`${audience}/${parquetPath(schema, partition)}`);
    if (parquet === undefined) {
      found.push(`${path}: no Parquet`);
      continue;
    }
    const [, ...records] = cells.parse(parse(bytes.get(path) ?? Buffer.alloc(0)));
    const columns = parquetColumns(schema);
    const rows = await readParquet(parquet);
    const same = rows.map((row) => columns.map(({ name }) => printed(row, name)));
    const expected = records.map((record) => columns.map(({ index }) => record[index] ?? ''));
    if (JSON.stringify(same) !== JSON.stringify(expected)) found.push(path);
  }
  return found;
}

const partitionCode = '110001';

describe('the Parquet of every table', () => {
  it('says what the CSV says, of every kind of question, whatever was typed', async () => {
    const sample = fc.sample(answersOf(everyQuestion, { municipalities: ['112011', '113018'], hostile: true }), {
      seed: 20_261_130,
      numRuns: 12,
    });
    const none: Answers = { plain: { members: null, roles: null, since: '2024-04', remarks: '-' } };
    const returns = [...sample, none, {}].map((answers) => ({ answers, state: 'accepted' as const }));
    expect(await differences(await exportFiles({ round, directory }, [{ form: everyQuestion, returns }]))).toEqual([]);
  });

  it("says what the CSV says, of a prefecture's round", async () => {
    const given = [
      { form: municipalSurvey2024, answers: fixture<Record<string, Answers>>('saitama-r6/municipal-survey.json') },
      { form: councilReport2024, answers: fixture<Record<string, Answers>>('saitama-r6/council-report.json') },
    ].map(({ form, answers }) => ({
      form,
      returns: Object.values(answers).map((each) => ({ answers: each, state: 'accepted' as const })),
    }));
    const exported = await exportFiles({ round, directory: saitama }, given);
    expect(await differences(exported)).toEqual([]);
    const survey = exported.files.find(({ path }) => path.startsWith('public/parquet/municipal_survey/'));
    expect(survey).toMatchObject({
      path: `public/parquet/municipal_survey/prefecture=110001/round=${round.id}/form=municipal-survey/part.parquet`,
      rows: 63,
    });
  });
});

const table: TableSchema = {
  name: 'a-form.some.list',
  title: '表',
  form: 'a-form',
  fields: [
    textField('round', '調査'),
    textField('unitName', '名称'),
    { ...textField('form', '様式'), missingValues: ['', '-'] },
    { name: 'a.b', title: '数', type: 'integer', missingValues: ['', '-'] },
    { name: 'a_b', title: '割合', type: 'number', missingValues: [''] },
    { name: 'A.B', title: '有無', type: 'boolean', trueValues: ['1'], falseValues: ['0'], missingValues: ['', '-'] },
    { name: 'at', title: '日時', type: 'datetime', missingValues: [''] },
  ],
};

describe('a table as Parquet', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'yoriai-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  const write = async (name: string, rows: readonly (readonly string[])[]): Promise<Buffer> => {
    const folder = new TablesFolder(join(directory, name), { prefecture: '010006', round: 'R6' });
    const files = await TableFiles.create(folder, 'table.csv', table);
    for (const row of rows) {
      files.add(row);
      await files.drain();
    }
    const { parquet } = await files.close();
    expect(parquet).toMatchObject({
      path: 'parquet/a_form_some_list/prefecture=010006/round=R6/form=a-form/part.parquet',
      rows: rows.length,
    });
    const bytes = await readFile(join(folder.path, parquet?.path ?? ''));
    expect(parquet?.bytes).toBe(bytes.length);
    return bytes;
  };

  it('has a type for each column, and small names of which none is another or that of a folder', async () => {
    expect(parquetTypes(await write('types', []))).toEqual({
      unitname: 'UTF8',
      form_2: 'UTF8',
      a_b: 'INT64',
      a_b_2: 'DOUBLE',
      a_b_3: 'BOOLEAN',
      at: 'TIMESTAMP_MILLIS',
      not_applicable: 'UTF8',
    });
  });

  it('keeps apart what is not answered, what does not apply, zero, and a text that is only a dash', async () => {
    const bytes = await write('nothing', [
      ['R6', '-', '', '', '', '', ''],
      ['R6', '', '-', '-', '', '-', ''],
      ['R6', 'あ', 'い', '0', '0', '0', '2024-11-20T03:00:00.000Z'],
    ]);
    const empty = { unitname: null, form_2: null, a_b: null, a_b_2: null, a_b_3: null, at: null, not_applicable: null };
    expect(await readParquet(bytes)).toEqual([
      { ...empty, unitname: '-' },
      { ...empty, not_applicable: ' form_2 a_b a_b_3 ' },
      { ...empty, unitname: 'あ', form_2: 'い', a_b: 0n, a_b_2: 0, a_b_3: false, at: new Date('2024-11-20T03:00:00Z') },
    ]);
  });

  it('is written in groups of rows, so that a large one is not in memory', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => ['R6', `町${index}`, '', String(index), '', '', '']);
    const read = await readParquet(await write('groups', rows));
    expect(read.map((row) => [row['unitname'], row['a_b']])).toEqual(
      rows.map(([, name, , count = '']) => [name, BigInt(count)]),
    );
  });
});
