/** What officers do with a questionnaire, in clicks and typing, whichever it is; and how its figures are read. */

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { press } from './browser.ts';

export async function words(page: Page): Promise<string> {
  return (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
}

export async function type(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [id, text] of Object.entries(values)) await page.locator(`[id="${id}"]`).fill(text);
}

export async function choose(page: Page, ...labels: readonly string[]): Promise<void> {
  for (const name of labels) await page.getByLabel(name, { exact: true }).check();
}

export async function downloaded(page: Page, link: string | RegExp): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link, exact: true }).first().click(),
  ]);
  return readFile(await download.path());
}

export async function upload(page: Page, name: string, buffer: Buffer, button = '取り込む'): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer });
  await press(page, button);
}

export async function submit(page: Page): Promise<void> {
  await press(page, '県に提出する');
  expect(await page.locator('h1').innerText()).toBe('提出しました');
}

interface Questionnaire {
  readonly title: string;
  readonly file: string;
}

/** From the home page. Ends at the trial. */
export async function takeOver(prefecture: Page, { file }: Questionnaire): Promise<void> {
  await prefecture.goto('/');
  await press(prefecture, '調査票を見る・作る', 'link');
  await press(prefecture, '調査票を取り込む', 'link');
  const bytes = await readFile(new URL(`../../fixtures/questionnaires/${file}`, import.meta.url));
  await upload(prefecture, file, bytes);
  expect(await words(prefecture)).toContain('調査票を取り込みました');
  await press(prefecture, /試しに回答する/, 'link');
}

interface Asked {
  readonly id: string;
  readonly name: string;
  readonly fiscalYear: string;
  readonly referenceDate: string;
  readonly from: string;
  readonly to: string;
}

/** From the trial. Adopts the questionnaire, and makes a round that asks it. */
export async function adoptAndAsk(prefecture: Page, { title }: Questionnaire, round: Asked): Promise<void> {
  await press(prefecture, new RegExp(title), 'link');
  await press(prefecture, 'この調査票を採用する');
  await press(prefecture, 'この調査票で調査を作成する', 'link');
  expect(await prefecture.getByLabel(title).inputValue()).toBe('2025');
  await prefecture.locator('summary').filter({ hasText: '技術的な情報' }).click();
  await type(prefecture, {
    'field-id': round.id,
    'field-name': round.name,
    'field-fiscalYear': round.fiscalYear,
    'field-referenceDate': round.referenceDate,
    'field-period.from': round.from,
    'field-period.to': round.to,
    'field-opensAt': round.referenceDate,
    'field-dueAt': '令和30年2月28日',
  });
  await press(prefecture, '調査を作成する');
  expect(await prefecture.locator('h1').innerText()).toBe(round.name);
}

/** From the home page. */
export async function openReturn(page: Page, { title }: Pick<Questionnaire, 'title'>): Promise<void> {
  await page.goto('/');
  await press(page, new RegExp(title), 'link');
}

/** By way of the list of rounds and of its returns. */
export async function review(prefecture: Page, round: string, unit: string): Promise<void> {
  await prefecture.goto('/');
  await press(prefecture, round, 'link');
  await press(prefecture, unit, 'link');
}

export async function sendBack(
  prefecture: Page,
  questions: readonly string[],
  comment: string,
  reason: string,
): Promise<void> {
  for (const question of questions) await prefecture.locator(`input[name=question][value="${question}"]`).check();
  await press(prefecture, '差戻しへ進む');
  await type(prefecture, { comment, ...Object.fromEntries(questions.map((_, index) => [`reason-${index}`, reason])) });
  await press(prefecture, '差し戻す');
}

export async function acceptAll(prefecture: Page, round: string, units: readonly string[]): Promise<void> {
  for (const unit of units) {
    await review(prefecture, round, unit);
    await press(prefecture, /確認済にする$/);
    expect(await words(prefecture)).toContain('確認済にしました。');
  }
}

/** From a page of the round. Ends at the list of what was exported. */
export async function exportAndPublish(prefecture: Page): Promise<void> {
  await press(prefecture, '出力・公表', 'link');
  await press(prefecture, '今すぐ出力する');
  // Every return is read for it, on a machine that may be busy.
  await prefecture.getByRole('link', { name: /公表版/ }).waitFor({ timeout: 60_000 });
  await press(prefecture, /公表版/, 'link');
  await press(prefecture, '公表版を確定する');
  expect(await words(prefecture)).toContain('公表版 第1版を確定しました。');
  // Files of programs are folded.
  for (const folded of await prefecture.getByText(/^プログラム用のファイル/).all()) await folded.click();
}

/** The lines of `summary.csv` that are of one question: option or measure, value and base. */
export function figuresOf(summary: string, question: string): string[] {
  const [head = '', ...lines] = summary.replace('\uFEFF', '').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines
    .map((line) => new Map(line.split(',').map((cell, index) => [names[index] ?? '', cell])))
    .filter((row) => row.get('question') === question)
    .map((row) => `${row.get('option') || row.get('measure')}=${row.get('value')}/${row.get('base')}`);
}

/** The rows of the first table below a caption, cells parted by `|`. */
export function tableBelow(report: string, caption: string): string[] {
  const [, table = ''] = new RegExp(`<caption>${caption}.*?</caption>([\\s\\S]*?)</table>`).exec(report) ?? [];
  return [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => cell).join('|'),
  );
}
