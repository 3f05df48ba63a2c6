/** The five questions of `queries.ja.md`, asked of real exports in DuckDB, give the figures of their summaries. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { directoryMembers, directoryUnits } from '../../../../functions/export/files/directory-files.ts';
import type { Formats } from '../../../../functions/export/files/formats.ts';
import { returnTables } from '../../../../functions/export/files/return-tables.ts';
import { summaryCsv, summaryJson } from '../../../../functions/export/files/summary-files.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { summary as summarySchema } from '../../../../schemas/export.ts';
import type { Summary, SummaryRow } from '../../../../schemas/export.ts';
import type { Form } from '../../../../schemas/form.ts';
import { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { exportFiles } from '../../../support/export-files.ts';
import { fixture, round } from '../../schemas/forms/returns.ts';
import { saitama } from '../../support/real-forms.ts';

type Returns = Readonly<Record<string, Answers>>;
const row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
type Row = z.infer<typeof row>;

const formats: Formats = {
  returns: [returnTables],
  directory: [directoryUnits, directoryMembers],
  documents: [summaryJson, summaryCsv],
};

const tables = ['municipal_survey', 'council_report', 'council_report_bodies', 'directory'];
const survey = fixture<Returns>('saitama-r6/municipal-survey.json');
const reports = fixture<Returns>('saitama-r6/council-report.json');

/** The answers of `every` third municipality as another year had them. */
function otherwise(returns: Returns, every: number, answers: (given: Answers) => Answers): Returns {
  return Object.fromEntries(
    Object.entries(returns).map(([unit, given], index) => [unit, index % every === 0 ? answers(given) : given]),
  );
}

const years: Readonly<Record<string, Returns>> = {
  R6: survey,
  R5: otherwise(survey, 3, (given) => ({ ...given, bases: { status: 'considering' } })),
  R4: otherwise(survey, 5, () => ({ establishment: { status: 'notEstablished' }, bases: { status: 'undecided' } })),
};

let folder: string;
let connection: DuckDBConnection;
/** By prefecture and round. */
const summaries = new Map<string, Summary>();

async function exportRound(
  id: string,
  directory: Directory,
  given: readonly { form: Form; returns: Returns }[],
): Promise<void> {
  const { files, bytes, texts } = await exportFiles(
    { round: { ...round, id }, directory },
    given.map(({ form, returns }) => ({
      form,
      returns: (form.units === 'council' ? directory.councils : directory.municipalities).map((unit) => ({
        answers: returns['code' in unit ? unit.code : unit.id] ?? {},
        state: 'accepted',
      })),
    })),
    formats,
  );
  const { code } = directory.prefecture;
  for (const { path } of files.filter((file) => file.path.endsWith('.parquet'))) {
    const target = join(folder, 'exports', id, code, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes.get(path) ?? '');
  }
  summaries.set(`${code} ${id}`, summarySchema.parse(JSON.parse(texts.get('internal/summary.json') ?? '')));
}

let document: string;

/** The first SQL below a heading of the document. */
function sqlBelow(heading: string): string {
  const [, below = ''] = document.split(`\n## ${heading}`);
  return /```sql\n(.*?)```/s.exec(below)?.[1] ?? '';
}

async function ask(question: string): Promise<Row[]> {
  return z.array(row).parse((await connection.runAndReadAll(sqlBelow(question))).getRowObjectsJson());
}

beforeAll(async () => {
  document = await readFile(new URL('../../../../infra/documents/queries.ja.md', import.meta.url), 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  for (const [id, returns] of Object.entries(years))
    await exportRound(id, saitama, [
      { form: municipalSurvey2024, returns },
      { form: councilReport2024, returns: reports },
    ]);
  const gunma = fixture<Directory>('gunma-h30/directory.json');
  await exportRound('H30', gunma, [{ form: councilReport2024, returns: fixture('gunma-h30/council-report.json') }]);
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  const view = sqlBelow('DuckDBで').replace("'exports/", `'${folder}/exports/`);
  for (const table of tables) await connection.run(view.replaceAll('municipal_survey', table));
}, 60_000);
afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true });
});

const ofSaitama = saitama.prefecture.code;

function figure(id: string, wanted: Partial<SummaryRow>, prefecture = ofSaitama): SummaryRow {
  const row = summaries
    .get(`${prefecture} ${id}`)
    ?.rows.find((each) =>
      Object.entries({ option: undefined, ...wanted }).every(
        ([key, is]) => is === Object.entries(each).find(([name]) => name === key)?.[1],
      ),
    );
  if (row === undefined) throw new Error(`no figure ${JSON.stringify(wanted)} of ${id}`);
  return row;
}

it('tells how the councils stood in each of three rounds', async () => {
  const rows = await ask('問1');
  expect(rows.map(({ round }) => round)).toEqual(expect.arrayContaining(['R4', 'R5', 'R6']));
  for (const { round, status, municipalities } of rows)
    expect(Number(municipalities)).toBe(
      figure(String(round), { question: 'establishment.status', option: String(status) }).value,
    );
});

it('tells how many chose an option, of how many that answered', async () => {
  const options = {
    support_system: 'supportSystemIssues',
    workforce: 'workforce',
    social_resources: 'socialResources',
  };
  const rows = await ask('問2');
  expect(rows).toHaveLength(3);
  for (const row of rows)
    for (const [name, option] of Object.entries(options)) {
      const { value, base } = figure(String(row['round']), { question: 'activity.agenda', option });
      expect([Number(row[name]), Number(row['answered'])]).toEqual([value, base]);
    }
});

it('tells sums by a class of the directory, which together are the sum of all', async () => {
  const rows = await ask('問3');
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['city', 'town', 'village']));
  for (const id of Object.keys(years)) {
    const ofRound = rows.filter((row) => row['round'] === id);
    const total = (name: string): number => ofRound.reduce((sum, row) => sum + Number(row[name]), 0);
    const { value, base } = figure(id, { question: 'consultation.specific', measure: 'sum' });
    expect([total('offices'), total('answered')]).toEqual([value, base]);
  }
});

it('tells who changed from one round to the next', async () => {
  const statusOf = (id: string): Map<string, string> =>
    new Map(
      ['established', 'considering', 'undecided'].flatMap((option) =>
        (figure(id, { question: 'bases.status', option }).units ?? []).map((unit): [string, string] => [unit, option]),
      ),
    );
  const moved = (before: string, now: string): string[] => {
    const then = statusOf(before);
    return [...statusOf(now)].flatMap(([unit, status]) =>
      then.get(unit) === status ? [] : [`${now} ${unit} ${then.get(unit)} ${status}`],
    );
  };
  const expected = [...moved('R4', 'R5'), ...moved('R5', 'R6')];
  expect(expected.length).toBeGreaterThan(20);
  const rows = await ask('問4');
  const found = rows.map((row) => `${row['round']} ${row['unit']} ${row['before_status']} ${row['now_status']}`);
  expect(found.toSorted()).toEqual(expected.toSorted());
});

it('tells the same figures of two prefectures side by side, their codes as they are', async () => {
  const rows = await ask('問5');
  expect(rows.map(({ prefecture, round }) => `${prefecture} ${round}`)).toEqual([
    '100005 H30',
    '110001 R4',
    '110001 R5',
    '110001 R6',
  ]);
  for (const { prefecture, round, councils, plenary_meetings, subcommittees } of rows) {
    const of = (question: string): number | null =>
      figure(String(round), { question, form: 'council-report' }, String(prefecture)).value;
    expect([Number(councils), Number(plenary_meetings), Number(subcommittees)]).toEqual([
      of('councils'),
      of('plenaryMeetings'),
      of('subcommittees'),
    ]);
  }
});
