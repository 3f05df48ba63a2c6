/** A return filled in with Excel through the pages, without a script. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filledWorkbook } from '../../support/filled-workbook.ts';
import { fieldIn, TestBrowser, words } from '../support/browser.ts';
import type { Loaded } from '../support/browser.ts';
import { directoryFixture, ok, openRound, openSystem } from '../support/fixtures.ts';

import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';

const unit = '112011';
const address = `/rounds/R6/returns/municipal-survey/${unit}`;

let system: TestSystem;
let browser: TestBrowser;
let file: Uint8Array;

beforeAll(async () => {
  system = await startTestSystem({ accounts: [{ id: 'officer', name: '担当者', groups: [`unit-${unit}`] }] });
  await openSystem(system, await directoryFixture('saitama-r6'), 'R6', openRound({ 'municipal-survey': 2024 }));
  browser = new TestBrowser(system.url);
  await browser.signIn('officer');
  file = new Uint8Array(await (await browser.request(`${address}/workbook/file`)).arrayBuffer());
});

afterAll(() => system.stop());

async function send(bytes: Uint8Array, more: Readonly<Record<string, string>> = {}): Promise<Loaded> {
  const form = await browser.open(`${address}/workbook`);
  const body = new FormData();
  body.set('csrf', fieldIn(form, 'csrf'));
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  body.set('file', new Blob([new Uint8Array(bytes)]), '回答.xlsx');
  return browser.open(`${address}/workbook`, {
    method: 'POST',
    body,
    headers: { origin: system.url, 'sec-fetch-site': 'same-origin' },
  });
}

async function stored(): Promise<unknown> {
  return ok(await system.municipality(unit).get(`/api${address}`)).json().answers;
}

describe('the page for filling in with Excel', () => {
  it('is reached from the return, and offers the file', async () => {
    expect(words(await browser.open(address))).toContain('Excelで記入する');
    expect(words(await browser.open(`${address}/workbook`))).toContain('記入用のExcelファイルをダウンロードする');
  });

  it('lists what is wrong by sheet and cell, and saves nothing', async () => {
    const shown = await send(
      await filledWorkbook(file, { 'establishment.status': '検討中', 'establishment.form': '単独設置' }),
    );
    expect(shown.status).toBe(422);
    expect(words(shown)).toMatch(/市町村自立支援協議会の設置状況 E6 .*選択肢にない回答です。/u);
    expect(await stored()).toEqual({});
    expect(words(await send(Buffer.from('a,b')))).toContain('Excelのファイルとして読み取れません。');
    expect(await stored()).toEqual({});
  });

  it('saves what was filled in and tells it beside what was there, but nothing over what others saved since', async () => {
    const filled = await filledWorkbook(file, { 'establishment.status': '設置済', 'contact.department': '障害福祉課' });
    const shown = await send(filled);
    expect(shown.status).toBe(200);
    expect(words(shown)).toMatch(/ファイルの内容を保存しました。.*障害福祉課/u);
    const answers = { contact: { department: '障害福祉課' }, establishment: { status: 'established' } };
    expect(await stored()).toEqual(answers);
    expect(words(await send(filled))).toContain('違いはありませんでした');

    const path = `/api${address}/sections/contact`;
    const { headers } = ok(await system.municipality(unit).get(path));
    const theirs = { answers: { department: '福祉課' } };
    ok(await system.municipality(unit).put(path, theirs, { 'if-match': headers.get('etag') ?? '' }));
    const conflict = await send(filled);
    expect(conflict.status).toBe(412);
    expect(words(conflict)).toMatch(/ファイルの作成後に保存された回答.*福祉課/u);
    expect(await stored()).toMatchObject({ contact: { department: '福祉課' } });
    const replaced = await send(filled, { replace: '1' });
    expect(words(replaced)).toContain('後に他の人が保存した回答を');
    expect(await stored()).toEqual(answers);
  });
});
