/** Addresses of our own: what a browser may be sent back to after signing in, where a post came from, where a page is. */

/**
 * A path of ours as it may be followed, with its query; undefined for anything else, such as another host's address.
 *
 * @param base the path in front of every link
 */
export function ownPath(base: string, wanted: string | undefined): string | undefined {
  if (wanted === undefined || wanted.length > 2000 || !wanted.startsWith(`${base}/`)) return undefined;
  const nowhere = 'http://nowhere.invalid';
  if (!URL.canParse(wanted, nowhere)) return undefined;
  const { origin, pathname, search } = new URL(wanted, nowhere);
  const isOurs = origin === nowhere && pathname.startsWith(`${base}/`) && !pathname.startsWith('//');
  const isPage = !['/sign-in', '/sign-out', '/assets/', '/api/'].some((start) =>
    pathname.startsWith(`${base}${start}`),
  );
  return isOurs && isPage ? pathname + search : undefined;
}

/** The page of ours that a `Referer` names. */
export function ownPageOf(base: string, origin: string, referer: string | undefined): string | undefined {
  if (referer === undefined || !URL.canParse(referer)) return undefined;
  const url = new URL(referer);
  return url.origin === origin ? ownPath(base, url.pathname + url.search) : undefined;
}

/** Where the page is that was asked for with a slash at the end of its path; undefined where there was none. */
export function withoutLastSlash(base: string, address: string): string | undefined {
  const { pathname, search } = new URL(address);
  if (pathname === '/' || !pathname.endsWith('/')) return undefined;
  // Two slashes at the beginning would be the address of another host.
  return `${base}${pathname.replaceAll(/\/+/g, '/').slice(0, -1) || '/'}${search}`;
}
