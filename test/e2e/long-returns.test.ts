/** Returns that no page could hold at once: every page stays small, nothing is left out, and they can be submitted. */

/// <reference lib="dom" />

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directoryFixture, ok, openRound } from '../integration/support/fixtures.ts';
import { clientAt, startTestSystem } from '../integration/support/system.ts';
import type { TestSystem } from '../integration/support/system.ts';
import { Browsers } from './support/browser.ts';
import { longestReport, reportWithErrors, reportWithReasons } from './support/long-returns.ts';
import { tooWide, violations } from './support/page-checks.ts';

const mostBytes = 60_000;
const unit = '112321';
const council = 'c112321';
const place = (round: string): string => `/rounds/${round}/returns/council-report/${council}`;
const longest = longestReport();

let system: TestSystem;
let browsers: Browsers;
let town: Page;
let prefecture: Page;

beforeAll(async () => {
  system = await startTestSystem({
    accounts: [
      { id: 'town', name: '久喜市担当', groups: [`unit-${unit}`] },
      { id: 'prefecture', name: '埼玉県担当', groups: ['prefecture'] },
    ],
  });
  const officer = clientAt(
    system.url,
    async () => `Bearer ${await system.token({ sub: 'town', username: '久喜市担当', groups: [`unit-${unit}`] })}`,
  );
  ok(await system.prefecture.put('/api/directory', await directoryFixture('saitama-r6')));
  const returns = { R4: reportWithErrors(60), R5: reportWithReasons(40), R6: longest.answers };
  for (const [round, answers] of Object.entries(returns)) {
    ok(await system.prefecture.put(`/api/rounds/${round}`, openRound({ 'council-report': 2024 }, { asOf: {} })));
    ok(await officer.put(`/api${place(round)}`, { answers }, { 'if-none-match': '*' }));
  }
  browsers = await Browsers.launch(system.url);
  // Everything here works without the script.
  [town, prefecture] = await Promise.all([
    browsers.officer('town', '/', { javaScriptEnabled: false }),
    browsers.officer('prefecture', '/', { javaScriptEnabled: false }),
  ]);
});
afterAll(async () => {
  await browsers.close();
  await system.stop();
});

interface Part {
  readonly bytes: number;
  readonly text: string;
}

interface Walk {
  /** The link or button that leads to the next part. */
  readonly next: string | RegExp;
  /** Done on every part before going on. */
  readonly onEach?: (page: Page) => Promise<void>;
}

/** Every part of a page, from its first. */
async function walk(page: Page, address: string, { next, onEach }: Walk): Promise<Part[]> {
  await page.goto(address);
  const parts: Part[] = [];
  for (;;) {
    expect(parts.length).toBeLessThan(40);
    parts.push({ bytes: Buffer.byteLength(await page.content()), text: await page.locator('main').innerText() });
    await onEach?.(page);
    const target = page
      .getByRole('button', { name: next })
      .or(page.getByRole('link', { name: next }))
      .first();
    if ((await target.count()) === 0) return parts;
    await Promise.all([page.waitForEvent('load'), target.click()]);
  }
}

function tooLarge(parts: readonly Part[]): number[] {
  return parts.map(({ bytes }) => bytes).filter((bytes) => bytes > mostBytes);
}

/** The marks that the parts do not show at the beginning and at the end of their text. */
function missing(parts: readonly Part[]): string[] {
  const shown = parts.map(({ text }) => text).join('\n');
  return longest.marks.filter((mark) => shown.split(mark).length < 3);
}

/** Of the page at this address; looked at with the script, which the checks need. */
async function faults(account: 'town' | 'prefecture', address: string): Promise<string[]> {
  const page = await browsers.officer(account, address);
  const found = [...(await violations(page)), ...(await tooWide(page, 360))];
  await page.context().close();
  return found;
}

describe('the page before submission', () => {
  it('names errors as far as there is room, and says how many more there are', async () => {
    const parts = await walk(town, `${place('R4')}/check`, { next: '次の部分へ' });
    expect(tooLarge(parts)).toEqual([]);
    const [first] = parts;
    expect(first?.text).toContain('エラー（240件）');
    expect(first?.text).toMatch(/ほか\d+件は、上のエラーを修正すると表示されます。/);
    expect(parts.at(-1)?.text).toContain('エラーが240件あります');
    expect(await faults('town', `${place('R4')}/check`)).toEqual([]);
  });

  it('with forty questions for reasons takes them in parts, and none is lost on the way to the submission', async () => {
    const chosen: string[] = [];
    const parts = await walk(town, `${place('R5')}/check`, {
      next: '次の部分へ',
      onEach: async (page) => {
        for (const reason of await page.locator('fieldset.reason').all()) {
          chosen.push(await reason.locator('legend').innerText());
          await reason.getByText('欠員があるため').click();
        }
      },
    });
    expect(tooLarge(parts)).toEqual([]);
    expect(await faults('town', `${place('R5')}/check?part=1`)).toEqual([]);
    expect(new Set(chosen).size).toBe(40);
    expect(parts.length).toBeGreaterThan(1);
    // The button stands on the last part only.
    expect(parts.filter(({ text }) => text.includes('県に提出する'))).toHaveLength(1);
    await Promise.all([town.waitForEvent('load'), town.getByRole('button', { name: '県に提出する' }).click()]);
    expect(await town.locator('h1').textContent()).toBe('提出しました');
  });

  it('shows all answers of the longest return, in parts; a submission without the reasons leads to them on their part', async () => {
    const parts = await walk(town, `${place('R6')}/check`, { next: '次の部分へ' });
    expect(tooLarge(parts)).toEqual([]);
    expect(missing(parts)).toEqual([]);
    await Promise.all([town.waitForEvent('load'), town.getByRole('button', { name: '県に提出する' }).click()]);
    const link = town.locator('.error-summary a').first();
    await Promise.all([town.waitForURL(/part=0#/), link.click()]);
    expect(await town.locator('fieldset.reason').first().isVisible()).toBe(true);
  });
});

describe('the longest return', () => {
  it('is printed in numbered parts, and all of it', async () => {
    const parts = await walk(town, `${place('R6')}/print`, { next: '次のページ' });
    expect(tooLarge(parts)).toEqual([]);
    expect(missing(parts)).toEqual([]);
    parts.forEach(({ text }, index) => {
      expect(text).toContain(`（${index + 1} / ${parts.length}）`);
      expect(text).toContain('未提出（提出する内容の案）');
    });
    expect(await faults('town', `${place('R6')}/print?page=2`)).toEqual([]);
  });

  it('is submitted from its last part, and printed with the receipt and the hash on every part', async () => {
    await walk(town, `${place('R6')}/check`, {
      next: '次の部分へ',
      onEach: async (page) => {
        for (const reason of await page.locator('fieldset.reason').all())
          await reason.getByText('欠員があるため').click();
      },
    });
    await Promise.all([town.waitForEvent('load'), town.getByRole('button', { name: '県に提出する' }).click()]);
    expect(await town.locator('h1').textContent()).toBe('提出しました');
    const hash = await town.locator('code').innerText();
    const parts = await walk(town, `${place('R6')}/print`, { next: '次のページ' });
    expect(tooLarge(parts)).toEqual([]);
    for (const { text } of parts) expect(text).toContain(hash);
    const version = await walk(town, `${place('R6')}/history/1`, { next: '次のページ' });
    expect(tooLarge(version)).toEqual([]);
    expect(missing(version)).toEqual([]);
  });

  it('is reviewed in parts, with every text that would be published, and accepted at the end of these', async () => {
    let acceptances = 0;
    const parts = await walk(prefecture, `${place('R6')}/review`, {
      next: /^次の部分/,
      onEach: async (page) => {
        acceptances += await page.getByRole('button', { name: '確認済にする' }).count();
      },
    });
    for (const part of [0, 1, parts.length - 1])
      expect(await faults('prefecture', `${place('R6')}/review?part=${part}`)).toEqual([]);
    expect(tooLarge(parts)).toEqual([]);
    expect(missing(parts)).toEqual([]);
    expect(acceptances).toBe(1);
    // As texts to read, and once more as answers.
    const shown = parts.map(({ text }) => text).join('\n');
    for (const mark of longest.marks.filter((each) => each.startsWith('［役割')))
      expect(shown.split(mark).length).toBeGreaterThan(4);
  });
});

describe('the browser', () => {
  it('has refused nothing', () => {
    expect(browsers.complaints).toEqual([]);
  });
});
