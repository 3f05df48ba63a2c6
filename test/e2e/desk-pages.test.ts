/** Pages of the municipality's desk in states that no other test leaves them in: accessible, narrow, by keyboard, without a script. */

/// <reference lib="dom" />

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  answer,
  directoryFixture,
  exportRound,
  ok,
  openRound,
  openSystem,
  returnsFixture,
} from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { filledWorkbook } from '../support/filled-workbook.ts';
import { Browsers, press, toNextPage } from './support/browser.ts';
import { tooWide, violations } from './support/page-checks.ts';

const code = '112011';
const survey = `/rounds/R6/returns/municipal-survey/${code}`;
const council = `/rounds/R6/returns/council-report/tried`;

let system: TestSystem;
let browsers: Browsers;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'town', name: '川越市担当', groups: [`unit-${code}`] },
    ],
  });
  const directory = await directoryFixture('saitama-r6');
  const councils = [...directory.councils, { id: 'tried', name: '試行協議会', members: [code], lead: code }];
  const forms = { 'municipal-survey': 2024, 'council-report': 2024 };
  await openSystem(system, { ...directory, councils }, 'R6', openRound(forms));
  const held = [
    { unit: code, form: 'municipal-survey', path: 'consultation.commissioned', value: 12 },
    { unit: code, form: 'municipal-survey', path: 'issues.widerArea.employment', value: 'region' },
  ];
  ok(await system.prefecture.put('/api/rounds/R6/prefilled', held, { 'if-none-match': '*' }));
  const bodies = [
    { id: 'a', name: '全体会', kind: 'plenary' },
    { id: 'b', name: '定例会' },
  ];
  ok(await system.municipality(code).put(`/api${council}`, { answers: { bodies } }, { 'if-none-match': '*' }));
  browsers = await Browsers.launch(system.url);
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});
afterEach(async () => {
  await browsers.closeWindows();
  expect(browsers.complaints.splice(0)).toEqual([]);
});

async function expectSound(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
  for (const width of [360, 1280]) expect(await tooWide(page, width)).toEqual([]);
}

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])('%o', (options) => {
  it('what the prefecture holds: the file refused, and the values to be confirmed', async () => {
    const page = await browsers.officer('prefecture', '/rounds/R6/prefilled', options);
    const csv =
      '回答単位,設問,値,調査票\n川越市,委託相談支援事業所,多い,市町村調査票\nない市,委託相談支援事業所,3,市町村調査票\n';
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '値.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await press(page, '読み込んで置き換える');
    expect(await page.locator('main').textContent()).toContain('C2');
    if (options.javaScriptEnabled) await expectSound(page);
    const town = await browsers.officer('town', `${survey}/sections/consultation`, options);
    await press(town, /転記する/);
    expect(await town.locator('[id="consultation.commissioned"]').inputValue()).toBe('12');
    if (options.javaScriptEnabled) await expectSound(town);
  });

  it('a body that is removed and put back by the keyboard alone', async () => {
    const page = await browsers.officer('town', `${council}/sections/bodies`, options);
    await page.locator('button[value="remove:bodies.a"]').focus();
    await toNextPage(page, () => page.keyboard.press('Enter'));
    expect(await page.locator('.notice').textContent()).toContain('「全体会」を削除しました。');
    if (options.javaScriptEnabled) await expectSound(page);
    // The way back has the focus.
    await toNextPage(page, () => page.keyboard.press('Enter'));
    expect(await page.locator('.entry-list strong').allTextContents()).toEqual(['全体会', '定例会']);
  });

  it('a workbook with errors, and the copy in which they are marked', async () => {
    const page = await browsers.officer('town', `${survey}/workbook`, options);
    const blank = ok(await system.municipality(code).get(`/api${survey}/workbook`)).bytes;
    const wrong = await filledWorkbook(blank, { 'consultation.specific': '多い' });
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '回答.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from(wrong) });
    await press(page, '取り込む');
    if (options.javaScriptEnabled) await expectSound(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /印を付けたファイル/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('回答（要修正）.xlsx');
  });
});

it('results, once they are published', async () => {
  const all = await returnsFixture('saitama-r6/municipal-survey.json');
  for (const [unit, answers] of Object.entries(all).slice(0, 6)) {
    const path = `/api/rounds/R6/returns/municipal-survey/${unit}`;
    const { version } = await answer(system.municipality(unit), path, answers);
    ok(await system.prefecture.post(`${path}/decision`, { version, decision: 'accept' }));
  }
  const { exportId } = await exportRound(system, 'R6');
  ok(await system.prefecture.post(`/api/rounds/R6/exports/${exportId}/publication`));
  const page = await browsers.officer('town', `${survey}/results`);
  expect(await page.locator('main svg').count()).toBeGreaterThan(10);
  await expectSound(page);
  const plain = await browsers.officer('town', `${survey}/results`, { javaScriptEnabled: false });
  expect(await plain.locator('main').innerText()).toBe(await page.locator('main').innerText());
  const file = plain.getByRole('link', { name: '集計表（CSV）', exact: true });
  for (let stops = 0; stops < 200 && !(await file.evaluate((link) => link === document.activeElement)); stops += 1)
    await plain.keyboard.press('Tab');
  const [download] = await Promise.all([plain.waitForEvent('download'), plain.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toBe('summary.csv');
});
