/** The main job on the published survey: Saitama's returns in through the API, the published figures out. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import type { SummaryRow } from '../../../schemas/export.ts';
import published from '../../fixtures/saitama-r6/published.json' with { type: 'json' };
import {
  answer,
  directoryFixture,
  exportedFile,
  exportRound,
  openRound,
  openSystem,
  returnsFixture,
} from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

let system: TestSystem;
let exportId: string;

beforeAll(async () => {
  system = await startTestSystem();
  const directory = await directoryFixture('saitama-r6');
  await openSystem(system, directory, 'R6', openRound({ 'municipal-survey': 2024, 'council-report': 2024 }));
  const surveys = await returnsFixture('saitama-r6/municipal-survey.json');
  for (const [code, answers] of Object.entries(surveys))
    await answer(system.municipality(code), `/api/rounds/R6/returns/municipal-survey/${code}`, answers);
  const reports = await returnsFixture('saitama-r6/council-report.json');
  for (const { id, lead } of directory.councils)
    await answer(system.municipality(lead), `/api/rounds/R6/returns/council-report/${id}`, reports[id] ?? {});
  const { exportId: id, record } = await exportRound(system, 'R6');
  expect(record).toMatchObject({ status: 'done', done: 100, total: 100 });
  exportId = id;
});

afterAll(() => system.stop());

const identifying = ({ form, question, option, measure }: Readonly<Record<string, unknown>>): string =>
  [form, question, option, measure].join(' ');

/** The normal form has no empty groups: `widerArea: {}` says nothing that its absence does not. */
function withoutEmptyGroups(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyGroups);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([, part]) =>
          !(typeof part === 'object' && part !== null && !Array.isArray(part) && Object.keys(part).length === 0),
      )
      .map(([key, part]) => [key, withoutEmptyGroups(part)]),
  );
}

describe('the internal summary', () => {
  it('gives all 82 published figures: value, kinds and printed form', async () => {
    const { rows }: { rows: SummaryRow[] } = JSON.parse(
      await exportedFile(system, 'R6', exportId, 'internal/summary.json'),
    );
    const byName = new Map(rows.map((row) => [identifying(row), row]));
    expect(published).toHaveLength(82);
    for (const figure of published) expect(byName.get(identifying(figure))).toMatchObject(figure);
  });

  it('counts 63 municipalities and 37 councils', async () => {
    const summary = JSON.parse(await exportedFile(system, 'R6', exportId, 'internal/summary.json'));
    expect(summary).toMatchObject({ round: 'R6', municipalities: 63, councils: 37 });
  });

  it('is the summary that the API tells', async () => {
    const live = (await system.prefecture.get('/api/rounds/R6/summary')).json();
    const exported = JSON.parse(await exportedFile(system, 'R6', exportId, 'internal/summary.json'));
    expect(exported.rows).toEqual(live.rows);
  });
});

describe('the files', () => {
  it('hold every return exactly as it went in', async () => {
    for (const form of ['municipal-survey', 'council-report']) {
      const sent = await returnsFixture(`saitama-r6/${form}.json`);
      const exported: { unit: string; answers: unknown }[] = JSON.parse(
        await exportedFile(system, 'R6', exportId, `internal/${form}.json`),
      );
      expect(Object.fromEntries(exported.map(({ unit, answers }) => [unit, answers]))).toEqual(
        withoutEmptyGroups(sent),
      );
    }
  });

  it('agree with the manifest in their number of rows', async () => {
    const manifest = JSON.parse(await exportedFile(system, 'R6', exportId, 'manifest.json'));
    for (const { path, rows } of manifest.files.filter((file: { path: string }) => file.path.endsWith('.csv'))) {
      const records = parse(await exportedFile(system, 'R6', exportId, path), { columns: true });
      expect(records, path).toHaveLength(rows);
    }
  });

  it('have one row per entry of a repeating group, the number of entries in the parent row', async () => {
    const councils: Record<string, string>[] = parse(
      await exportedFile(system, 'R6', exportId, 'internal/council-report.csv'),
      { columns: true },
    );
    const bodies: Record<string, string>[] = parse(
      await exportedFile(system, 'R6', exportId, 'internal/council-report.bodies.csv'),
      { columns: true },
    );
    for (const { unit, bodies: count } of councils)
      expect(bodies.filter((body) => body['unit'] === unit)).toHaveLength(Number(count));
  });

  it('keep what nobody has accepted out of public', async () => {
    expect(JSON.parse(await exportedFile(system, 'R6', exportId, 'public/municipal-survey.json'))).toEqual([]);
  });
});
