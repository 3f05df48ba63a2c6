/** Long lists are shown a page at a time; the address says which, from 1, as `page`. */

import { Ways } from './ways.tsx';

interface PageOfList<T> {
  readonly shown: readonly T[];
  readonly page: number;
  readonly pages: number;
}

/** The page that an address asks for; the first where it says none. */
export function pageWanted(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 1;
}

/**
 * One page of a list; a number beyond the last page is the last.
 *
 * @param most of the sizes of its items together; an item that is larger has a page of its own
 */
export function pageOfList<T>(
  items: readonly T[],
  wanted: number,
  most: number,
  sizeOf: (item: T) => number = () => 1,
): PageOfList<T> {
  const pages: T[][] = [[]];
  let size = 0;
  for (const item of items) {
    const more = sizeOf(item);
    if (size > 0 && size + more > most) {
      pages.push([]);
      size = 0;
    }
    pages.at(-1)?.push(item);
    size += more;
  }
  const page = Math.min(wanted, pages.length);
  return { shown: pages[page - 1] ?? [], page, pages: pages.length };
}

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly hrefOf: (page: number) => string;
  readonly label: string;
}

export function Pager({ page, pages, hrefOf, label }: PagerProps) {
  if (pages < 2) return <></>;
  return (
    <Ways
      label={label}
      previous={page > 1 ? { href: hrefOf(page - 1), label: '前のページ' } : undefined}
      next={page < pages ? { href: hrefOf(page + 1), label: '次のページ' } : undefined}
    >
      <span>
        {page} / {pages} ページ
      </span>
    </Ways>
  );
}
