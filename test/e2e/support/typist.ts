/** An officer who uses the keyboard alone: Tab, arrows, Space, Enter, and what is typed. */

/// <reference lib="dom" />

import type { Locator, Page } from 'playwright-core';
import type { Item } from '../../../schemas/form.ts';
import type { Json } from '../../../schemas/values/json.ts';
import { entriesOf, isValues, plain, textOf } from '../../integration/support/officer.ts';
import type { Values } from '../../integration/support/officer.ts';
import { toNextPage } from './browser.ts';

/** More presses of Tab than any page has places to stop at. */
const mostStops = 400;

/** Attributes of a place to stop at, or the text on it; all that are given count. */
interface Stop {
  readonly id?: string;
  readonly name?: string;
  readonly value?: string;
  readonly text?: string;
}

/** Runs in the page. Tells whether the focus is at the stop, and if not, how many presses of Tab away that should be. */
function pressesTo({ id, name, value, text }: Stop): number {
  const valueOf = (element: Element): string | null =>
    element instanceof HTMLSelectElement ? element.value : element.getAttribute('value');
  const isStop = (element: Element): boolean =>
    (id === undefined || element.id === id) &&
    (name === undefined || element.getAttribute('name') === name) &&
    (value === undefined || valueOf(element) === value) &&
    (text === undefined || element.textContent?.trim() === text);
  const active = document.activeElement ?? document.body;
  if (isStop(active)) return 0;
  const focusable = 'a[href], button:not([tabindex="-1"]), input:not([type=hidden]), select, textarea, summary';
  const after = [...document.querySelectorAll(focusable)].filter(
    (element) =>
      (active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
      element.checkVisibility() &&
      // Tab enters a group of radios at the one that is chosen.
      !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked),
  );
  return Math.max(1, after.findIndex(isStop) + 1);
}

/** Runs in the page. How many presses of an arrow lead from what is chosen where the focus is to another value; up if negative. */
function stepsTo({ name, value }: Required<Pick<Stop, 'name' | 'value'>>): number {
  const active = document.activeElement;
  const choices =
    active instanceof HTMLSelectElement
      ? [...active.options]
      : [...document.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${CSS.escape(name)}"]`)];
  const chosen =
    active instanceof HTMLSelectElement ? active.selectedIndex : choices.findIndex((choice) => choice === active);
  return choices.findIndex((choice) => choice.value === value) - chosen;
}

export class Typist {
  readonly #page: Page;
  /** What the server calls the entries typed in. */
  readonly #ids = new Map<string, string>();

  constructor(page: Page) {
    this.#page = page;
  }

  /** Tab until something has the focus; fails when the page has no such place to stop at. */
  async to(stop: Stop): Promise<void> {
    for (let pressed = 0; pressed < mostStops;) {
      const presses = await this.#page.evaluate(pressesTo, stop);
      if (presses === 0) return;
      // Held down, as who knows the way does.
      await Promise.all(Array.from({ length: presses }, () => this.#page.keyboard.down('Tab')));
      await this.#page.keyboard.up('Tab');
      pressed += presses;
    }
    throw new Error(`Tab never reaches ${JSON.stringify(stop)} on ${this.#page.url()}`);
  }

  async #enter(): Promise<void> {
    await toNextPage(this.#page, () => this.#page.keyboard.press('Enter'));
  }

  /** Enter on the button with this value. */
  async button(value: string): Promise<void> {
    await this.to({ value });
    await this.#enter();
  }

  /** Enter on the link or button with this text. */
  async link(text: string): Promise<void> {
    await this.to({ text });
    await this.#enter();
  }

  async #type(id: string, text: string): Promise<void> {
    await this.to({ id });
    await this.type(text);
  }

  async #tick(name: string, value: string): Promise<void> {
    await this.to({ name, value });
    await this.#page.keyboard.press('Space');
  }

  /** Arrows through radios or the options of a list to choose from. */
  async #choose(name: string, value: string): Promise<void> {
    await this.to({ name });
    const steps = await this.#page.evaluate(stepsTo, { name, value });
    const arrow = steps < 0 ? 'ArrowUp' : 'ArrowDown';
    await Promise.all(Array.from({ length: Math.abs(steps) }, () => this.#page.keyboard.press(arrow)));
    if ((await this.#page.evaluate(pressesTo, { name, value })) > 0)
      throw new Error(`the arrows never reach ${value} in ${name}`);
  }

  /** Types at the place that has the focus. */
  async type(text: string): Promise<void> {
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (index > 0) await this.#page.keyboard.press('Shift+Enter');
      await this.#page.keyboard.insertText(line);
    }
  }

  /** The path that the questions of this page share: of a section, or of an entry with its id. */
  async #base(): Promise<string> {
    const first = await this.#page.locator('[data-question]').first().getAttribute('data-question');
    return (first ?? '').split('.').slice(0, -1).join('.');
  }

  async #texts(path: string, texts: readonly string[]): Promise<void> {
    for (const [index, text] of texts.entries()) {
      const row = await this.#row(path, index);
      await this.#type((await row.locator('textarea, input').first().getAttribute('id')) ?? '', text);
    }
  }

  async #answer(item: Item, path: string, answer: Json): Promise<void> {
    const { kind } = item.definition;
    if (item.kind.nesting === 'fields' && isValues(answer)) await this.#questions(item.children, answer, path);
    else if (answer === null) await this.#tick(`${path}:na`, '1');
    else if (Array.isArray(answer) && answer.length === 0) await this.#tick(`${path}:none`, '1');
    else if (kind === 'reference') await this.#choose(path, this.#ids.get(plain(answer)) ?? '');
    else if (kind === 'choice') await this.#choose(path, plain(answer));
    else if (kind === 'texts' && Array.isArray(answer)) await this.#texts(path, answer.map(plain));
    else if (Array.isArray(answer)) for (const value of answer) await this.#tick(path, plain(value));
    else await this.#type(path, textOf(item, answer));
  }

  async #questions(items: readonly Item[], answers: Values, base: string): Promise<void> {
    for (const item of items) {
      const answer = answers[item.key];
      if (answer === undefined || item.definition.kind === 'list') continue;
      await this.#answer(item, `${base}.${item.key}`, answer);
    }
  }

  /** The row at a position; where there is none yet, the button adds it, with or without a load of the page. */
  async #row(path: string, index: number): Promise<Locator> {
    const box = `[data-rows="${path}"]`;
    const row = this.#page.locator(`${box} > [data-row], ${box} > .table-scroll > table > [data-row]`).nth(index);
    if ((await row.count()) === 0) {
      await this.to({ value: `add:${path}` });
      await this.#page.keyboard.press('Enter');
      await row.waitFor();
    }
    return row;
  }

  /** Entries that stand on this page. */
  async #rows(item: Item, path: string, entries: readonly Values[]): Promise<void> {
    for (const [index, entry] of entries.entries()) {
      const row = await this.#row(path, index);
      await this.#inside(item.children, entry, (await row.getAttribute('id')) ?? '');
    }
  }

  /** Entries of a list: on this page, or each on one of its own, as the page offers. */
  async #entries(item: Item, path: string, entries: readonly Values[]): Promise<void> {
    const isOnOwnPage = (await this.#page.locator(`p[id="${path}"], .entry-list[id="${path}"]`).count()) > 0;
    if (!isOnOwnPage) return this.#rows(item, path, entries);
    for (const entry of entries) {
      await this.button(`add:${path}`);
      await this.page(item.children, entry);
    }
  }

  /** All questions of the page; then saves, which leads to the next section or back to the list. */
  async page(items: readonly Item[], answers: Values): Promise<void> {
    await this.#inside(items, answers, await this.#base());
    await this.button('next');
  }

  async #inside(items: readonly Item[], answers: Values, base: string): Promise<void> {
    await this.#questions(items, answers, base);
    for (const item of items)
      if (item.definition.kind === 'list')
        await this.#entries(item, `${base}.${item.key}`, entriesOf(answers[item.key]));
  }

  /** The entries of a section that is a list, each added by its button. */
  async list(section: Item, entries: readonly Values[]): Promise<void> {
    for (const entry of entries) {
      await this.button(`add:${section.key}`);
      const [, id = ''] = (await this.#base()).split('.');
      this.#ids.set(plain(entry['id']), id);
      await this.page(section.children, entry);
    }
  }
}
