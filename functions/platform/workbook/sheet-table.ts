/** A table in a spreadsheet, found by its headings. */

import type { SheetRow, Spreadsheet } from './spreadsheet.ts';

/** A header as it is compared: without spaces, line breaks and differences of width. */
export function headingAsRead(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/gu, '');
}

interface TableRow {
  readonly number: number;
  readonly isHidden: boolean;
  readonly cell: (column: string) => string;
}

export interface SheetTable {
  readonly rows: readonly TableRow[];
  /** Cells of these columns that have no value that could be read, with what is wrong with each. */
  readonly faults: readonly { readonly row: number; readonly message: string }[];
  readonly hiddenColumns: readonly string[];
  /** Headings of columns that may be missing and are there, as they are read. */
  readonly also: readonly string[];
  /** Where a column stands, the first being 0. */
  readonly positionOf: (column: string) => number | undefined;
}

/**
 * The rows below the first row that has all these columns; none when no row has.
 *
 * @param synonyms other headings of a column
 * @param isAlso whether a column of a heading, as it is read, may be missing
 */
export function tableWith(
  { rows, hiddenColumns }: Spreadsheet,
  columns: readonly string[],
  synonyms: Readonly<Record<string, readonly string[]>> = {},
  isAlso: (heading: string) => boolean = () => false,
): SheetTable | undefined {
  const names = new Map(
    columns.map((column) => [column, new Set([column, ...(synonyms[column] ?? [])].map(headingAsRead))]),
  );
  const positionOf = (header: readonly string[], column: string): number =>
    header.findIndex((each) => names.get(column)?.has(each) === true);
  const at = rows.findIndex(({ cells }) => {
    const header = cells.map(headingAsRead);
    return columns.every((column) => positionOf(header, column) >= 0);
  });
  const header = rows[at]?.cells.map(headingAsRead);
  if (header === undefined) return undefined;
  const also = [...new Set(header.filter(isAlso))];
  const read = [...columns, ...also];
  const positions = new Map([
    ...also.map((column) => [column, header.indexOf(column)] as const),
    ...columns.map((column) => [column, positionOf(header, column)] as const),
  ]);
  const used = new Set(positions.values());
  const below: readonly SheetRow[] = rows.slice(at + 1);
  return {
    rows: below.map(({ number, cells, isHidden }) => ({
      number,
      isHidden,
      cell: (column) => cells[positions.get(column) ?? -1] ?? '',
    })),
    faults: below.flatMap(({ number, faults }) =>
      faults.filter(({ column }) => used.has(column)).map(({ message }) => ({ row: number, message })),
    ),
    positionOf: (column) => positions.get(column),
    also,
    hiddenColumns: read.filter((column) => hiddenColumns.includes(positions.get(column) ?? -1)),
  };
}
