/** Every page in the states it can show: accessible, as narrow as a telephone, small, and silent towards other hosts. */

/// <reference lib="dom" />

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totp } from '../../infra/local/totp.ts';
import { Browsers, follow, press } from './support/browser.ts';
import { everyPage, invited, places, startFilledSystem } from './support/filled-system.ts';
import type { FilledSystem, Role } from './support/filled-system.ts';
import { tooWide, violations } from './support/page-checks.ts';
import { filledWorkbook } from '../support/filled-workbook.ts';

const telephone = 360;
/** A window of 1280 pixels at 200 %. */
const zoomed = 640;
/** Compressed, as it is sent. */
const mostBytes = 60_000;

let filled: FilledSystem;
let browsers: Browsers;
let windows: Record<Role | 'nobody', Page>;

beforeAll(async () => {
  filled = await startFilledSystem();
  browsers = await Browsers.launch(filled.system.url);
  windows = {
    town: await browsers.officer('town', '/'),
    prefecture: await browsers.officer('prefecture', '/'),
    nobody: await browsers.window(),
  };
});
afterAll(async () => {
  await browsers.close();
  await filled.system.stop();
});

/** Without how it is broken into lines and cells. */
function words(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

/** Everything wrong with the page as it stands. */
async function faults(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 1280, height: 600 });
  // Labels depend on the round; what stands for the year never reaches a page. A locator would have each page read what it needs.
  const placeholders = await page.evaluate(() => document.body.innerText.match(/\{[A-Za-z]+\}/g) ?? []);
  return [
    ...placeholders,
    ...(await violations(page)),
    ...(await tooWide(page, zoomed)),
    ...(await tooWide(page, telephone)),
  ];
}

describe('every page', () => {
  it('that an address leads to', { timeout: 600_000 }, async () => {
    const wrong = new Map<string, unknown>();
    for (const { role, address } of everyPage(filled.exportId)) {
      const page = windows[role];
      const response = await page.goto(address);
      const status = response?.status();
      const bytes = gzipSync((await response?.body()) ?? '').length;
      const found = await faults(page);
      if (status !== (address === '/no-such-page' ? 404 : 200) || bytes > mostBytes || found.length > 0)
        wrong.set(`${role} ${address}`, { status, bytes, found });
    }
    expect(Object.fromEntries(wrong)).toEqual({});
  });

  it.each([places.drafting, `${places.council}/sections/bodies/entries/regular`, `${places.empty}/check`])(
    'at twice its size: %s',
    async (address) => {
      const page = await browsers.officer('town', address, {
        deviceScaleFactor: 2,
        viewport: { width: zoomed, height: 400 },
      });
      expect(await tooWide(page, zoomed)).toEqual([]);
      const main = page.locator('main');
      const whole = await main.innerText();
      // Nothing that stands on the page at its usual size is left out.
      await page.setViewportSize({ width: 1280, height: 800 });
      expect(words(whole)).toBe(words(await main.innerText()));
    },
  );

  it.each([
    '/sign-in',
    '/sign-in?reason=kept',
    '/sign-in?reason=expired',
    '/sign-in/lost-authenticator',
    '/sign-in/forgotten-password',
    '/sign-in/code',
    '/sign-out',
  ])('before the sign-in: %s', async (address) => {
    const page = windows.nobody;
    await page.goto(address);
    expect(await faults(page)).toEqual([]);
  });

  it('of a round on its way: made as a draft, opened, removed', async () => {
    const page = windows.prefecture;
    const steps: Record<string, string[]> = {};
    const look = async (): Promise<void> => {
      steps[await page.locator('h1').innerText()] = await faults(page);
    };
    await page.goto('/rounds/new');
    await page.locator('summary').filter({ hasText: '技術的な情報' }).click();
    await page.getByLabel('識別子').fill('R9');
    await page.getByLabel('調査の名称').fill('準備中の調査');
    await press(page, '公開せずに作成する');
    await look();
    await press(page, '調査の設定', 'link');
    await look();
    await press(page, '照会先を選ぶ', 'link');
    const survey = page.getByRole('group', { name: '市町村調査票' });
    await survey.getByLabel('次で選んだ団体だけ').check();
    await press(page, '照会先を保存する');
    await look();
    await survey.getByLabel('村（1団体）').check();
    await press(page, '照会先を保存する');
    expect(await survey.locator('summary').first().innerText()).toContain('1団体を選択中');
    await page.goto('/rounds/R9/opening');
    await look();
    await press(page, '公開する');
    await press(page, 'この調査を削除する', 'link');
    await look();
    await press(page, '削除する');
    expect(await page.getByRole('main').innerText()).toContain('「準備中の調査」は、');
    expect(Object.keys(steps)).toEqual(['準備中の調査', '調査の設定', '照会先', '調査を公開する', '調査を削除する']);
    expect(Object.values(steps).flat()).toEqual([]);
  });

  it('at each step of the first sign-in, and where one went wrong', async () => {
    const page = windows.nobody;
    const steps: Record<string, string[]> = {};
    const look = async (): Promise<void> => {
      steps[await page.title()] = await faults(page);
    };
    await page.goto('/sign-in');
    await page.getByLabel('利用者名').fill('newcomer');
    await page.getByLabel('パスワード').fill('wrong');
    await press(page, 'サインインする');
    await look();
    await page.getByLabel('パスワード').fill(invited.password);
    await press(page, 'サインインする');
    await look();
    await page.getByLabel('新しいパスワード', { exact: true }).fill('Jibun-no-pass-1');
    await page.getByLabel('新しいパスワード（確認）').fill('Jibun-no-pass-1');
    await press(page, '設定して次へ進む');
    await page.getByText('QRコードを読み取れない場合').first().click();
    await look();
    const secret = (await page.locator('.setup-key').innerText()).replaceAll(' ', '');
    await page.getByLabel('確認コード').fill(totp(secret, Date.now()));
    await press(page, '設定を終えてサインインする');
    expect(await page.locator('header').innerText()).toContain('久喜市新任');
    await press(page, 'サインアウト');
    await page.goto('/sign-in/forgotten-password');
    await page.getByLabel('利用者名').fill('newcomer');
    await press(page, '確認コードを送る');
    await look();
    expect(Object.keys(steps)).toHaveLength(4);
    expect(Object.values(steps).flat()).toEqual([]);
  });

  it('shows all answers at once, before an ordinary submission and on paper', async () => {
    const page = windows.town;
    for (const place of [places.council, places.drafting]) {
      await page.goto(`${place}/check`);
      expect(await page.getByRole('button', { name: '県に提出する' }).count()).toBe(1);
      expect(await page.locator('.pager').count()).toBe(0);
      await page.goto(`${place}/print`);
      expect(await page.locator('.pager').count()).toBe(0);
    }
  });

  it('with errors in a section', async () => {
    const page = windows.town;
    await page.goto(`${places.drafting}/sections/consultation`);
    await page.locator('input.input--count').first().fill('十くらい');
    await press(page, '一時保存する');
    expect(await page.locator('.error-summary').count()).toBe(1);
    expect(await faults(page)).toEqual([]);
  });

  it('with the last answers taken over', async () => {
    const page = windows.town;
    await page.goto(`${places.drafting}/sections/issues`);
    await press(page, /前回の回答を転記する/);
    expect(await faults(page)).toEqual([]);
  });

  it('with errors before submission', async () => {
    const page = windows.town;
    await page.goto(`${places.empty}/check`);
    await press(page, '県に提出する');
    expect(await page.locator('.error-summary li').count()).toBeGreaterThan(3);
    expect(await faults(page)).toEqual([]);
  });

  it('with an entry that was removed', async () => {
    const page = windows.town;
    await page.goto(`${places.council}/sections/bodies`);
    await follow(page.locator('button[value^="remove:"]').first());
    expect(await faults(page)).toEqual([]);
    await press(page, '元に戻す');
  });

  it('with a conflict', async () => {
    const address = `${places.drafting}/sections/contact`;
    const page = windows.town;
    const theirs = await browsers.officer('colleague', address);
    await page.goto(address);
    await theirs.locator('[id="contact.person"]').fill('係長');
    await press(theirs, '一時保存する');
    await page.locator('[id="contact.person"]').fill('主任');
    await press(page, '一時保存する');
    expect(await page.locator('h1').textContent()).toBe('他の人が先に保存しました');
    expect(await faults(page)).toEqual([]);
  });

  it('with a text that is far too long to be stored', async () => {
    const page = windows.town;
    await page.goto(`${places.drafting}/sections/contact`);
    const text = '長'.repeat(8_001);
    await page.locator('[id="contact.remarks"]').fill(text);
    await press(page, '一時保存する');
    expect(await page.locator('.error-summary').innerText()).toContain('8000文字');
    expect(await page.locator('[id="contact.remarks"]').inputValue()).toBe(text);
    expect(await faults(page)).toEqual([]);
    await page.locator('[id="contact.remarks"]').fill('短い特記事項');
    await press(page, '一時保存する');
    expect(await page.locator('.error-summary').count()).toBe(0);
  });

  it('with a workbook that is wrong, that was changed meanwhile, and that is saved', async () => {
    const address = `${places.drafting}/workbook`;
    const page = windows.town;
    const send = async (bytes: Uint8Array): Promise<void> => {
      const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      await page.locator('input[type=file]').setInputFiles({ name: '回答.xlsx', mimeType, buffer: Buffer.from(bytes) });
      await press(page, '取り込む');
    };
    await page.goto(address);
    const link = page.getByRole('link', { name: '記入用のExcelファイルをダウンロードする' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toMatch(/^.+（.+）\.xlsx$/u);
    const file = await readFile(await download.path());

    await send(await filledWorkbook(file, { 'contact.department': '障害福祉課', 'establishment.status': 'たぶん' }));
    expect(await page.locator('.error-summary').innerText()).toContain('1件の誤り');
    expect(await page.locator('main table').innerText()).toMatch(/選択肢にない回答です/u);
    expect(await faults(page)).toEqual([]);

    const theirs = await browsers.officer('colleague', `${places.drafting}/sections/contact`);
    await theirs.locator('[id="contact.department"]').fill('福祉課');
    await press(theirs, '一時保存する');
    const good = await filledWorkbook(file, { 'contact.department': '障害福祉課' });
    await page.goto(address);
    await send(good);
    expect(await page.locator('main').innerText()).toContain('福祉課');
    expect(await faults(page)).toEqual([]);
    await press(page, '全てファイルの内容で取り込む');
    expect(await page.locator('.notice--success').innerText()).toContain('保存しました');
    expect(await page.locator('.answers').innerText()).toContain('障害福祉課');
    expect(await faults(page)).toEqual([]);
  });

  it('with a decision that lacks its reason', async () => {
    const page = windows.prefecture;
    await page.goto(`${places.submitted}/decision?version=1&question=activity.agenda`);
    await press(page, '差し戻す');
    expect(await page.locator('.error-summary').count()).toBe(1);
    expect(await faults(page)).toEqual([]);
  });

  it('with days of the log that are no dates', async () => {
    const page = windows.prefecture;
    await page.goto('/rounds/R6/log');
    await page.locator('#filter-from').fill('6年11月1日');
    await press(page, '絞り込む');
    expect(await page.locator('.error-summary').count()).toBe(1);
    expect(await faults(page)).toEqual([]);
  });

  it('with several returns to accept', async () => {
    const page = windows.prefecture;
    await page.goto('/rounds/R6?state=submitted');
    await page.locator('input[name=return]').first().check();
    await press(page, '選んだ回答をまとめて確認する');
    expect(await faults(page)).toEqual([]);
  });

  it('with a round that cannot be created', async () => {
    const page = windows.prefecture;
    await page.goto('/rounds/new');
    await page.locator('main form input[type=text]').first().fill('');
    await page.locator('main form').evaluate((form) => {
      if (form instanceof HTMLFormElement) form.noValidate = true;
    });
    await follow(page.locator('main form button').last());
    expect(await page.locator('.error-summary').count()).toBe(1);
    expect(await faults(page)).toEqual([]);
  });

  it('with a change of who answers that is asked about', async () => {
    const page = windows.prefecture;
    await page.goto('/directory?edit=municipality/112038');
    await page.locator('#field-kind').selectOption('町');
    await press(page, '保存する');
    expect(await page.locator('h1').textContent()).toContain('の変更点');
    expect(await faults(page)).toEqual([]);
  });

  it('with a list of units whose rows are wrong', async () => {
    const page = windows.prefecture;
    await page.goto('/directory/import');
    const buffer = Buffer.from('code,name,kind\n112038,川口市,city\n999999,架空市,city\n112089,,town\n');
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'directory.csv', mimeType: 'text/csv', buffer });
    await follow(page.locator('main form button').last());
    expect(await faults(page)).toEqual([]);
  });
});

describe('what is wrong with a page', () => {
  it('is found', async () => {
    const page = await browsers.window();
    await page.setContent(
      '<html lang="ja"><title>頁</title><main><h1>{compareYear}</h1><img src="data:,"><p style="width: 900px">長</p></main>',
    );
    expect(await faults(page)).toEqual([
      '{compareYear}',
      expect.stringMatching(/^image-alt: img/),
      expect.stringContaining('sideways: 9'),
      expect.stringContaining('<p style='),
      expect.stringContaining('sideways: 9'),
      expect.stringContaining('<p style='),
    ]);
  });
});

describe('the browser', () => {
  it('has asked nobody else for anything, and refused nothing', () => {
    expect([...browsers.hosts()]).toEqual(['127.0.0.1']);
    expect(browsers.complaints).toEqual([]);
  });
});
