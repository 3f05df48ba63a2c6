/** A table of rows alike: each column says its heading and its cells in one place. */

import type { Child } from 'hono/jsx';

/** A box that scrolls a wide table that may have no links in it: reached and scrolled by keyboard. */
export function ScrollRegion({ label, children }: { readonly label: string; readonly children: Child }) {
  return (
    <div class="table-scroll" role="region" aria-label={label} tabindex={0}>
      {children}
    </div>
  );
}

export interface Column<T> {
  readonly heading: Child;
  readonly cell: (row: T, index: number) => Child;
  readonly isNumber?: boolean;
  /** Its cells are the headings of their rows. */
  readonly isName?: boolean;
  readonly class?: string;
}

interface TableProps<T> {
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly caption?: Child;
  /** Names the box that scrolls, where no link inside leads the keyboard into it. */
  readonly label?: string;
  /** Few rows, in the type of the page. */
  readonly isRoomy?: boolean;
  readonly class?: string;
  readonly rowClass?: (row: T) => string | undefined;
}

export function Table<T>({
  columns,
  rows,
  caption,
  label,
  isRoomy = false,
  class: name = '',
  rowClass,
}: TableProps<T>) {
  const table = (
    <table class={isRoomy ? undefined : `table--compact ${name}`.trim()}>
      {caption !== undefined && <caption>{caption}</caption>}
      <thead>
        <tr>
          {columns.map(({ heading, isNumber }) => (
            <th scope="col" class={isNumber === true ? 'number' : undefined}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr class={rowClass?.(row)}>
            {columns.map(({ cell, isNumber, isName, class: own }) =>
              isName === true ? (
                <th scope="row">{cell(row, index)}</th>
              ) : (
                <td class={isNumber === true ? 'number' : own}>{cell(row, index)}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return label === undefined ? (
    <div class="table-scroll">{table}</div>
  ) : (
    <ScrollRegion label={label}>{table}</ScrollRegion>
  );
}
