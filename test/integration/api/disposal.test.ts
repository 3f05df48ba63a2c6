/** What is left of a round that was disposed of: one answer, everywhere, and one record for the prefecture. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDisposalSteps } from '../../../functions/storage/disposal-steps.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import { TestBrowser, words } from '../support/browser.ts';
import { answer, directoryFixture, ok, openRound, openSystem, returnsFixture } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const unit = '112321';
const path = `/rounds/R5/returns/municipal-survey/${unit}`;
const told = /「令和5年度調査」の回答は、保存期間が満了したため、令和\d+年\d+月\d+日に廃棄しました。/;

let system: TestSystem;
let answers: Answers;
let definition: Record<string, unknown>;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'officer', name: '久喜市担当', groups: [`unit-${unit}`] },
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  definition = openRound(
    { 'municipal-survey': 2024 },
    { name: '令和5年度調査', fiscalYear: 2023, referenceDate: '2023-09-30' },
  );
  await openSystem(system, await directoryFixture('saitama-r6'), 'R5', definition);
  ok(await system.prefecture.put('/api/rounds/R4', { ...definition, name: '令和4年度調査' }));
  ok(await system.prefecture.put('/api/rounds/R6', openRound({ 'municipal-survey': 2024 })));
  answers = (await returnsFixture('saitama-r6/municipal-survey.json'))[unit] ?? {};
  await answer(system.municipality(unit), `/api${path}`, answers);
  const sentBack = { version: 1, decision: 'return', comment: 'ご確認ください。', questions: [] };
  ok(await system.prefecture.post(`/api${path}/decision`, sentBack));
  ok(await system.prefecture.put('/api/rounds/R5/public-address', { isOpen: true }));
  const steps = createDisposalSteps(system.storage);
  await steps.beginDisposal('R5');
  await steps.beginDisposal('R4');
  await steps.recordDisposal('R5', { removed: { ...(await steps.countItems('R5')), files: 0 } });
  await steps.removeItems('R5');
  await steps.recordDisposal('R5', { disposedAt: new Date().toISOString() });
});
afterAll(() => system.stop());

describe('a round that was disposed of', () => {
  it.each([
    ['GET', '/api/rounds/R5/returns'],
    ['GET', '/api/rounds/R5/summary'],
    ['GET', '/api/rounds/R5/log'],
    ['GET', '/api/rounds/R5/exports'],
    ['POST', '/api/rounds/R5/exports'],
    ['PUT', '/api/rounds/R5'],
    ['GET', `/api${path}`],
    ['GET', `/api${path}/versions/1`],
  ])('is gone for the prefecture, with the day: %s %s', async (method, address) => {
    const { prefecture } = system;
    const calls = {
      GET: () => prefecture.get(address),
      POST: () => prefecture.post(address),
      PUT: () => prefecture.put(address, definition),
    };
    const reply = await (method === 'GET' ? calls.GET() : method === 'POST' ? calls.POST() : calls.PUT());
    expect(reply.status).toBe(410);
    expect(reply.json()).toMatchObject({ code: 'round-disposed', detail: expect.stringMatching(told) });
  });

  it('is said to be gone at its public address, if that was open, and to have been to nobody if it was not', async () => {
    const anybody = new TestBrowser(system.url);
    for (const place of ['/public/R5/latest/', '/public/R5/1/', '/public/R5/1/summary.json']) {
      const page = await anybody.open(place);
      expect([place, page.status, page.headers.get('cache-control')]).toEqual([place, 410, 'no-store']);
      expect(words(page)).toMatch(told);
      expect(words(page)).toContain('公開を終了しました');
    }
    expect((await anybody.open('/public/R4/1/')).status).toBe(404);
    expect((await anybody.open('/public/R9/1/')).status).toBe(404);
  });

  it('takes nothing from a municipality, although its return had been sent back', async () => {
    const municipality = system.municipality(unit);
    expect((await municipality.post(`/api${path}/submission`)).json()).toMatchObject({
      code: 'round-disposed',
      detail: expect.stringMatching(told),
    });
    expect((await municipality.put(`/api${path}`, { answers }, { 'if-none-match': '*' })).status).toBe(410);
    expect((await municipality.get(`/api${path}`)).text).not.toContain('ご確認ください');
  });

  it('leaves the prefecture its record, and municipalities the rounds that there are', async () => {
    const { rounds, disposed } = ok(await system.prefecture.get('/api/rounds')).json();
    expect(rounds.map(({ id }: { id: string }) => id)).toEqual(['R6']);
    expect(disposed).toMatchObject([
      { round: 'R4', name: '令和4年度調査' },
      {
        round: 'R5',
        name: '令和5年度調査',
        referenceDate: '2023-09-30',
        actor: 'system',
        removed: { returns: 1, versions: 1, logEntries: 4, files: 0 },
      },
    ]);
    expect(Object.keys(ok(await system.municipality(unit).get('/api/rounds')).json())).toEqual(['rounds']);
  });

  it('is told on the prefecture’s home page, and by the pages that were there', async () => {
    const browser = new TestBrowser(system.url);
    await browser.signIn('prefecture');
    expect((await browser.open('/')).html).toMatch(told);
    for (const address of ['/rounds/R5', '/rounds/R5/summary', '/rounds/R5/log', path]) {
      const page = await browser.open(address);
      expect([address, page.status]).toEqual([address, 410]);
      expect(page.html).toMatch(told);
    }
  });

  it('is told to the municipality on the page of its return', async () => {
    const browser = new TestBrowser(system.url);
    await browser.signIn('officer');
    const page = await browser.open(path);
    expect(page.status).toBe(410);
    expect(page.html).toMatch(told);
    expect((await browser.open('/')).html).not.toContain('令和5年度調査');
  });

  it('is not known to anyone who has not signed in', async () => {
    expect((await system.bearer().get('/api/rounds/R5/returns')).status).toBe(401);
  });
});
