/** A reader that cannot wait until everything has its number says so, on pages and in the API, and not any more later. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

let system: TestSystem;
let officer: TestBrowser;
/** How long each look at storage's clock takes, so that numbering is over its time before it begins. */
let slowness = 0;

beforeAll(async () => {
  let passed = 0;
  const now = (): Date => {
    passed += slowness;
    return new Date(Date.now() + passed);
  };
  system = await startTestSystem({
    accounts: [{ id: 'kencho', name: '県庁 花子', groups: ['prefecture'] }],
    alter: (storage) => ({ ...storage, now }),
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  officer = new TestBrowser(system.url);
  await officer.signIn('kencho');
});
afterAll(() => system.stop());

const notice = '直前の変更の一部が、まだ表示されていません。';
const pages = ['/', '/rounds/R6', '/rounds/R6/summary', '/rounds/R6/log'];
const answers = ['/api/rounds/R6/returns', '/api/rounds/R6/summary', '/api/rounds/R6/log'];

/** Which pages and answers say that they are behind. */
async function behind(): Promise<string[]> {
  const said: string[] = [];
  for (const path of pages) if ((await officer.open(path)).html.includes(notice)) said.push(path);
  for (const path of answers) if (ok(await system.prefecture.get(path)).json().behind === true) said.push(path);
  return said;
}

it('is said by tracker, summary and log as long as it lasts', async () => {
  const path = '/api/rounds/R6/returns/municipal-survey/112011';
  ok(await system.municipality('112011').put(path, { answers: {} }, { 'if-none-match': '*' }));
  slowness = 6000;
  expect(await behind()).toEqual([...pages, ...answers]);
  slowness = 0;
  expect(await behind()).toEqual([]);
  expect(ok(await system.prefecture.get('/api/rounds/R6/log')).json().log).toContainEqual(
    expect.objectContaining({ what: 'started', seq: 2 }),
  );
});
