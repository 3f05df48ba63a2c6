/** Texts and returns that are heavier than a page may be. */

import { expect } from 'vitest';
import type { Json } from '../../../schemas/return.ts';
import type { Loaded } from './browser.ts';

const mostBytes = 60_000;

export const heavy = (character: string, length = 100_000): string => `${character.repeat(length - 1)}。`;
export const typed = (fields: Record<string, string | readonly string[]>): Map<string, readonly string[]> =>
  new Map(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]));

/** A page that is no larger than any may be. */
export function small(page: Loaded): Loaded {
  expect(Buffer.byteLength(page.html), page.url.href).toBeLessThan(mostBytes);
  return page;
}

/** Of the whole text of a question, the n-th that the page links to. */
export function fileOf({ html, url }: Pick<Loaded, 'html' | 'url'>, question: string, index = 0): string {
  const links = [...html.matchAll(/href="([^"]*\/text\?[^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
  return links.filter((href) => new URL(href, url).searchParams.get('question') === question)[index] ?? '';
}

export const profile = { secretariat: '福祉課', establishedOn: '2009-04', operation: 'direct' };
export const long = (length: number): string => heavy('長', length);
export const body = (number: number): Record<string, Json> => ({
  id: `b${number}`,
  name: `${long(90)}${number}`,
  kind: 'subcommittee',
  meetings: 3,
  members: 10,
  composition: { consultationProviders: 4, medical: 2, education: 3, personsAndFamilies: 1 },
  themes: [long(50)],
  role: long(900),
});
