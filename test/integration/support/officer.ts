/**
 * An officer without a script: fills in the pages of a return one after the other, using only the fields and buttons
 * that each page offers.
 */

import type { Form, Item } from '../../../schemas/form.ts';
import type { Json } from '../../../schemas/values/json.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { printFiscalYears, fiscalYears } from '../../../schemas/values/fiscal-years.ts';
import { frequencySchema, printFrequency } from '../../../schemas/values/frequency.ts';
import { printPartialDate } from '../../../schemas/values/partial-date.ts';
import { printRange, rangeSchema } from '../../../schemas/values/range.ts';
import { formsOf } from '../../support/html-form.ts';
import type { PageForm } from '../../support/html-form.ts';
import type { Loaded, TestBrowser } from './browser.ts';

export type Values = { [key: string]: Json | undefined };

export function isValues(value: Json | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function entriesOf(value: Json | undefined): Values[] {
  return Array.isArray(value) ? value.filter(isValues) : [];
}

export function formOn(loaded: Pick<Loaded, 'html'>, button: string): PageForm {
  const form = formsOf(loaded.html).find(({ buttons }) => buttons.some(({ value }) => value === button));
  if (form === undefined) throw new Error(`no button ${button} in ${loaded.html.slice(0, 3000)}`);
  return form;
}

/** The form that posts to an address. */
export function formTo(loaded: Pick<Loaded, 'html'>, action: string): PageForm {
  const form = formsOf(loaded.html).find((each) => each.action === action);
  if (form === undefined) throw new Error(`no form to ${action} in ${loaded.html.slice(0, 3000)}`);
  return form;
}

/** What is typed into one field, by name; a field may be posted several times. */
export type Typed = Map<string, readonly string[]>;

export function plain(answer: Json | undefined): string {
  if (typeof answer !== 'string') throw new Error(`not a text: ${JSON.stringify(answer)}`);
  return answer;
}

/** As people write it. */
export function textOf({ definition }: Item, answer: Json): string {
  const { kind } = definition;
  if (typeof answer === 'number' && kind === 'count') return printCount(answer, definition.unit);
  if (kind === 'date') return printPartialDate(plain(answer));
  if (kind === 'range') return printRange(rangeSchema.parse(answer), definition.unit);
  if (kind === 'frequency') return printFrequency(frequencySchema.parse(answer));
  if (kind === 'fiscalYears') return printFiscalYears(fiscalYears.parse(answer));
  return plain(answer).replaceAll('\n', '\r\n');
}

/** A list whose entries have pages of their own lists them, or says that there are none. */
function isFolded(html: string, path: string): boolean {
  return html.includes(`<p id="${path}">`) || html.includes(`class="entry-list" id="${path}"`);
}

/** What the entries on the page are called. */
function entryNames(html: string, path: string): string[] {
  const named = new RegExp(`id="${path.replaceAll('.', '\\.')}\\.([A-Za-z0-9_-]+)" tabindex`, 'g');
  return [...html.matchAll(named)].map(([, name = '']) => name);
}

function posting(page: Loaded, form: PageForm, typed: Typed, pressed?: readonly [string, string]): RequestInit {
  const body = new URLSearchParams();
  for (const [name, value] of form.fields) if (!typed.has(name)) body.append(name, value);
  for (const [name, values] of typed) for (const value of values) body.append(name, value);
  if (pressed !== undefined) body.append(...pressed);
  return {
    method: 'POST',
    body,
    headers: { origin: page.url.origin, 'sec-fetch-site': 'same-origin', referer: page.url.href },
  };
}

export class Officer {
  readonly #browser: TestBrowser;

  constructor(browser: TestBrowser) {
    this.#browser = browser;
  }

  open(address: string | URL): Promise<Loaded> {
    return this.#browser.open(address);
  }

  /** Posts a form with what was typed in place of what its fields show; whatever comes is an answer. */
  post(page: Loaded, form: PageForm, typed: Typed = new Map(), pressed?: readonly [string, string]): Promise<Loaded> {
    return this.#browser.open(new URL(form.action, page.url), posting(page, form, typed, pressed));
  }

  /** Saves what was typed, and does not look at the page that would follow. */
  async #save(page: Loaded, typed: Typed): Promise<void> {
    const form = formOn(page, 'save');
    const response = await this.#browser.request(
      new URL(form.action, page.url),
      posting(page, form, typed, ['action', 'save']),
    );
    const html = await response.text();
    if (response.status >= 400)
      throw new Error(`save: ${response.status} ${html.slice(html.indexOf('<main')).slice(0, 900)}`);
  }

  /** Presses a button of the page, and gets no error. */
  async press(page: Loaded, button: string, typed: Typed = new Map()): Promise<Loaded> {
    const form = formOn(page, button);
    const pressed = form.buttons.find(({ value }) => value === button);
    const loaded = await this.post(page, form, typed, [pressed?.name ?? 'action', button]);
    if (loaded.status >= 400)
      throw new Error(`${button}: ${loaded.status} ${loaded.html.slice(loaded.html.indexOf('<main')).slice(0, 900)}`);
    return loaded;
  }

  /** What to type for the questions of a page; fails where the page has no such field. */
  #typed(html: string, items: readonly Item[], value: Values, base: string, typed: Typed): Typed {
    for (const item of items) {
      const path = `${base}.${item.key}`;
      const answer = value[item.key];
      const { kind } = item.definition;
      if (answer === undefined || kind === 'reference') continue;
      if (item.kind.nesting === 'fields' && isValues(answer)) this.#typed(html, item.children, answer, path, typed);
      else if (answer === null) typed.set(`${path}:na`, ['1']);
      else if (Array.isArray(answer) && answer.length === 0) typed.set(`${path}:none`, ['1']);
      else if (kind === 'choice') typed.set(path, [plain(answer)]);
      else if (Array.isArray(answer) && kind !== 'list') typed.set(path, answer.map(plain));
      else if (kind !== 'list') typed.set(path, [textOf(item, answer)]);
    }
    for (const name of typed.keys()) if (!html.includes(`name="${name}"`)) throw new Error(`no field ${name}`);
    return typed;
  }

  /** Rows for texts and entries, one press of the button each. */
  async #addRows(
    page: Loaded,
    items: readonly Item[],
    value: Values,
    base: string,
  ): Promise<{ page: Loaded; typed: Typed }> {
    let current = page;
    let typed: Typed = new Map();
    for (const item of items) {
      const path = `${base}.${item.key}`;
      const answer = value[item.key];
      if (item.definition.kind === 'texts' && Array.isArray(answer))
        for (let n = 1; n < answer.length; n += 1)
          current = await this.press(current, `add:${path}`, new Map([[path, answer.slice(0, n).map(plain)]]));
      if (item.definition.kind !== 'list' || isFolded(current.html, path)) continue;
      const entries = entriesOf(answer);
      if (entries.length === 0) continue;
      const offered = entryNames(current.html, path).length;
      for (const _ of entries.slice(offered)) current = await this.press(current, `add:${path}`);
      for (const [index, name] of entryNames(current.html, path).entries()) {
        const entry = entries[index];
        if (entry === undefined) continue;
        const inside = await this.#addRows(current, item.children, entry, `${path}.${name}`);
        current = inside.page;
        typed = this.#typed(
          current.html,
          item.children,
          entry,
          `${path}.${name}`,
          new Map([...typed, ...inside.typed]),
        );
      }
    }
    return { page: current, typed };
  }

  /** Fills in the questions of a page and saves, then the entries that have pages of their own. */
  async fill(page: Loaded, items: readonly Item[], value: Values, base: string): Promise<void> {
    const withRows = await this.#addRows(page, items, value, base);
    const typed = this.#typed(withRows.page.html, items, value, base, withRows.typed);
    await this.#save(withRows.page, typed);
    for (const item of items) {
      const path = `${base}.${item.key}`;
      if (item.definition.kind !== 'list' || !isFolded(withRows.page.html, path)) continue;
      for (const entry of entriesOf(value[item.key]))
        await this.#addEntry(await this.open(page.url), item, entry, path);
    }
  }

  /** Adds an entry by the list's button and fills in the page that follows. The id is the server's. */
  async #addEntry(list: Loaded, item: Item, entry: Values, path: string): Promise<string> {
    const page = await this.press(list, `add:${path}`);
    const id = (page.url.searchParams.get('at') ?? page.url.pathname).split(/[./]/).at(-1) ?? '';
    const base = page.url.searchParams.has('at') ? `${path}.${id}` : `${item.key}.${id}`;
    await this.fill(page, item.children, entry, base);
    return id;
  }

  /** A whole return, section by section; references are set once everything they name is there. */
  async answer(form: Form, address: string, answers: Values): Promise<void> {
    for (const section of form.sections) {
      const value = answers[section.key];
      if (value === undefined) continue;
      const url = `${address}/sections/${section.key}`;
      if (isValues(value)) await this.fill(await this.open(url), section.children, value, section.key);
      const ids = new Map<string, string>();
      for (const entry of entriesOf(value))
        ids.set(plain(entry['id']), await this.#addEntry(await this.open(url), section, entry, section.key));
      for (const entry of entriesOf(value)) await this.#refer(section, entry, ids, url);
    }
  }

  async #refer(section: Item, entry: Values, ids: ReadonlyMap<string, string>, url: string): Promise<void> {
    const own = ids.get(plain(entry['id'])) ?? '';
    for (const { key, definition } of section.children) {
      const target = entry[key];
      if (definition.kind !== 'reference' || typeof target !== 'string') continue;
      const page = await this.open(`${url}/entries/${own}`);
      await this.#save(page, new Map([[`${section.key}.${own}.${key}`, [ids.get(target) ?? target]]]));
    }
  }
}
