/** An officer with mouse and keyboard whose clicks, and Enters that submit, are counted, and the pages that load. */

/// <reference lib="dom" />

import type { Locator, Page } from 'playwright-core';
import { toNextPage } from './browser.ts';
import { copy } from './excel-clipboard.ts';

/** Who goes on to a field close by presses Tab; to one farther away the mouse is faster. */
const mostTabs = 6;

export class CountedOfficer {
  readonly page: Page;
  clicks = 0;
  loads = 0;

  /** @param page where the counting begins: what is loaded there counts no more */
  constructor(page: Page) {
    this.page = page;
    page.on('load', () => {
      this.loads += 1;
    });
  }

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }

  /** A button or link after which another page is there. */
  async follow(name: string | RegExp, role: 'button' | 'link' = 'link'): Promise<void> {
    await this.followAt(this.page.getByRole(role, { name, exact: typeof name === 'string' }).first());
  }

  /** Whatever leads to another page. */
  async followAt(target: Locator): Promise<void> {
    await toNextPage(this.page, () => this.click(target));
  }

  /** To a field, by Tab where it is near. */
  async to(field: Locator): Promise<void> {
    const hasFocus = (): Promise<boolean> => field.evaluate((element) => element === document.activeElement);
    for (let tabs = 0; tabs <= mostTabs; tabs += 1) {
      if (await hasFocus()) return;
      if (tabs < mostTabs) await this.page.keyboard.press('Tab');
    }
    await this.click(field);
  }

  async type(field: Locator, text: string): Promise<void> {
    await this.to(field);
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(text);
  }

  /** With the keyboard, what a spreadsheet has put on the clipboard. */
  async paste(field: Locator, clipboard: { readonly text: string; readonly html: string }): Promise<void> {
    await this.to(field);
    await copy(this.page, clipboard);
    await this.page.keyboard.press('Control+v');
  }
}
