/**
 * The life of a prefecture's questionnaire, by officers who only click and type: from the Excel file that one of them
 * has written to the published report. What they should come to is counted here by hand.
 */

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryFixture, ok } from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { filledWorkbook } from '../support/filled-workbook.ts';
import { Browsers, press } from './support/browser.ts';

const title = '大雪時の相談支援体制に関する緊急照会';
const file = new URL('../fixtures/questionnaires/kinkyu-oyuki.xlsx', import.meta.url).pathname;

let system: TestSystem;
let browsers: Browsers;
let prefecture: Page;
let kawagoe: Page;
let kawaguchi: Page;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
      { id: 'kawagoe', name: '川越市担当', groups: ['unit-112011'] },
      { id: 'kawaguchi', name: '川口市担当', groups: ['unit-112038'] },
    ],
  });
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  browsers = await Browsers.launch(system.url);
  prefecture = await browsers.officer('prefecture', '/');
  kawagoe = await browsers.officer('kawagoe', '/');
  kawaguchi = await browsers.officer('kawaguchi', '/');
});
afterAll(async () => {
  expect(browsers.complaints).toEqual([]);
  await browsers.close();
  await system.stop();
});

async function words(page: Page): Promise<string> {
  return (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
}

async function type(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [id, text] of Object.entries(values)) await page.locator(`[id="${id}"]`).fill(text);
}

async function choose(page: Page, ...labels: readonly string[]): Promise<void> {
  for (const name of labels) await page.getByLabel(name, { exact: true }).check();
}

async function downloaded(page: Page, link: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link, exact: true }).click(),
  ]);
  return readFile(await download.path());
}

async function submit(page: Page): Promise<void> {
  await press(page, '県に提出する');
  expect(await page.locator('h1').innerText()).toBe('提出しました');
}

/** By way of the list of rounds and of its returns. */
async function review(unit: string): Promise<void> {
  await prefecture.goto('/');
  await press(prefecture, '大雪緊急照会', 'link');
  await press(prefecture, unit, 'link');
}

/** The lines of `summary.csv` that are of one question: option or measure, value and base. */
function figuresOf(summary: string, question: string): string[] {
  const [head = '', ...lines] = summary.replace('\uFEFF', '').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines
    .map((line) => new Map(line.split(',').map((cell, index) => [names[index] ?? '', cell])))
    .filter((row) => row.get('question') === question)
    .map((row) => `${row.get('option') || row.get('measure')}=${row.get('value')}/${row.get('base')}`);
}

/** The rows of the first table below a caption, cells parted by `|`. */
function tableBelow(report: string, caption: string): string[] {
  const [, table = ''] = new RegExp(`<caption>${caption}.*?</caption>([\\s\\S]*?)</table>`).exec(report) ?? [];
  return [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => cell).join('|'),
  );
}

describe('an urgent inquiry written in Excel', () => {
  it('is taken over, tried and adopted, and a round asks it', async () => {
    await press(prefecture, '調査票を見る・作る', 'link');
    await press(prefecture, '調査票を取り込む', 'link');
    await prefecture.locator('input[type=file]').setInputFiles(file);
    await press(prefecture, '取り込む');
    expect(await words(prefecture)).toContain('調査票を取り込みました');

    await press(prefecture, /試しに回答する/, 'link');
    await choose(prefecture, '行っていない');
    await press(prefecture, '回答を確かめる');
    expect(await words(prefecture)).toContain('「問1の2 行っていない理由」が未回答です');
    await press(prefecture, new RegExp(title), 'link');
    await press(prefecture, 'この調査票を採用する');

    await press(prefecture, '調査の一覧', 'link');
    await press(prefecture, '調査を作成する', 'link');
    await type(prefecture, {
      'field-id': 'K7',
      'field-name': '大雪緊急照会',
      'field-fiscalYear': '令和6年度',
      'field-referenceDate': '令和7年2月10日',
      'field-period.from': '令和7年2月',
      'field-period.to': '令和7年2月',
      'field-opensAt': '令和7年2月10日',
      'field-dueAt': '令和30年2月28日',
    });
    await prefecture.getByLabel(title).selectOption({ label: '2025年版' });
    await press(prefecture, '調査を作成する');
    expect(await prefecture.locator('h1').innerText()).toBe('大雪緊急照会');
  });

  it('is answered on the pages', async () => {
    await kawagoe.goto('/');
    await press(kawagoe, new RegExp(title), 'link');
    await press(kawagoe, '大雪時の対応', 'link');
    await choose(kawagoe, '行っていない');
    await type(kawagoe, { 'q.whyNot': '被害がなかったため。', 'q.by': '令和7年11月' });
    await press(kawagoe, '保存して次へ進む');
    await submit(kawagoe);
  });

  it('is answered by a program', async () => {
    const api = '/api/rounds/K7/returns/kinkyu-oyuki/112020';
    const answers = { q: { contacted: 'partly', persons: 80, means: ['provider'], by: '2025-12-10' } };
    ok(await system.municipality('112020').put(api, { answers }, { 'if-none-match': '*' }));
    ok(await system.municipality('112020').post(`${api}/submission`));
  });

  it('is answered in Excel, and the reason asked for is given on the page', async () => {
    await kawaguchi.goto('/');
    await press(kawaguchi, new RegExp(title), 'link');
    await press(kawaguchi, 'Excelで記入する', 'link');
    const filled = await filledWorkbook(await downloaded(kawaguchi, '記入用のExcelファイルをダウンロードする'), {
      'q.contacted': '一部行った',
      'q.persons': '５，２００人',
      'q.means.phone': '○',
      'q.means.other': '〇',
      'q.meansOther': '防災無線',
    });
    const upload = { name: '回答.xlsx', mimeType: '', buffer: Buffer.from(filled) };
    await kawaguchi.locator('input[type=file]').setInputFiles(upload);
    await press(kawaguchi, '取り込む');
    expect(await words(kawaguchi)).toContain('ファイルの内容を保存しました');
    await press(kawaguchi, '提出前の確認へ進む', 'link');
    expect(await words(kawaguchi)).toContain('人数が5,000人を超えています');
    await choose(kawaguchi, '名簿登載者全員に行ったため');
    await submit(kawaguchi);
  });

  it('is sent back with a reason, corrected where the reason stands, and accepted', async () => {
    await review('川越市');
    await prefecture.locator('input[name=question][value="q.contacted"]').check();
    await press(prefecture, '差戻しへ進む');
    await type(prefecture, { comment: '防災担当に確認してください。', 'reason-0': '防災担当は行ったとしています。' });
    await press(prefecture, '差し戻す');

    await kawagoe.goto('/');
    await press(kawagoe, new RegExp(title), 'link');
    await press(kawagoe, /問1\s安否確認を行ったか/, 'link');
    expect(await words(kawagoe)).toContain('防災担当は行ったとしています。 提出時の回答：行っていない');
    await choose(kawagoe, '行った', '電話', '訪問');
    await type(kawagoe, { 'q.persons': '１５０' });
    await press(kawagoe, '保存して次へ進む');
    expect(await words(kawagoe)).toMatch(/取り除かれます。 大雪時の対応 問1の2 行っていない理由/);
    await submit(kawagoe);

    for (const unit of ['川越市', '熊谷市', '川口市']) {
      await review(unit);
      await press(prefecture, '確認済にする');
      expect(await words(prefecture)).toContain('確認済にしました。');
    }
  });

  it('is exported and published, with the figures of a hand count', async () => {
    await press(prefecture, '集計', 'link');
    await press(prefecture, '大雪時の対応', 'link');
    expect(await words(prefecture)).toMatch(
      /行った 名称を見る 1市 33.3％ 一部行った 名称を見る 2市 66.7％ 行っていない 0市町村 0.0％/,
    );
    expect(await words(prefecture)).toContain('5,430人 1810.0 150 80 5,200 3');

    await press(prefecture, '出力・公表', 'link');
    await press(prefecture, '今すぐ出力する');
    await prefecture.getByRole('link', { name: /公表版/ }).waitFor();
    await press(prefecture, /公表版/, 'link');
    await press(prefecture, '公表版を確定する');
    expect(await words(prefecture)).toContain('公表版 第1版を確定しました。');

    // 150 of Kawagoe, 80 of Kumagaya, 5,200 of Kawaguchi.
    const summary = (await downloaded(prefecture, 'public/summary.csv')).toString();
    expect(figuresOf(summary, 'q.contacted')).toEqual(['yes=1/3', 'partly=2/3', 'no=0/3']);
    expect(figuresOf(summary, 'q.persons')).toEqual([
      'sum=5430/3',
      'mean=1810/3',
      'median=150/3',
      'min=80/3',
      'max=5200/3',
    ]);
    expect(figuresOf(summary, 'q.means')).toEqual([
      'phone=2/3',
      'visit=1/3',
      'provider=1/3',
      'commissioner=0/3',
      'other=1/3',
    ]);
    expect(summary).not.toContain('q.whyNot');

    const report = (await downloaded(prefecture, 'public/report.html')).toString();
    expect(tableBelow(report, '問1　安否確認を行ったか')).toEqual([
      '選択肢|数（市町村）|割合',
      '行った|1市|33.3％',
      '一部行った|2市|66.7％',
      '行っていない|0|0.0％',
    ]);
    expect(tableBelow(report, '問1の1　安否確認を行った人数').at(-1)).toContain('|3|5,430|1810.0|150|80|5,200');
    expect(tableBelow(report, '問2　安否確認の手段')).toContain('その他|1市|33.3％');
    expect(report).not.toContain('被害がなかったため');
    const answers = (await downloaded(prefecture, 'public/kinkyu-oyuki.csv')).toString();
    expect(answers).not.toContain('5200');
  });
});
