/** A table in a spreadsheet, found by its headings. */

import type { SheetRow, Spreadsheet } from './spreadsheet.ts';

/** A header as it is compared: without spaces, line breaks and differences of width. */
function heading(text: string): string {
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
  /** Where a column stands, the first being 0. */
  readonly positionOf: (column: string) => number | undefined;
}

/**
 * The rows below the first row that has all these columns; none when no row has.
 *
 * @param synonyms other headings of a column
 */
export function tableWith(
  { rows, hiddenColumns }: Spreadsheet,
  columns: readonly string[],
  synonyms: Readonly<Record<string, readonly string[]>> = {},
): SheetTable | undefined {
  const names = new Map(columns.map((column) => [column, new Set([column, ...(synonyms[column] ?? [])].map(heading))]));
  const positionOf = (header: readonly string[], column: string): number =>
    header.findIndex((each) => names.get(column)?.has(each) === true);
  const at = rows.findIndex(({ cells }) => {
    const header = cells.map(heading);
    return columns.every((column) => positionOf(header, column) >= 0);
  });
  const header = rows[at]?.cells.map(heading);
  if (header === undefined) return undefined;
  const positions = new Map(columns.map((column) => [column, positionOf(header, column)]));
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
    hiddenColumns: columns.filter((column) => hiddenColumns.includes(positions.get(column) ?? -1)),
  };
}
