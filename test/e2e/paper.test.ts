/** The paper for internal approval, printed by a real browser: as many pages as an officer hands round, and what stands there. */

/// <reference lib="dom" />

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { Answers } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import {
  answer,
  directoryFixture,
  ok,
  openRound,
  openSystem,
  returnsFixture,
} from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { Browsers } from './support/browser.ts';
import { tooWide, violations } from './support/page-checks.ts';

const forms = { 'council-report': 2024 };
const town = '104647';
const report = (round: string): string => `/rounds/${round}/returns/council-report/tamamura`;

let system: TestSystem;
let browsers: Browsers;
/** Of the town; each test opens its page in it. */
let page: Page;
let answers: Answers;

/** A year before: another number of organisations, and no 余暇支援部会. */
function yearBefore(now: Answers): Answers {
  const { profile, bodies } = now;
  return {
    ...now,
    profile: { ...(isObject(profile) ? profile : {}), organisations: 20 },
    bodies: Array.isArray(bodies) ? bodies.slice(0, -1) : [],
  };
}

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [{ id: 'town', name: '玉村町担当', groups: [`unit-${town}`] }],
  });
  const year = (fiscalYear: number, name: string): Record<string, unknown> =>
    openRound(forms, {
      name,
      fiscalYear,
      referenceDate: `${fiscalYear + 1}-03-31`,
      period: { from: `${fiscalYear}-04`, to: `${fiscalYear + 1}-03` },
      asOf: {},
    });
  await openSystem(system, await directoryFixture('gunma-h30'), 'H29', year(2017, '平成29年度活動報告'));
  ok(await system.prefecture.put('/api/rounds/H30', year(2018, '平成30年度活動報告')));
  answers = (await returnsFixture('gunma-h30/council-report.json'))['tamamura'] ?? {};
  await answer(system.municipality(town), `/api${report('H29')}`, yearBefore(answers));
  ok(await system.prefecture.post(`/api${report('H29')}/decision`, { version: 1, decision: 'accept' }));
  await answer(system.municipality(town), `/api${report('H30')}`, answers);
  browsers = await Browsers.launch(system.url);
  page = await browsers.officer('town', '/');
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});

/** Each page of a PDF is an object of its own. */
async function pagesOf(): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

describe('the paper for approval', () => {
  it('of a council with six bodies and 31 sessions has at most six pages', async () => {
    await page.goto(`${report('H30')}/print`);
    const pages = await pagesOf();
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThanOrEqual(6);
  });

  it('has boxes for approval, a number, and what differs from last year', async () => {
    await page.goto(`${report('H30')}/print`);
    const paper = page.locator('.paper');
    expect(await paper.locator('.paper-approval td').count()).toBe(6);
    const text = await paper.innerText();
    expect(text).toContain('文書番号');
    expect(text).toMatch(/整理番号\s*H30-tamamura-1-/);
    const changes = await paper.getByRole('table', { name: /前回（平成29年度活動報告）との違い/ }).innerText();
    expect(changes).toMatch(/構成機関数\s*20機関/);
    expect(changes).toMatch(/余暇支援部会（追加）\s*追加/);
  });

  it('has the sessions as tables, a row for each', async () => {
    await page.goto(`${report('H30')}/print`);
    const table = page.getByRole('table', { name: '活動内容' }).first();
    expect(await table.locator('tbody tr').count()).toBe(12);
    expect(await table.locator('thead').innerText()).toMatch(/会議名\s*開催日/);
  });

  it('is printed by a button, and says how where there is no script', async () => {
    await page.goto(`${report('H30')}/print`);
    await page.evaluate(() => {
      globalThis.print = () => document.body.setAttribute('data-printed', '');
    });
    await page.getByRole('button', { name: '印刷する' }).click();
    expect(await page.locator('body[data-printed]').count()).toBe(1);
    const without = await browsers.officer('town', `${report('H30')}/print`, { javaScriptEnabled: false });
    expect(await without.getByRole('button', { name: '印刷する' }).count()).toBe(0);
    expect(await without.locator('main').innerText()).toContain('ブラウザーの印刷機能');
  });

  it('can be read on a telephone and by everybody', async () => {
    await page.goto(`${report('H30')}/print?version=1`);
    expect([...(await violations(page)), ...(await tooWide(page, 360))]).toEqual([]);
  });

  it('is not there of a version that is not', async () => {
    for (const version of ['2', '0', 'x'])
      expect((await page.goto(`${report('H30')}/print?version=${version}`))?.status()).toBe(404);
  });
});
