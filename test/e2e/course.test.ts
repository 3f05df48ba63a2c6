/**
 * What happens to a return between two officers, in real windows. Without the script it is posts and pages, which the tests
 * of integration send and read; here is of that what a browser does by itself.
 */

/// <reference lib="dom" />

import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionKey } from '../../functions/storage/keys.ts';
import { sha256 } from '../../functions/storage/seal.ts';
import type { Answers } from '../../schemas/values/json.ts';
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
import { Browsers, follow, press } from './support/browser.ts';

const code = '104647';

let system: TestSystem;
let browsers: Browsers;
let report: Answers;

beforeAll(async () => {
  system = await startTestSystem({
    prefecture: 'gunma',
    accounts: [
      { id: 'prefecture', name: '群馬県担当', groups: ['prefecture'] },
      { id: 'first', name: '玉村町主任', groups: [`unit-${code}`] },
      { id: 'second', name: '玉村町係長', groups: [`unit-${code}`] },
    ],
  });
  ok(await system.prefecture.put('/api/directory', await directoryFixture('gunma-h30')));
  report = (await returnsFixture('gunma-h30/council-report.json'))['tamamura'] ?? {};
  browsers = await Browsers.launch(system.url);
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});
afterEach(async () => {
  await browsers.closeWindows();
  expect(browsers.complaints.splice(0)).toEqual([]);
  expect([...browsers.hosts()]).toEqual(['127.0.0.1']);
});

const closed = { fiscalYear: 2018, referenceDate: '2019-03-31', period: { from: '2018-04', to: '2019-03' }, asOf: {} };

/** Rounds so far: every test has one of its own. */
let rounds = 0;
let place = '';

beforeEach(async () => {
  rounds += 1;
  const round = `H30-${rounds}`;
  await openSystem(system, await directoryFixture('gunma-h30'), round, openRound({ 'council-report': 2024 }, closed));
  place = `/rounds/${round}/returns/council-report/tamamura`;
});

async function save(answers: Answers = report): Promise<void> {
  ok(await system.municipality(code).put(`/api${place}`, { answers }, { 'if-none-match': '*' }));
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
async function stored(): Promise<any> {
  return ok(await system.prefecture.get(`/api${place}`)).json();
}

const heading = (page: Page): Promise<string | null> => page.locator('h1').textContent();

async function giveReasons(page: Page): Promise<void> {
  for (const field of await page.locator('textarea[id^="reason:"]').all()) await field.fill('数値に誤りはありません。');
}

/** Ends the session as time does: its item says that it began long ago. */
async function endSession(page: Page): Promise<void> {
  const cookies = await page.context().cookies(system.url);
  const ids = cookies.filter(({ name }) => name.endsWith('yoriai')).map(({ value }) => value);
  expect(ids).toHaveLength(1);
  await system.storage.client.send(
    new UpdateCommand({
      TableName: system.storage.table,
      Key: sessionKey(sha256(ids[0] ?? '')),
      UpdateExpression: 'SET startedAt = :long, seenAt = :long',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':long': 0 },
    }),
  );
}

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])('%o', ({ javaScriptEnabled }) => {
  const first = (address: string): Promise<Page> => browsers.officer('first', address, { javaScriptEnabled });

  it('the button to submit, pressed twice, submits once; going back and pressing again does not either', async () => {
    await save();
    const page = await first(`${place}/check`);
    await giveReasons(page);
    // Both presses come before any answer does.
    await page.getByRole('button', { name: '県に提出する' }).dblclick();
    await expect.poll(() => page.url(), { timeout: 10_000 }).toMatch(/receipt$/);
    expect(await heading(page)).toBe('提出しました');
    await page.goBack();
    const again = page.getByRole('button', { name: '県に提出する' });
    if ((await again.count()) > 0) await follow(again);
    expect(await heading(page)).toBe('提出しました');
    const { versions } = ok(await system.prefecture.get(`/api${place}/versions`)).json();
    expect(versions).toHaveLength(1);
  });

  it('the list of errors has the focus, and each error leads to its field', async () => {
    await save();
    const page = await first(`${place}/sections/profile`);
    await page.locator('[id="profile.establishedOn"]').fill('いつか');
    await press(page, '一時保存する');
    expect(await page.title()).toMatch(/^エラー：/);
    await page.locator('.error-summary:focus').waitFor();
    await page.locator('.error-summary a').first().click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('profile.establishedOn');
  });
});

describe('with the script', () => {
  it('a return sent back is corrected where the reason stands, and accepted', async () => {
    await answer(system.municipality(code), `/api${place}`, report);
    const prefecture = await browsers.officer('prefecture', `${place}/review`);
    await prefecture.locator('input[name=question][value="profile.establishedOn"]').check();
    await press(prefecture, '差戻しへ進む');
    await press(prefecture, '差し戻す');
    await prefecture.locator('.error-summary:focus').waitFor();
    await prefecture.locator('#comment').fill('設置年月を確認してください。');
    await prefecture.locator('#reason-0').fill('要綱では平成20年です。');
    await press(prefecture, '差し戻す');

    const town = await browsers.officer('first', '/');
    expect(await town.locator('.card--attention').textContent()).toContain('設置年月を確認してください。');
    await follow(town.locator('.card--attention a'));
    await press(town, /設置年月/, 'link');
    expect(new URL(town.url()).hash).toBe('#profile.establishedOn');
    const question = town.locator('[data-question="profile.establishedOn"]');
    expect(await question.textContent()).toContain('要綱では平成20年です。');
    expect(await question.textContent()).toContain('提出時の回答：平成21年4月');
    await question.locator('.input--date').fill('平成20年4月');
    await press(town, '一時保存する');
    await town.goto(`${place}/check`);
    await giveReasons(town);
    await press(town, '県に提出する');
    expect(await heading(town)).toBe('提出しました');

    await prefecture.goto(`${place}/review`);
    expect(await prefecture.locator('main').textContent()).toContain('平成20年4月');
    await press(prefecture, /確認済にする$/);
    expect(await prefecture.locator('main').textContent()).toContain('確認済にしました。');
    await town.goto('/');
    expect(await town.locator('main').textContent()).toContain('確認済');
    expect((await stored()).answers.profile.establishedOn).toBe('2008-04');
  });

  it('two windows on one section: nothing is overwritten before somebody has chosen', async () => {
    await save();
    const address = `${place}/sections/profile`;
    const mine = await browsers.officer('first', address);
    const theirs = await browsers.officer('second', address);
    await theirs.locator('[id="profile.purpose"]').fill('係長の文章');
    await press(theirs, '一時保存する');
    await mine.locator('[id="profile.purpose"]').fill('主任の文章');
    await press(mine, '一時保存する');
    expect(await heading(mine)).toBe('他の人が先に保存しました');
    expect((await stored()).answers.profile.purpose).toBe('係長の文章');
    await mine.getByRole('radio', { name: /自分の入力/ }).check();
    await press(mine, '選んだ内容で保存する');
    expect((await stored()).answers.profile.purpose).toBe('主任の文章');
  });

  it('a session that ends in the middle of a sentence: the sentence is there after signing in', async () => {
    await save();
    const address = `${place}/sections/profile`;
    browsers.forget('first');
    const page = await browsers.officer('first', address);
    browsers.forget('first');
    await page.locator('[id="profile.purpose"]').fill('書きかけの\n文章');
    await endSession(page);
    await press(page, '一時保存する');
    expect(await page.locator('main').textContent()).toContain('入力内容は一時的に預かっています');
    await press(page, '玉村町主任');
    expect(new URL(page.url()).pathname).toBe(address);
    expect(await page.locator('[id="profile.purpose"]').inputValue()).toBe('書きかけの\n文章');
    await press(page, '一時保存する');
    expect((await stored()).answers.profile.purpose).toBe('書きかけの\n文章');
  });

  it('what is typed is saved without a press, and says when', async () => {
    await save();
    const page = await browsers.officer('first', `${place}/sections/profile`);
    await page.locator('[id="profile.purpose"]').fill('そのまま保存');
    await expect
      .poll(() => page.locator('[data-save-state]').textContent(), { timeout: 10_000 })
      .toMatch(/^保存済み \d\d:\d\d$/);
    expect((await stored()).answers.profile.purpose).toBe('そのまま保存');
  });

  it('what could not be saved is said at once, and at its field once that is left', async () => {
    await save();
    const page = await browsers.officer('first', `${place}/sections/profile`);
    await page.locator('[id="profile.organisations"]').fill('三十くらい');
    await expect
      .poll(() => page.locator('[data-save-state]').textContent(), { timeout: 10_000 })
      .toContain('1項目は保存されていません');
    const error = page.locator('[data-question="profile.organisations"] .error-message');
    expect(await error.count()).toBe(0);
    await page.keyboard.press('Tab');
    await error.waitFor();
  });

  it('the total runs beside the number that it must equal', async () => {
    await save();
    const page = await browsers.officer('first', `${place}/sections/bodies/entries/steering`);
    await page.locator('input[data-part="bodies.steering.composition"]').nth(0).fill('１２');
    await page.locator('input[data-part="bodies.steering.composition"]').nth(1).fill('3');
    expect(Number.parseInt((await page.locator('output.total').textContent()) ?? '', 10)).toBeGreaterThanOrEqual(15);
    expect(await page.locator('output.total--differs').count()).toBe(1);
    // Leaving without a save would lose it: the page asks.
    await expect.poll(() => page.locator('[data-save-state]').textContent(), { timeout: 10_000 }).toMatch(/^保存済み/);
  });
});
