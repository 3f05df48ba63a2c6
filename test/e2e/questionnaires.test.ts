/** The prefecture's questionnaires in the browser: how many clicks they take, and that their pages are as all others. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { directoryFixture, ok } from '../integration/support/fixtures.ts';
import { xlsx } from '../support/xlsx.ts';
import { Browsers, press } from './support/browser.ts';
import { tooWide, violations } from './support/page-checks.ts';

let system: TestSystem;
let browsers: Browsers;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [{ id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] }],
  });
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  browsers = await Browsers.launch(system.url);
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});

/** An officer whose clicks are counted; from field to field she goes by keyboard. */
class Clicks {
  count = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(name: string, role: 'button' | 'link' = 'button'): Promise<void> {
    this.count += 1;
    await press(this.#page, name, role);
  }

  /** Choosing from a list takes two. */
  async choose(field: string, label: string): Promise<void> {
    this.count += 2;
    await this.#page.locator(`[id="field-${field}"]`).selectOption({ label });
  }

  async type(field: string, text: string): Promise<void> {
    await this.#page.locator(`[id="field-${field}"]`).fill(text);
  }
}

describe('an urgent inquiry of five questions', () => {
  it('takes at most 25 clicks from the home page until it is asked', async () => {
    const page = await browsers.officer('prefecture', '/');
    const officer = new Clicks(page);
    await officer.press('緊急照会を作る', 'link');
    await officer.type('title', '大雪時の相談支援体制に関する緊急照会');
    await officer.type('dueAt', '令和20年2月14日');
    await officer.type('questions.0.label', '安否確認を行ったか');
    await officer.type('questions.0.options', '行った\n行っていない');
    const further = [
      ['数', '安否確認を行った人数'],
      ['複数選択', '安否確認の手段'],
      ['日付', '次の点検の予定時期'],
      ['文章', '行っていない理由'],
    ] as const;
    for (const [index, [kind, label]] of further.entries()) {
      await officer.press('質問を追加する');
      await officer.type(`questions.${index + 1}.label`, label);
      await officer.choose(`questions.${index + 1}.kind`, kind);
      if (kind === '数') await officer.type(`questions.${index + 1}.unit`, '人');
      if (kind === '複数選択') await officer.type(`questions.${index + 1}.options`, '電話\n訪問\nその他');
    }
    await officer.press('内容を確かめる');
    expect(await page.locator('h1').innerText()).toBe('照会の内容の確認');
    expect(await violations(page)).toEqual([]);
    await officer.press('この内容で照会を始める');
    expect(await page.locator('h1').innerText()).toBe('大雪時の相談支援体制に関する緊急照会');
    expect(officer.count).toBeLessThanOrEqual(25);
  });
});

describe('an XLSForm', () => {
  it('is looked at before it is taken over, on a page like all others', async () => {
    const page = await browsers.officer('prefecture', '/forms');
    const officer = new Clicks(page);
    await page.goto('/forms/import');
    const buffer = await xlsx({
      survey: [
        ['type', 'name', 'label', 'appearance'],
        ['begin group', 'drills', '訓練'],
        ['integer', 'drill_count', '実施回数（回）', 'spinner'],
        ['geopoint', 'place', '訓練の場所'],
        ['end group'],
      ],
      settings: [
        ['form_title', 'form_id', 'version'],
        ['訓練の調査', 'kunren', '2025'],
      ],
    });
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await page.locator('[name="file"]').setInputFiles({ name: 'kunren.xlsx', mimeType, buffer: Buffer.from(buffer) });
    await officer.press('取り込む');
    expect(await page.locator('h1').innerText()).toBe('XLSFormの取込みの確認');
    await page.locator('summary').filter({ hasText: '名前から付けた識別子' }).click();
    expect(await violations(page)).toEqual([]);
    for (const width of [360, 1280]) expect([width, await tooWide(page, width)]).toEqual([width, []]);
    await officer.press('この内容で取り込む');
    expect(await page.locator('h1').innerText()).toContain('訓練の調査');
  });
});
