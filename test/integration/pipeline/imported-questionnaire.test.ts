/**
 * A questionnaire with every kind of question whose tables are brought into another round: nothing is lost, and what is corrected
 * there stands in the next edition with its corrections. Everything that is saved of it is found right.
 */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFolder } from '../../../functions/export/verify-folder.ts';
import { importRound } from '../../../functions/service/import-round.ts';
import type { ImportResult } from '../../../functions/service/import-round.ts';
import { createImports } from '../../../functions/service/imports.ts';
import { createStore } from '../../../functions/storage/store.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { everyKindAnswers, everyKindSheets } from '../../support/every-kind-questionnaire.ts';
import { questionnaireWorkbook } from '../../support/questionnaire-sheets.ts';
import { samplePdf } from '../../support/sample-files.ts';
import { formOf, sendAs } from '../support/attached-form.ts';
import { answer, directoryFixture, exportRound, ok, openRound } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const form = 'zenshurui';
const units = ['112011', '112020', '112038'] as const;
const [first] = units;

let system: TestSystem;
let folder: string;
/** What each unit has answered, the first with a file. */
const given = new Map<string, Answers>();

beforeAll(async () => {
  system = await startTestSystem();
  folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  const { prefecture } = system;
  ok(await prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  const workbook = await questionnaireWorkbook(everyKindSheets);
  const type = { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
  const { headers } = ok(await prefecture.put(`/api/forms/${form}/2025/workbook`, workbook, type));
  const ifMatch = { 'if-match': headers.get('etag') ?? '' };
  ok(await prefecture.post(`/api/forms/${form}/2025/adoption`, undefined, ifMatch));
  const definition = openRound({ [form]: 2025 }, { asOf: {} });
  ok(await prefecture.put('/api/rounds/A1', definition));
  ok(await prefecture.put('/api/rounds/B1', { ...definition, name: '取込先' }));
  const sent = await sendAs(
    system,
    `unit-${first}`,
    `${path('A1', first)}/files`,
    formOf('要綱.pdf', samplePdf('要綱')),
  );
  const rules = [JSON.parse(await sent.text())];
  for (const [index, unit] of units.entries()) {
    const answers = everyKindAnswers(index === 0 ? 1 : index === 1 ? 2 : 3);
    const whole =
      unit === first && isObject(answers['system']) ? { ...answers, system: { ...answers['system'], rules } } : answers;
    given.set(unit, whole);
    await answer(system.municipality(unit), path('A1', unit), whole);
    ok(await prefecture.post(`${path('A1', unit)}/decision`, { version: 1, decision: 'accept' }));
  }
});
afterAll(async () => {
  await system.stop();
  await rm(folder, { recursive: true });
});

function path(round: string, unit: string): string {
  return `/api/rounds/${round}/returns/${form}/${unit}`;
}

async function exported(round: string): Promise<{ exportId: string; files: Map<string, Buffer> }> {
  const { exportId, record } = await exportRound(system, round);
  expect(record.status).toBe('done');
  const paths: string[] = record.manifest.files.map((file: { path: string }) => file.path);
  const files = new Map<string, Buffer>();
  for (const each of [...paths, 'manifest.json'])
    files.set(each, ok(await system.prefecture.get(`/api/rounds/${round}/exports/${exportId}/files/${each}`)).bytes);
  return { exportId, files };
}

async function saved(files: ReadonlyMap<string, Uint8Array>, name: string): Promise<string> {
  const target = join(folder, name);
  for (const [each, bytes] of files) {
    await mkdir(dirname(join(target, each)), { recursive: true });
    await writeFile(join(target, each), bytes);
  }
  return target;
}

async function disagreementsOf(files: ReadonlyMap<string, Uint8Array>, name: string) {
  return (await verifyFolder(await saved(files, name), new Map())).disagreements;
}

async function bringIn(files: ReadonlyMap<string, Uint8Array>): Promise<ImportResult> {
  const store = createStore(system.storage);
  const imports = createImports(store, system.storage);
  const read = async (file: string) => files.get(file);
  return importRound({ store, imports, forms: system.storage.forms, read, step: () => undefined }, 'B1', '県');
}

/** Its tables, as they are in the folder of the prefecture, under the other round. */
function tablesOf(files: ReadonlyMap<string, Buffer>): Map<string, Buffer> {
  return new Map(
    [...files].flatMap(([name, bytes]): [string, Buffer][] => {
      const own = /^internal\/(zenshurui(?:\.(?!excel)[\w.]+)?\.csv)$/.exec(name)?.[1];
      return own === undefined ? [] : [[own, Buffer.from(bytes.toString('utf8').replaceAll(/^A1,/gmu, 'B1,'))]];
    }),
  );
}

async function published(exportId: string): Promise<Map<string, Buffer>> {
  const { files } = ok(await system.prefecture.post(`/api/rounds/B1/exports/${exportId}/publication`)).json();
  const paths: string[] = files.map((file: { path: string }) => file.path);
  const found = new Map<string, Buffer>();
  for (const each of [...paths, 'manifest.json'])
    found.set(each, ok(await system.prefecture.get(`/api/rounds/B1/exports/${exportId}/files/edition/${each}`)).bytes);
  return found;
}

describe('the tables of a questionnaire with every kind of question', () => {
  it('come into another round as they were answered, but for files, whose contents are not in them', async () => {
    const { files } = await exported('A1');
    expect(await disagreementsOf(files, 'a1')).toEqual([]);
    const tables = tablesOf(files);
    const refused = await bringIn(tables);
    expect(refused).toEqual({
      kind: 'refused',
      errors: [expect.objectContaining({ row: 2, message: expect.stringContaining('添付ファイルは、内容が') })],
    });
    const main = tables.get(`${form}.csv`)?.toString('utf8') ?? '';
    const [head = ''] = main.split('\r\n');
    const at = head.split(',').indexOf('system.rules');
    const without = main.replace(/^B1,112011,.*$/mu, (line) => {
      const cells = line.split(',');
      expect(cells[at]).toBe('1');
      return cells.with(at, '').join(',');
    });
    tables.set(`${form}.csv`, Buffer.from(without));
    tables.delete(`${form}.system.rules.csv`);
    expect(await bringIn(tables)).toEqual({ kind: 'imported', imported: 3, unchanged: 0 });
    expect(await bringIn(tables)).toEqual({ kind: 'imported', imported: 0, unchanged: 3 });
    for (const unit of units) {
      const [then, now] = [
        ok(await system.prefecture.get(`${path('A1', unit)}/versions/1`)).json().answers,
        ok(await system.prefecture.get(`${path('B1', unit)}/versions/1`)).json().answers,
      ];
      const { rules: _rules, ...others } = then.system;
      expect(now).toEqual({ ...then, system: others });
    }
  });

  it('are published, corrected and published again, and all of it agrees', async () => {
    const before = await exported('B1');
    expect(await disagreementsOf(before.files, 'b1')).toEqual([]);
    expect(await disagreementsOf(await published(before.exportId), 'b1-edition')).toEqual([]);
    const decision = { version: 1, decision: 'return', comment: '訂正', questions: [] };
    ok(await system.prefecture.post(`${path('B1', first)}/decision`, decision));
    const client = system.municipality(first);
    const draft = ok(await client.get(path('B1', first)));
    const { answers } = draft.json();
    const corrected = {
      ...answers,
      system: {
        ...answers.system,
        rate: 90.3,
        priorities: ['o2'],
        staff: { full: { only: 3, also: 1 }, part: { only: 0, also: 3 } },
        meetings: answers.system.meetings.slice(1),
      },
      offices: [...answers.offices, { id: 'f9', name: 'あかね', fte: 0.5 }],
    };
    const ifMatch = { 'if-match': draft.headers.get('etag') ?? '' };
    ok(await client.put(path('B1', first), { answers: corrected }, ifMatch));
    ok(await client.post(`${path('B1', first)}/submission`));
    ok(await system.prefecture.post(`${path('B1', first)}/decision`, { version: 2, decision: 'accept' }));
    const after = await exported('B1');
    expect(await disagreementsOf(after.files, 'b2')).toEqual([]);
    const edition = await published(after.exportId);
    expect(await disagreementsOf(edition, 'b2-edition')).toEqual([]);
    const linesOf = (name: string): string[] => (edition.get(name)?.toString('utf8') ?? '').split('\r\n');
    expect(linesOf('errata.csv')).toEqual(
      expect.arrayContaining([
        'changed,zenshurui,system.rate,計画の作成率,,,sum,289.5,282.3,％,3,3,,,,',
        'changed,zenshurui,system.priorities,力を入れている取組,1.o2,1位：研修,count,0,1,市町村,3,3,,市,,',
        'changed,zenshurui,system.staff,職員数：計,,,sum,21,22,人,3,3,,,,',
        'changed,zenshurui,offices.fte,常勤換算,,,sum,10.5,11,人,6,7,,,,',
      ]),
    );
    expect(linesOf('errata.returns.csv').slice(1)).toEqual([
      'changed,zenshurui,zenshurui.csv,112011,川越市,,,system.rate,計画の作成率,97.5,90.3,％',
      'changed,zenshurui,zenshurui.csv,112011,川越市,,,system.priorities.1,力を入れている取組：1位,o3,o2,',
      'changed,zenshurui,zenshurui.csv,112011,川越市,,,system.priorities.2,力を入れている取組：2位,o1,,',
      'changed,zenshurui,zenshurui.csv,112011,川越市,,,system.staff.full.only,職員数：常勤：専従,2,3,人',
      // 22 people by 7 of the staff.
      'changed,zenshurui,zenshurui.csv,112011,川越市,,,system.perStaff,職員1人当たりの人数,3.7,3.1,人',
      'changed,zenshurui,zenshurui.csv,112011,川越市,,,system.meetings,会議,2,1,件',
      'changed,zenshurui,zenshurui.csv,112011,川越市,,,offices,事業所,2,3,件',
      'changed,zenshurui,zenshurui.system.meetings.csv,112011,川越市,m2,,order,並び順,2,1,番目',
      'removed,zenshurui,zenshurui.system.meetings.csv,112011,川越市,m1,,,,,,',
      'added,zenshurui,zenshurui.offices.csv,112011,川越市,f9,あかね,,,,,',
      '',
    ]);
  });
});
