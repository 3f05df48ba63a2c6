/** A browser in which officers sit: each with a context of its own, all of them watched. */

/// <reference lib="dom" />

import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { findBrowser, noBrowser } from './find-browser.ts';

/** A browser that speaks to nobody but the pages it opens. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page stands for less than a second: what optimises its scripts, and collects what they leave, took a third of its time.
  '--js-flags=--no-opt --no-maglev --single-threaded --min-semi-space-size=64 --max-semi-space-size=64',
];

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

interface Watched {
  /** Addresses of everything the pages asked for. */
  readonly requests: string[];
  /** What the console complained about: errors, and what the content security policy refused. */
  readonly complaints: string[];
}

export class Browsers implements Watched {
  readonly #browser: Browser;
  readonly #origin: string;
  /** Cookies by account. */
  readonly #signedIn = new Map<string, StorageState>();
  readonly requests: string[] = [];
  readonly complaints: string[] = [];

  private constructor(browser: Browser, origin: string) {
    this.#browser = browser;
    this.#origin = origin;
  }

  /** @param origin of the application */
  static async launch(origin: string): Promise<Browsers> {
    const executablePath = findBrowser();
    if (executablePath === undefined) throw new Error(noBrowser);
    const isRoot = process.getuid?.() === 0;
    const browser = await chromium.launch({ executablePath, args: isRoot ? [...quiet, '--no-sandbox'] : quiet });
    return new Browsers(browser, origin);
  }

  /** A window of somebody not signed in, in a context of its own. */
  async window(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      baseURL: this.#origin,
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    // The first page of a run has waited for more than 20 seconds, while everything started at once.
    context.setDefaultTimeout(60_000);
    context.on('request', (request) => this.requests.push(request.url()));
    context.on('console', (message) => {
      // That a post was answered with 422 is no complaint.
      if (message.text().startsWith('Failed to load resource: the server responded with a status of 4')) return;
      if (message.type() === 'error' || message.text().includes('Content Security Policy'))
        this.complaints.push(message.text());
    });
    context.on('weberror', (error) => this.complaints.push(String(error.error())));
    return context.newPage();
  }

  /** A window of somebody signed in, at this address. Who has signed in before need not do so again. */
  async officer(account: string, address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const known = this.#signedIn.get(account);
    const page = await this.window(known === undefined ? options : { ...options, storageState: known });
    if (known === undefined) {
      await signIn(page, account, address);
      this.#signedIn.set(account, await page.context().storageState());
    } else await page.goto(address);
    return page;
  }

  /** The next window of this officer starts with the sign-in. */
  forget(account: string): void {
    this.#signedIn.delete(account);
  }

  /** Closes all windows; what they asked for and complained about stays known. */
  async closeWindows(): Promise<void> {
    await Promise.all(this.#browser.contexts().map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Hosts of all requests so far. */
  hosts(): Set<string> {
    return new Set(
      this.requests.filter((address) => !address.startsWith('data:')).map((address) => new URL(address).hostname),
    );
  }
}

/** Picks an account on the sign-in page, and is led back. */
export async function signIn(page: Page, account: string, address: string): Promise<void> {
  await page.goto(`/sign-in?${new URLSearchParams({ returnTo: address })}`);
  await toNextPage(page, () => page.locator(`button[name=username][value="${account}"]`).click());
}

/** Does what leads to another page; goes on when that page is there, so that nothing is read of the one before. */
export async function toNextPage(page: Page, act: () => Promise<void>): Promise<void> {
  // Of a page that is still loading, the load would be taken for that of the next.
  await page.waitForLoadState();
  await Promise.all([page.waitForEvent('load'), act()]);
}

/** Clicks what leads to another page. */
export function follow(target: Locator): Promise<void> {
  return toNextPage(target.page(), () => target.click());
}

/** Presses a button or a link by what stands on it; goes on when the page that follows is there. */
export function press(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
  return follow(page.getByRole(role, { name, exact: typeof name === 'string' }).first());
}
