/** What holds for every page: what axe finds, and that nothing is wider than the window or lies on something else. */

/// <reference lib="dom" />

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/** Read anew by every page: the small one, and once. The builder for Playwright has each page read the large one twice. */
const checker = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Windows whose pages each start with the checker. */
const equipped = new WeakSet<Page>();

/** Sent to a window once: half a megabyte with every page took as long as a page takes to be loaded. */
async function equip(page: Page): Promise<void> {
  if (equipped.has(page)) return;
  equipped.add(page);
  await page.addInitScript({ content: checker });
  // A page of its own script policy takes no script element; what is evaluated is no part of the page.
  await page.evaluate(checker);
}

/** Each violation as a line: the rule, and where it is broken. */
export async function violations(page: Page): Promise<string[]> {
  await equip(page);
  return page.evaluate(async () => {
    const found = await window.axe.run(document, { resultTypes: ['violations'], reporter: 'no-passes' });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)}`),
    );
  });
}

/**
 * What reaches beyond the window, unless it stands in a region that scrolls by itself; regions that no key scrolls; and
 * what lies on something else.
 */
export async function tooWide(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 600 });
  return page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const scrolls = (element: Element): boolean =>
      element.parentElement !== null &&
      (['auto', 'scroll', 'hidden'].includes(getComputedStyle(element.parentElement).overflowX) ||
        scrolls(element.parentElement));
    const wide = [...document.querySelectorAll('main *, header *, footer *')].filter(
      (element) => element.getBoundingClientRect().right > limit + 1 && element.checkVisibility() && !scrolls(element),
    );
    const unreachable = [...document.querySelectorAll('main *')].filter(
      (element) =>
        ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
        element.scrollWidth > element.clientWidth &&
        !element.matches('[tabindex], textarea, input, select') &&
        element.querySelector('a[href], button, input, select, summary') === null,
    );
    const lines = [...document.querySelectorAll('main a, main button, main label, main h1, main h2')].filter(
      (element) => element.checkVisibility() && element.closest('.visually-hidden') === null,
    );
    const boxes = lines.map((element) => element.getBoundingClientRect());
    const covers = (a: DOMRect, b: DOMRect): boolean =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 6 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 8;
    const covered = lines.filter((element, index) =>
      lines.some((other, at) => {
        const [a, b] = [boxes[index], boxes[at]];
        return (
          at > index &&
          a !== undefined &&
          b !== undefined &&
          !element.contains(other) &&
          !other.contains(element) &&
          covers(a, b)
        );
      }),
    );
    const isScrolling = document.documentElement.scrollWidth > limit;
    const shown = (elements: readonly Element[]): string[] =>
      elements.slice(0, 3).map((element) => element.outerHTML.slice(0, 200));
    return [
      ...(isScrolling ? [`the page scrolls sideways: ${document.documentElement.scrollWidth}`] : []),
      ...shown(wide),
      ...shown(unreachable),
      ...shown(covered),
    ];
  });
}
