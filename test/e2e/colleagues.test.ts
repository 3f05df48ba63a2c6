/** The work around answering: links for colleagues, comments, approvals, questions to the prefecture; each with and without a script. */

/// <reference lib="dom" />

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browsers, press } from './support/browser.ts';
import { places, startFilledSystem } from './support/filled-system.ts';
import type { FilledSystem } from './support/filled-system.ts';
import { tooWide, violations } from './support/page-checks.ts';

let filled: FilledSystem;
let browsers: Browsers;

beforeAll(async () => {
  filled = await startFilledSystem();
  browsers = await Browsers.launch(filled.system.url);
});
afterAll(async () => {
  await browsers.close();
  await filled.system.stop();
});

/** The windows of officers, each opened once: another one costs two processes that read the checker of pages anew. */
const desks = new Map<string, Page>();

async function desk(account: string, address: string, javaScriptEnabled: boolean): Promise<Page> {
  const key = `${account} ${String(javaScriptEnabled)}`;
  const known = desks.get(key);
  await known?.goto(address);
  const page = known ?? (await browsers.officer(account, address, { javaScriptEnabled }));
  desks.set(key, page);
  return page;
}

/** Nothing of a page without scripts can wait for anything: axe looks at it where there are some. */
async function faults(page: Page, hasScript: boolean): Promise<string[]> {
  const found = [...(hasScript ? await violations(page) : []), ...(await tooWide(page, 360))];
  await page.setViewportSize({ width: 1280, height: 800 });
  return found;
}

describe('a section shared by a link', () => {
  it.each([false, true])(
    'is filled in by a colleague without an account; with a script: %s',
    async (javaScriptEnabled) => {
      const officer = await desk('drafting', `${places.drafting}/shares`, true);
      await officer.getByLabel('誰に伝えるリンクか').fill('障害福祉課 山田');
      await officer.locator('input[name=sections][value=activity]').check();
      await press(officer, 'リンクを作成する');
      const link = await officer.locator('#new-link').inputValue();
      expect(await faults(officer, true)).toEqual([]);

      const colleague = await browsers.window({ javaScriptEnabled });
      await colleague.goto(link);
      expect(await faults(colleague, javaScriptEnabled)).toEqual([]);
      await colleague.getByLabel('所属とお名前').fill('障害福祉課 山田');
      await press(colleague, '入力を始める');
      expect(await faults(colleague, javaScriptEnabled)).toEqual([]);
      await colleague.goto(`${places.drafting}/sections/activity`);
      await press(colleague, '一時保存する');
      expect(await colleague.getByText('保存しました。').count()).toBe(1);
      expect(await faults(colleague, javaScriptEnabled)).toEqual([]);
      expect(browsers.complaints).toEqual([]);
    },
  );
});

describe('a question to the prefecture', () => {
  it.each([false, true])('is asked, answered and shown to all; with a script: %s', async (javaScriptEnabled) => {
    const text = `書面による会議も数えますか（${String(javaScriptEnabled)}）`;
    const officer = await desk('drafting', `${places.drafting}/sections/activity`, javaScriptEnabled);
    await press(officer, '県に質問する', 'link');
    await officer.getByLabel('質問', { exact: true }).fill(text);
    await press(officer, '県に質問する');
    expect(await faults(officer, javaScriptEnabled)).toEqual([]);

    const prefecture = await desk('prefecture', '/rounds/R6/questions', javaScriptEnabled);
    expect(await faults(prefecture, javaScriptEnabled)).toEqual([]);
    await press(prefecture, text, 'link');
    await prefecture.getByLabel('回答', { exact: true }).fill('数えます。');
    await prefecture.getByLabel('よくある質問として').check();
    await press(prefecture, '回答する');
    expect(await faults(prefecture, javaScriptEnabled)).toEqual([]);

    await officer.goto('/rounds/R6/guide');
    expect(await officer.getByRole('heading', { name: text }).count()).toBe(1);
    expect(await faults(officer, javaScriptEnabled)).toEqual([]);
    expect(browsers.complaints).toEqual([]);
  });
});

describe('a comment inside the municipality', () => {
  it.each([false, true])('is written from the page of a section; with a script: %s', async (javaScriptEnabled) => {
    const officer = await desk('drafting', `${places.drafting}/sections/activity`, javaScriptEnabled);
    await press(officer, /^庁内のコメント/, 'link');
    await officer.getByLabel('コメント', { exact: true }).fill('総務課の数字を待っています。');
    await press(officer, 'コメントする');
    expect(await officer.getByText('総務課の数字を待っています。').count()).toBeGreaterThan(0);
    expect(await faults(officer, javaScriptEnabled)).toEqual([]);
    expect(browsers.complaints).toEqual([]);
  });
});

describe('the approval by a second person', () => {
  it.each([false, true])(
    'is wanted, given and said before submission; with a script: %s',
    async (javaScriptEnabled) => {
      const address = `${places.drafting}/approval`;
      const officer = await desk('drafting', address, javaScriptEnabled);
      await press(officer, '承認を必要とすることにする');
      expect(await faults(officer, javaScriptEnabled)).toEqual([]);
      await officer.goto(`${places.drafting}/sections/contact`);
      await officer.locator('input[name="contact.person"]').fill(`承認 太郎${String(javaScriptEnabled)}`);
      await press(officer, '一時保存する');
      await officer.goto(address);
      expect(await officer.getByText('最後に保存したのはあなたです。').count()).toBe(1);

      const colleague = await desk('colleague', address, javaScriptEnabled);
      await press(colleague, 'この内容を承認する');
      expect(await faults(colleague, javaScriptEnabled)).toEqual([]);
      await officer.goto(`${places.drafting}/check`);
      expect(await officer.getByText('久喜市係長が承認しました。').count()).toBe(1);
      expect(await faults(officer, javaScriptEnabled)).toEqual([]);
      await officer.goto(address);
      await press(officer, '承認を必要としないことにする');
      expect(browsers.complaints).toEqual([]);
    },
  );
});
