/**
 * A questionnaire whose questions hang on what was answered last: asked in the API and on the pages, sealed with the version, and
 * decided by that ever after, also when the earlier return is corrected.
 */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFolder } from '../../../functions/export/verify-folder.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { adoptQuestionnaire } from '../support/asked-by-last-time.ts';
import { TestBrowser } from '../support/browser.ts';
import { answer, directoryFixture, exportedFile, exportRound, ok, openRound } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const form = 'keizoku';
const [before, never] = ['112011', '112020'] as const;
const yesNo = [
  { key: 'yes', label: '実施した' },
  { key: 'no', label: '実施していない' },
];

const questions = [
  { key: 'held', number: '問1', kind: 'choice', label: '研修', options: yesNo, required: true },
  {
    key: 'why',
    number: '問2',
    kind: 'text',
    label: 'やめた理由',
    maxLength: 100,
    when: 'previous.held = "yes" and held = "no"',
    required: true,
  },
  {
    key: 'plans',
    number: '問3',
    kind: 'matrix',
    label: '再開の予定',
    rows: [{ key: 'city', label: '市内' }],
    options: [{ key: 'soon', label: '1年以内' }],
    emptyLabel: '予定なし',
    when: 'went back(held)',
  },
];

let system: TestSystem;
let folder: string;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'kawagoe', name: '川越市担当', groups: [`unit-${before}`] },
    ],
  });
  folder = await mkdtemp(join(tmpdir(), 'yoriai-'));
  const { prefecture } = system;
  ok(await prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  await adoptQuestionnaire(system, form, questions);
  const earlier = openRound({ [form]: 2025 }, { asOf: {} });
  ok(await prefecture.put('/api/rounds/K6', earlier));
  ok(await prefecture.put('/api/rounds/K7', { ...earlier, name: '次の調査', referenceDate: '2025-09-30' }));
  await answer(system.municipality(before), path('K6', before), { q: { held: 'yes' } });
  await decide('K6', 1, { decision: 'accept' });
});
afterAll(async () => {
  await system.stop();
  await rm(folder, { recursive: true });
});

function path(round: string, unit: string): string {
  return `/api/rounds/${round}/returns/${form}/${unit}`;
}

async function decide(round: string, version: number, decision: object): Promise<void> {
  ok(await system.prefecture.post(`${path(round, before)}/decision`, { version, ...decision }));
}

async function save(unit: string, answers: Answers): Promise<void> {
  const client = system.municipality(unit);
  const at = path('K7', unit);
  const { headers } = await client.get(at);
  ok(await client.put(at, { answers }, { 'if-match': headers.get('etag') ?? '' }));
}

async function submitted(unit: string) {
  return system.municipality(unit).post(`${path('K7', unit)}/submission`);
}

describe('a question that hangs on what was answered last', () => {
  it('is asked of who answered so, by the API and on the page, and of nobody else', async () => {
    await save(before, { q: { held: 'no' } });
    const refused = await submitted(before);
    expect(refused.status).toBe(422);
    expect(refused.json().errors.map((error: { path: string }) => error.path)).toEqual(['q.why']);
    await save(never, { q: { held: 'no', why: '要らない' } });
    const stray = await submitted(never);
    expect(stray.json().errors.map((error: { path: string }) => error.path)).toEqual(['q.why']);
    await save(never, { q: { held: 'no' } });
    ok(await submitted(never));
    const town = new TestBrowser(system.url);
    await town.signIn('kawagoe');
    const page = await town.open(`/rounds/K7/returns/${form}/${before}/sections/q`);
    // As it is stored the question is there without a script, and its condition travels as the script follows it.
    expect(page.html).toContain('やめた理由');
    expect(page.html).toMatch(/data-rules="[^"]*went back/);
    expect(page.html).toContain('前回の「問1　研修」が「実施した」の場合、かつ「問1　研修」が「実施していない」の場合');
    expect(page.html).toContain('「問1　研修」が前回より後退した場合');
  });

  it('keeps what was answered last with the version, and is asked by that when the earlier return is corrected', async () => {
    await save(before, { q: { held: 'no', why: '講師がいない', plans: {} } });
    ok(await submitted(before));
    await decide('K7', 1, { decision: 'accept' });
    const version = ok(await system.prefecture.get(`${path('K7', before)}/versions/1`)).json();
    expect(version.previous).toEqual({ q: { held: 'yes' } });
    await decide('K6', 1, { decision: 'return', comment: '訂正', questions: [] });
    await answerAgain('K6', { q: { held: 'no' } });
    await decide('K6', 2, { decision: 'accept' });
    const officer = new TestBrowser(system.url);
    await officer.signIn('prefecture');
    const review = await officer.open(`/rounds/K7/returns/${form}/${before}/review`);
    expect(review.html).toContain('講師がいない');
    expect(review.html).not.toContain('回答の対象外');
    const { rows } = ok(await system.prefecture.get('/api/rounds/K7/summary')).json();
    const base = (question: string) => rows.find((row: { question: string }) => row.question === question)?.base;
    expect(base('q.plans.city')).toBe(1);
  });

  it('is exported and found right', async () => {
    const { exportId, record } = await exportRound(system, 'K7');
    const paths: string[] = record.manifest.files.map((file: { path: string }) => file.path);
    for (const each of [...paths, 'manifest.json']) {
      await mkdir(dirname(join(folder, each)), { recursive: true });
      const { bytes } = ok(await system.prefecture.get(`/api/rounds/K7/exports/${exportId}/files/${each}`));
      await writeFile(join(folder, each), bytes);
    }
    expect((await verifyFolder(folder, new Map())).disagreements).toEqual([]);
    const summary = JSON.parse(await exportedFile(system, 'K7', exportId, 'internal/summary.json'));
    expect(summary.rows.find(({ question }: { question: string }) => question === 'q.plans.city')).toMatchObject({
      base: 1,
    });
  });
});

async function answerAgain(round: string, answers: Answers): Promise<void> {
  const client = system.municipality(before);
  const at = path(round, before);
  const { headers } = await client.get(at);
  ok(await client.put(at, { answers }, { 'if-match': headers.get('etag') ?? '' }));
  ok(await client.post(`${at}/submission`));
}
