/** Versions of a form side by side: what a deployment that adds one, and one that takes it back, leave of the rounds. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory as directorySchema } from '../../../schemas/directory.ts';
import { extend } from '../../../schemas/extend.ts';
import { catalogue, form } from '../../../schemas/form.ts';
import type { Catalogue } from '../../../schemas/form.ts';
import { choice, count, section } from '../../../schemas/kinds/question.ts';
import { TestBrowser } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { exportedFile, exportRound, ok, openRound, openSystem } from '../support/fixtures.ts';
import { tablesOnly } from '../support/exports.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const [first, second, third] = ['112038', '111007', '112011'] as const;
const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: first, name: '川口市', kind: 'city' },
    { code: second, name: 'さいたま市', kind: 'city' },
    { code: third, name: '川越市', kind: 'city' },
  ],
  councils: [],
});

const asked2024 = form(
  'scratch',
  2024,
  { title: '試しの調査票', units: 'municipality', help: '' },
  {
    overview: section('概要', { meetings: count('開催回数', '回').required(), visits: count('訪問回数', '回') }),
  },
);
const asked2025 = extend(asked2024, 2025, {
  // Two options of one label make no document: such a form is the release's alone.
  add: { overview: { drills: choice('訓練の有無', { yes: '有', no: '有' }).required() } },
  retire: ['overview.visits'],
  relabel: { 'overview.meetings': '会議の開催回数' },
});
const asked2026 = extend(asked2024, 2026, { retire: ['overview.visits'] });
const release1 = catalogue([asked2024]);
const release2 = catalogue([asked2024, asked2025, asked2026]);

const page = (round: string, unit: string): string => `/rounds/${round}/returns/scratch/${unit}`;
const path = (round: string, unit: string): string => `/api${page(round, unit)}`;

let dataDir: string;
let system: TestSystem;

/** Deploys a release over what is stored. */
async function deploy(forms: Catalogue): Promise<void> {
  system = await startTestSystem({
    formats: tablesOnly,
    forms,
    dataDir,
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'town', name: '川口市担当', groups: [`unit-${first}`] },
    ],
  });
}

async function open(address: string, account = 'town'): Promise<Loaded> {
  const browser = new TestBrowser(system.url);
  await browser.signIn(account);
  return browser.open(address);
}

/** The header of the table of the round's returns, as exported now. */
async function exportedColumns(round: string): Promise<readonly string[]> {
  const { exportId, record } = await exportRound(system, round);
  expect(record.status).toBe('done');
  const [columns = []]: string[][] = parse(await exportedFile(system, round, exportId, 'internal/scratch.csv'), {
    to_line: 1,
  });
  return columns;
}

async function submit(round: string, unit: string): Promise<void> {
  ok(await system.municipality(unit).post(`${path(round, unit)}/submission`));
}

async function save(round: string, unit: string, answers: unknown): Promise<void> {
  ok(await system.municipality(unit).put(path(round, unit), { answers }, { 'if-none-match': '*' }));
}

let columnsBefore: readonly string[];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yoriai-'));
  await deploy(release1);
  await openSystem(system, directory, 'R6', openRound({ scratch: 2024 }, { asOf: {} }));
  await save('R6', first, { overview: { meetings: 4, visits: 9 } });
  await save('R6', second, { overview: { meetings: 2 } });
  await submit('R6', second);
  columnsBefore = await exportedColumns('R6');
});
afterAll(async () => {
  await system.stop();
  await rm(dataDir, { recursive: true });
});

describe('a deployment that adds a version of a form', () => {
  beforeAll(async () => {
    await system.stop();
    await deploy(release2);
  });

  it('leaves a round that pins the earlier one as it was: its draft, its page, its submission, its export', async () => {
    expect(ok(await system.municipality(first).get(path('R6', first))).json().answers).toEqual({
      overview: { meetings: 4, visits: 9 },
    });
    const { status, html } = await open(`${page('R6', first)}/sections/overview`);
    expect(status).toBe(200);
    expect(html).toContain('訪問回数');
    expect(html).not.toContain('訓練の有無');
    await submit('R6', first);
    expect(await exportedColumns('R6')).toEqual(columnsBefore);
  });

  it('lets a new round pin it, which asks what it asks', async () => {
    ok(
      await system.prefecture.put('/api/rounds/R7', openRound({ scratch: 2025 }, { name: '令和7年度調査', asOf: {} })),
    );
    await save('R7', first, { overview: { meetings: 5 } });
    const refused = await system.municipality(first).post(`${path('R7', first)}/submission`);
    expect(refused.json().errors).toMatchObject([{ path: 'overview.drills', code: 'required' }]);
    const { html } = await open(`${page('R7', first)}/sections/overview`);
    expect(html).toContain('訓練の有無');
    expect(html).not.toContain('訪問回数');
    await save('R7', second, { overview: { meetings: 5, drills: 'yes' } });
    await submit('R7', second);
    const columns = await exportedColumns('R7');
    expect(columns.some((column) => column.includes('drills'))).toBe(true);
    expect(columns.some((column) => column.includes('visits'))).toBe(false);
  });

  it('keeps what a new round asks with the round, where the form is a document', async () => {
    const asked = openRound({ scratch: 2026 }, { name: '令和8年度調査', asOf: {} });
    ok(await system.prefecture.put('/api/rounds/R8', asked));
    await save('R8', second, { overview: { meetings: 6 } });
    await submit('R8', second);
    const form = ok(await system.prefecture.get('/api/forms/scratch/2026')).json();
    expect(form).toMatchObject({ state: 'shipped', document: { id: 'scratch', version: 2026 } });
  });
});

describe('putting the earlier release back', () => {
  beforeAll(async () => {
    await system.stop();
    await deploy(release1);
  });

  it('leaves the round of the earlier version working', async () => {
    await save('R6', third, { overview: { meetings: 1 } });
    await submit('R6', third);
    expect(ok(await system.municipality(first).get(path('R6', first))).json().answers).toEqual({
      overview: { meetings: 4, visits: 9 },
    });
    expect(await exportedColumns('R6')).toEqual(columnsBefore);
  });

  it('leaves a round working that keeps what it asks', async () => {
    await save('R8', first, { overview: { meetings: 7 } });
    await submit('R8', first);
    expect((await open(`${page('R8', first)}/sections/overview`)).html).not.toContain('訪問回数');
    expect(await exportedColumns('R8')).toContainEqual(expect.stringContaining('meetings'));
  });

  it('says of the later one that this release does not have its form, to programs and on the page', async () => {
    for (const client of [system.municipality(first), system.prefecture]) {
      const refused = await client.get(path('R7', first));
      expect(refused.status).toBe(503);
      expect(refused.json()).toMatchObject({ code: 'form-not-deployed', title: expect.stringContaining('調査票の版') });
    }
    const { status, html } = await open(page('R7', first));
    expect(status).toBe(503);
    expect(html).toContain('この調査が使う調査票の版は、現在のシステムにありません');
  });

  it('says so where rounds are listed, and exports nothing of the later round', async () => {
    const home = await open('/');
    expect(home.html).toContain('「令和7年度調査」は、現在表示できません');
    expect(home.html).not.toContain('「令和6年度調査」は、現在表示できません');
    expect((await open('/rounds/R7', 'prefecture')).html).toContain('「令和7年度調査」は、現在表示できません');
    expect(ok(await system.prefecture.get('/api/rounds')).json().rounds).toHaveLength(3);
    expect((await exportRound(system, 'R7')).record).toMatchObject({ status: 'failed' });
  });

  it('loses nothing: with the later release again, everything of its round is there', async () => {
    await system.stop();
    await deploy(release2);
    expect(ok(await system.municipality(first).get(path('R7', first))).json().answers).toEqual({
      overview: { meetings: 5 },
    });
    expect(await exportedColumns('R7')).toContainEqual(expect.stringContaining('drills'));
  });
});
