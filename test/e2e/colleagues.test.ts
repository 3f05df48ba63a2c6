/** Colleagues of a municipality: a link for a section, opened without an account and without a script. */

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
      const officer = await browsers.officer('drafting', `${places.drafting}/shares`);
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
