/** Lists as tables in a browser: rows by keyboard and button, cells pasted from Excel, a way back, nothing wider than a telephone. */

/// <reference lib="dom" />

import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { directoryFixture, ok, openRound, openSystem } from '../integration/support/fixtures.ts';
import { startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { adoptTabled } from '../integration/support/tabled-form.ts';
import { Browsers, follow } from './support/browser.ts';
import { copy } from './support/excel-clipboard.ts';
import { tooWide, violations } from './support/page-checks.ts';

let system: TestSystem;
let browsers: Browsers;
let codes: readonly string[];
let left: number;

beforeAll(async () => {
  const directory = await directoryFixture('saitama-r6');
  codes = directory.municipalities.map(({ code }) => code);
  left = codes.length;
  system = await startTestSystem({
    // One for all municipalities signs in once.
    accounts: [{ id: 'everyone', name: '担当者', groups: codes.map((code) => `unit-${code}`) }],
  });
  await adoptTabled(system);
  await openSystem(system, directory, 'R7', openRound({ tabled: 2025 }, { asOf: {} }));
  browsers = await Browsers.launch(system.url);
});
afterEach(() => browsers.closeWindows());
afterAll(async () => {
  await browsers.close();
  await system.stop();
});

interface Desk {
  readonly page: Page;
  readonly place: string;
  /** The answers once they are as wanted; whatever they are after a while otherwise. */
  readonly stored: (section: string, wanted: unknown) => Promise<unknown>;
}

/** The desk of a municipality that has not answered yet. */
async function desk(section: string, options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Desk> {
  left -= 1;
  const code = codes[left] ?? '';
  const place = `/rounds/R7/returns/tabled/${code}`;
  const page = await browsers.officer('everyone', `${place}/sections/${section}`, options);
  const read = async (key: string): Promise<unknown> => {
    const reply = await system.municipality(code).get(`/api${place}`);
    return reply.status === 200 ? unnamed(reply.json().answers[key]) : undefined;
  };
  const stored = async (key: string, wanted: unknown): Promise<unknown> => {
    // The script saves when nothing was typed for 1.5 s: asked every 50 ms, the server works for the question alone.
    await expect.poll(() => read(key), { timeout: 10_000, interval: 250 }).toEqual(wanted);
    return read(key);
  };
  return { page, place, stored };
}

/** Without the names of entries. */
function unnamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unnamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key === 'id' ? [] : [[key, unnamed(each)]])),
  );
}

/** The rows of the section's own table. */
function rowsOf(page: Page): Locator {
  return page.locator('[data-rows="staff"] > .table-scroll > table > tbody');
}

function cell(row: Locator, key: string): Locator {
  return row.locator(
    `> tr > td > :is(input, select, textarea)[name$=".${key}"], > tr > td > .field-row [name$=".${key}"]`,
  );
}

/** A button of the row itself, not of a table in it. */
function button(row: Locator, verb: 'up' | 'copy' | 'remove'): Locator {
  return row.locator(`> tr > .row__buttons > .row__${verb}`);
}

/** Pastes with the keyboard what a program put on the clipboard. */
async function paste(
  page: Page,
  at: Locator,
  clipboard: { readonly html?: string; readonly text: string },
): Promise<void> {
  await copy(page, clipboard);
  await at.focus();
  await page.keyboard.press('Control+v');
}

describe('a table', () => {
  it('takes a row at Enter in the last one, and goes on below in others', async () => {
    const { page, stored } = await desk('staff');
    const rows = rowsOf(page);
    await cell(rows.nth(0), 'name').focus();
    for (const name of ['甲', '乙', '丙']) {
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
    }
    expect(await rows.count()).toBe(4);
    await cell(rows.nth(0), 'since').focus();
    await page.keyboard.type('令和６年４月');
    await page.keyboard.press('Enter');
    await page.keyboard.type('R5.4');
    await stored('staff', [{ name: '甲', since: '2024-04' }, { name: '乙', since: '2023-04' }, { name: '丙' }]);
    expect(await rows.count()).toBe(4);
  });

  it('is added to, moved in, copied and removed from in place, with a way back', async () => {
    const { page, stored } = await desk('staff');
    const rows = rowsOf(page);
    await cell(rows.nth(0), 'name').fill('甲');
    await page.locator('button[value="add:staff"]').click();
    await cell(rows.nth(1), 'name').fill('乙');
    await rows.nth(1).locator('[name$=".place"]').fill('役場');
    await button(rows.nth(1), 'up').click();
    await button(rows.nth(0), 'copy').click();
    await stored('staff', [
      { name: '乙', visits: [{ place: '役場' }] },
      { name: '乙', visits: [{ place: '役場' }] },
      { name: '甲' },
    ]);
    await button(rows.nth(0), 'remove').click();
    expect(await page.locator('[data-voice]').textContent()).toContain('1件目を削除しました。');
    await stored('staff', [{ name: '乙', visits: [{ place: '役場' }] }, { name: '甲' }]);
    // The way back has the focus.
    await page.keyboard.press('Enter');
    await stored('staff', [
      { name: '乙', visits: [{ place: '役場' }] },
      { name: '乙', visits: [{ place: '役場' }] },
      { name: '甲' },
    ]);
    expect(new URL(page.url()).hash).toBe('');
  });

  it('asks in a row what its other cells say, and shows what is not asked', async () => {
    const { page } = await desk('staff');
    const row = rowsOf(page).nth(0);
    const days = row.locator('td[data-question$=".days"]');
    expect(await days.getAttribute('hidden')).toBe('');
    expect(await days.evaluate((element) => getComputedStyle(element, '::before').content)).toBe('"回答不要"');
    await cell(row, 'trade').selectOption({ label: '看護師' });
    expect(await days.getAttribute('hidden')).toBeNull();
    await page.locator('button[value="add:staff"]').click();
    expect(await rowsOf(page).nth(1).locator('td[data-question$=".days"]').getAttribute('hidden')).toBe('');
  });

  it('takes no more rows than it may have, and says so', async () => {
    const { page } = await desk('staff');
    for (let count = 0; count < 6; count += 1) await page.locator('button[value="add:staff"]').click();
    expect(await rowsOf(page).count()).toBe(6);
    expect(await page.locator('[data-voice]').textContent()).toBe('6件まで記入できます。');
  });

  it('is added to while something else on the page is wrong', async () => {
    const { page } = await desk('staff');
    await cell(rowsOf(page).nth(0), 'since').fill('いつか');
    await page.locator('button[value="add:staff"]').click();
    expect(await rowsOf(page).count()).toBe(2);
    const without = await desk('staff', { javaScriptEnabled: false });
    await cell(rowsOf(without.page).nth(0), 'since').fill('いつか');
    await follow(without.page.locator('button[value="add:staff"]'));
    expect(await rowsOf(without.page).count()).toBe(2);
    expect(await cell(rowsOf(without.page).nth(0), 'since').inputValue()).toBe('いつか');
    const added = (await rowsOf(without.page).nth(1).getAttribute('id')) ?? '';
    expect(await without.page.evaluate(() => document.activeElement?.closest('[data-row]')?.id)).toBe(added);
  });
});

describe('cells of Excel', () => {
  const table = (rows: readonly (readonly string[])[]): string =>
    `<html><body><table><!--StartFragment-->${rows
      .map((row) => `<tr>${row.map((each) => `<td>${each.replaceAll('\n', '<br>')}</td>`).join('')}</tr>`)
      .join('')}<!--EndFragment--></table></body></html>`;
  const text = (rows: readonly (readonly string[])[]): string =>
    rows
      .map(
        (row) =>
          `${row.map((each) => (each.includes('\n') ? `"${each.replaceAll('"', '""')}"` : each)).join('\t')}\r\n`,
      )
      .join('');

  it('fill rows and columns, read as typed; what does not fit is said, and can be taken back', async () => {
    const { page, stored } = await desk('staff');
    const rows = rowsOf(page);
    await cell(rows.nth(0), 'name').fill('前の人');
    const block = [
      ['甲', '看護師', '１２日', '令和６年４月', '計画、訪問'],
      ['乙', '事務', '', 'R5.4', '○'],
      ['丙', '相談支援専門員', '', '2024/4/1', '訪問'],
    ];
    await paste(page, cell(rows.nth(0), 'name'), { html: table(block), text: text(block) });
    expect(await rows.count()).toBe(3);
    const said = page.locator('.undo');
    expect(await said.textContent()).toContain('次の2個は貼り付けていません。');
    expect(await said.locator('li').allTextContents()).toEqual([
      '2件目 職種：「事務」は選べません',
      '2件目 業務：「○」は選べません',
    ]);
    await stored('staff', [
      { name: '甲', trade: 'nurse', days: 12, since: '2024-04', tasks: ['plan', 'visit'] },
      { name: '乙', since: '2023-04' },
      { name: '丙', trade: 'worker', since: '2024-04-01', tasks: ['visit'] },
    ]);
    await said.getByRole('button', { name: '元に戻す' }).click();
    await stored('staff', [{ name: '前の人' }]);
    expect(await rows.count()).toBe(1);
  });

  it('in a column more go to the table in the row, a line to each of its rows', async () => {
    const { page, stored } = await desk('staff');
    const block = [['甲', '', '', '', '', '', '役場\n公民館', '余り', '余り']];
    await paste(page, cell(rowsOf(page).nth(0), 'name'), { html: table(block), text: text(block) });
    expect(await page.locator('.undo li').allTextContents()).toEqual([
      '8列目の列がありません：「余り」',
      '9列目の列がありません：「余り」',
    ]);
    await stored('staff', [{ name: '甲', visits: [{ place: '役場' }, { place: '公民館' }] }]);
    await page.locator('.undo').getByRole('button', { name: '元に戻す' }).click();
    await stored('staff', undefined);
  });

  it('beside merged cells go on in the table of the row above, a column to each of its columns', async () => {
    const { page, stored } = await desk('staff');
    const gap = ['', '', '', ''];
    const block = [
      ['甲', ...gap, '', '令和6年5月1日', '役場'],
      ['', ...gap, '', '令和6年6月1日', '公民館'],
      ['乙', ...gap, '', 'R6.7', '役場\n駅'],
    ];
    await paste(page, cell(rowsOf(page).nth(0), 'name'), { text: text(block) });
    await stored('staff', [
      {
        name: '甲',
        visits: [
          { on: '2024-05-01', place: '役場' },
          { on: '2024-06-01', place: '公民館' },
        ],
      },
      {
        name: '乙',
        visits: [
          { on: '2024-07', place: '役場' },
          { on: '2024-07', place: '駅' },
        ],
      },
    ]);
    await page.locator('.undo').getByRole('button', { name: '元に戻す' }).click();
    await stored('staff', undefined);
  });

  it('that are more than there is room for are named', async () => {
    const { page } = await desk('staff');
    const names = Array.from({ length: 8 }, (_, index) => [`第${index + 1}`]);
    await paste(page, cell(rowsOf(page).nth(0), 'name'), { text: text(names) });
    expect(await rowsOf(page).count()).toBe(6);
    expect(await page.locator('.undo li').allTextContents()).toEqual([
      '行が足りません（6件まで）：「第7」',
      '行が足りません（6件まで）：「第8」',
    ]);
  });

  it('keep their lines and marks of quotation', async () => {
    const { page, stored } = await desk('staff');
    const row = rowsOf(page).nth(0);
    await cell(row, 'name').fill('甲');
    const block = [
      ['令和6年5月1日', '役場\n"2階"'],
      ['令和6年6月', '公民館'],
    ];
    await paste(page, row.locator('[name$=".on"]'), { text: text(block) });
    await stored('staff', [
      {
        name: '甲',
        visits: [
          { on: '2024-05-01', place: '役場\n"2階"' },
          { on: '2024-06', place: '公民館' },
        ],
      },
    ]);
    await paste(page, row.locator('[name$=".place"]').last(), { text: '"一\n""二"""\r\n' });
    expect(await row.locator('[name$=".place"]').last().inputValue()).toContain('一\n"二"');
  });

  it('fill a column of counts, a table of counts and a table of options', async () => {
    const { page, stored } = await desk('figures');
    await paste(page, page.locator('[name="figures.members.medical"]'), { text: '３人\r\n4\r\n5\r\n' });
    expect(await page.locator('[data-total-of="figures.members"]').textContent()).toBe('12人');
    const posts = [
      ['1', '２'],
      ['3', 'x'],
    ];
    await paste(page, page.locator('[name="figures.posts.full.only"]'), { html: table(posts), text: text(posts) });
    expect(await page.locator('[id="figures.posts.part.also-error"]').count()).toBe(1);
    await paste(page, page.locator('[id="figures.issues.home"]'), { text: '○\t\t\r\n\t○\t\r\n' });
    await paste(page, page.locator('[name="figures.goals"]').first(), { text: '一\r\n二\r\n' });
    await stored('figures', {
      members: { medical: 3, school: 4, company: 5 },
      posts: { full: { only: 1, also: 2 }, part: { only: 3 } },
      issues: { home: 'wide', work: 'whole' },
      goals: ['一', '二'],
    });
  });
});

describe('a long table', () => {
  it('stays where the work is when a row is removed and brought back', async () => {
    const { page, place } = await desk('staff');
    const code = place.split('/').at(-1) ?? '';
    const visits = Array.from({ length: 5 }, (_, index) => ({ id: `v${index}`, place: `第${index + 1}` }));
    const staff = Array.from({ length: 6 }, (_, index) => ({ id: `s${index}`, name: `第${index + 1}`, visits }));
    ok(await system.municipality(code).put(`/api${place}`, { answers: { staff } }, { 'if-none-match': '*' }));
    await page.reload();
    const scrolled = (): Promise<number> => page.evaluate(() => window.scrollY);
    const row = rowsOf(page).nth(2);
    await button(row, 'remove').evaluate((element) => element.scrollIntoView({ block: 'center' }));
    const before = await scrolled();
    await button(row, 'remove').click();
    expect(
      await page.getByRole('button', { name: '元に戻す' }).evaluate((element) => element === document.activeElement),
    ).toBe(true);
    expect(await scrolled()).toBe(before);
    await page.keyboard.press('Enter');
    expect(await scrolled()).toBe(before);
    expect(await cell(rowsOf(page).nth(2), 'name').evaluate((element) => element === document.activeElement)).toBe(
      true,
    );
  });
});

describe('lines of text', () => {
  it('are added by Enter, moved, copied and removed with a way back', async () => {
    const { page, stored } = await desk('figures');
    await page.locator('[name="figures.goals"]').first().focus();
    for (const goal of ['一', '二']) {
      await page.keyboard.type(goal);
      await page.keyboard.press('Enter');
    }
    await stored('figures', { goals: ['一', '二'] });
    await page.locator('[data-rows="figures.goals"] > [data-row] > .row__buttons > .row__up').nth(1).click();
    await page.locator('[data-rows="figures.goals"] > [data-row] > .row__buttons > .row__copy').nth(0).click();
    await stored('figures', { goals: ['二', '二', '一'] });
    await page.locator('[data-rows="figures.goals"] > [data-row] > .row__buttons > .row__remove').nth(2).click();
    await stored('figures', { goals: ['二', '二'] });
    await page.getByRole('button', { name: '元に戻す' }).click();
    await stored('figures', { goals: ['二', '二', '一'] });
  });
});

describe('pages of tables', () => {
  it('are accessible and as narrow as a telephone, filled and empty', async () => {
    const { page, place } = await desk('staff');
    for (const section of ['staff', 'figures']) {
      await page.goto(`${place}/sections/${section}`);
      if (section === 'staff') {
        await cell(rowsOf(page).nth(0), 'trade').selectOption({ label: 'その他' });
        await cell(rowsOf(page).nth(0), 'since').fill('いつか');
        await page.locator('button[value="add:staff"]').click();
        await button(rowsOf(page).nth(1), 'remove').click();
      }
      expect(await violations(page)).toEqual([]);
      expect(await tooWide(page, 640)).toEqual([]);
      expect(await tooWide(page, 360)).toEqual([]);
      expect(await violations(page)).toEqual([]);
    }
    expect(browsers.complaints).toEqual([]);
  });
});
