/** Follows every link of every page, as far as the links of a deployment lead. */

import type { TestBrowser } from '../../integration/support/browser.ts';

export interface Crawled {
  /** Addresses that answered, with what they said they are. */
  readonly reached: ReadonlyMap<string, string>;
  /** Addresses that did not, and where they stand. */
  readonly broken: readonly string[];
}

/** What a page names: links, style sheets, scripts, pictures. Forms are posted by other tests; leaving for the provider ends a session. */
function linksIn(html: string): string[] {
  return [...html.matchAll(/\s(?:href|src)="([^"]+)"/g)].map(([, address = '']) => address.replaceAll('&amp;', '&'));
}

/** Pages that differ by the values in their query are one: a list sorted the other way has the same links. */
function sameness(url: URL): string {
  return `${url.pathname}?${[...url.searchParams.keys()].toSorted().join('&')}`;
}

/**
 * @param start where the crawl begins
 * @param skip addresses that are not followed
 */
export async function crawl(browser: TestBrowser, start: string, skip: (url: URL) => boolean): Promise<Crawled> {
  const reached = new Map<string, string>();
  const broken: string[] = [];
  const seen = new Set<string>();
  const waiting: { readonly url: URL; readonly from: string }[] = [{ url: new URL(start), from: '' }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { url, from } = next;
    if (seen.has(sameness(url)) || skip(url)) continue;
    seen.add(sameness(url));
    const loaded = await browser
      .open(url)
      .catch((error: unknown) => ({ status: 0, html: String(error), headers: new Headers(), url }));
    const type = loaded.headers.get('content-type') ?? '';
    if (loaded.status !== 200) broken.push(`${loaded.status} ${url.href} on ${from}`);
    else reached.set(url.href, type);
    if (!type.startsWith('text/html')) continue;
    for (const address of linksIn(loaded.html)) {
      const to = new URL(address, loaded.url);
      if (to.protocol === 'mailto:' || to.protocol === 'tel:' || to.protocol === 'data:') continue;
      to.hash = '';
      waiting.push({ url: to, from: url.href });
    }
  }
  return { reached, broken };
}
