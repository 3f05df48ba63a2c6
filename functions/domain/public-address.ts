/** Where an edition stands for everybody, and from when until when it did. */

import type { AddressChange } from '../../schemas/edition.ts';
import { isObject } from '../../schemas/values/json.ts';

/** In place of a number: the newest edition that was not withdrawn. */
export const newestEditionName = 'latest';

/** The open-data sheet with whole addresses: made when it is asked for, since no export knows where it will stand. */
export const catalogueEntryPath = 'dcat.jsonld';

/** Below the site's address. @param path of a file; the page of the edition without it */
export function publicPath(round: string, edition: number | typeof newestEditionName, path = ''): string {
  return `/public/${encodeURIComponent(round)}/${edition}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** A time for which something was public; without an end it still is. Instants. */
export interface PublicSpan {
  readonly from: string;
  readonly until?: string;
}

/**
 * When an edition could be read at the public address.
 *
 * @param changes of the round's address, oldest first
 */
export function publicSpans(
  changes: readonly AddressChange[],
  { publishedAt, withdrawnAt }: { readonly publishedAt: string; readonly withdrawnAt?: string | undefined },
): PublicSpan[] {
  return changes.flatMap(({ isOpen, at }, index): PublicSpan[] => {
    if (!isOpen) return [];
    const from = at > publishedAt ? at : publishedAt;
    const ends = [changes[index + 1]?.at, withdrawnAt].filter((end) => end !== undefined).toSorted();
    const [until] = ends;
    if (until === undefined) return [{ from }];
    return from < until ? [{ from, until }] : [];
  });
}

/**
 * The open-data sheet of an edition (DCAT 3 in JSON-LD), whose files have addresses beside it, with whole addresses, and
 * with what an export does not know: its edition, and since when it is published.
 *
 * @param address of the edition's page
 */
export function withAddresses(
  sheet: unknown,
  address: string,
  { edition, publishedAt }: { readonly edition: number; readonly publishedAt: string },
): unknown {
  if (!isObject(sheet)) return sheet;
  const { 'dcat:distribution': distributions, ...dataset } = sheet;
  const page = { '@id': address };
  const placed = (distribution: unknown): unknown => {
    if (!isObject(distribution)) return distribution;
    const { 'dcat:downloadURL': file, ...rest } = distribution;
    const path = isObject(file) ? file['@id'] : undefined;
    if (typeof path !== 'string') return distribution;
    return { ...rest, 'dcat:accessURL': page, 'dcat:downloadURL': { '@id': new URL(path, address).href } };
  };
  return {
    ...dataset,
    '@id': address,
    'dct:identifier': address,
    'dct:issued': { '@value': publishedAt, '@type': 'xsd:dateTime' },
    'dcat:version': String(edition),
    'dcat:landingPage': page,
    'dcat:distribution': Array.isArray(distributions) ? distributions.map(placed) : distributions,
  };
}
