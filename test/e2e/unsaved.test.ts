/** What the script says of fields and of text that is not stored, in a real window. */

/// <reference lib="dom" />

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { directoryFixture, openRound, openSystem } from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { Browsers, press, signIn } from './support/browser.ts';

const address = '/rounds/R6/returns/municipal-survey/112011/sections/consultation';

let system: TestSystem;
let browsers: Browsers;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'first', name: '川越市', groups: ['unit-112011'] },
      { id: 'second', name: '川越市 係長', groups: ['unit-112011'] },
    ],
  });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
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

function errorOf(page: Page, path: string): Promise<string | null> {
  return page.locator(`[id="${path}-error"]`).textContent();
}

/** Whether the browser asks before it leaves the page. */
async function asksBeforeLeaving(page: Page): Promise<boolean> {
  let asks = false;
  page.once('dialog', (dialog) => {
    asks = dialog.type() === 'beforeunload';
    void dialog.accept();
  });
  await page.goto('/');
  return asks;
}

describe('a field left', () => {
  it('is checked at once, and the message goes when the text is put right', async () => {
    const page = await browsers.officer('first', address);
    const field = page.locator('[id="consultation.commissioned"]');
    await field.fill('12回くらい');
    await field.blur();
    expect(await errorOf(page, 'consultation.commissioned')).toContain('数として読み取れません。');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('１２');
    await field.blur();
    expect(await page.locator('[id="consultation.commissioned-error"]').count()).toBe(0);
  });
});

describe('leaving a page', () => {
  it('is asked about while something typed is not saved, and not afterwards', async () => {
    const page = await browsers.officer('first', address);
    await page.locator('[id="consultation.children"]').fill('3');
    expect(await asksBeforeLeaving(page)).toBe(true);
    await page.goto(address);
    await page.locator('[id="consultation.children"]').fill('3');
    await page.getByText('保存済み').waitFor();
    expect(await asksBeforeLeaving(page)).toBe(false);
  });

  it('is asked about on a page that came back with what could not be saved', async () => {
    const page = await browsers.officer('first', address);
    await page.locator('[id="consultation.specific"]').fill('いくつか');
    await press(page, '一時保存する');
    await page.locator('[id="consultation.specific"]').click();
    expect(await page.getByText('未保存の入力があります').count()).toBe(1);
    expect(await asksBeforeLeaving(page)).toBe(true);
  });
});

describe('the line that says what is saved', () => {
  it('keeps its promise where the cookies are lost while somebody types', async () => {
    const page = await browsers.officer('second', address);
    await page.context().clearCookies();
    await page.locator('[id="consultation.commissioned"]').fill('7');
    await page.getByText('入力した内容は失われません').waitFor();
    await press(page, '一時保存する');
    await page.getByText('入力内容は一時的に預かっています').waitFor();
    await signIn(page, 'second', new URL(page.url()).searchParams.get('returnTo') ?? '');
    expect(await page.locator('[id="consultation.commissioned"]').inputValue()).toBe('7');
    await press(page, '一時保存する');
    await page.getByText('保存しました').waitFor();
  });
});
