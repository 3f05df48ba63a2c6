/** An uploaded spreadsheet as rows of text: Excel's .xlsx, or CSV in UTF-8 or in the Shift_JIS that Excel writes. */

import { parse } from 'csv-parse/sync';
import * as z from 'zod';

export interface SheetRow {
  /** The row's number as the spreadsheet shows it, the first being 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** The first bytes of a zip file, which an .xlsx is. */
const zip = [0x50, 0x4b] as const;
const records = z.array(z.array(z.string()));

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}

async function rowsOf(bytes: Uint8Array): Promise<readonly (readonly string[])[]> {
  if (bytes[0] === zip[0] && bytes[1] === zip[1]) {
    // Loaded only where a workbook comes: it would cost every cold start.
    const { readSheet } = await import('read-excel-file/universal');
    const rows = await readSheet(new Blob([new Uint8Array(bytes)]));
    return rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
  }
  return records.parse(parse(decode(bytes), { relax_column_count: true, skip_empty_lines: false }));
}

/** The rows that are not empty; none when the file is neither. Cells are trimmed. */
export async function readSpreadsheet(bytes: Uint8Array): Promise<SheetRow[] | undefined> {
  try {
    const rows = await rowsOf(bytes);
    return rows
      .map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => cell.trim()) }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch {
    return undefined;
  }
}

/** A header as it is compared: without spaces, line breaks and differences of width. */
function heading(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/gu, '');
}

export interface SheetTable {
  readonly rows: readonly { readonly number: number; readonly cell: (column: string) => string }[];
}

/** The rows below the first row that has all these columns; none when no row has. */
export function tableWith(rows: readonly SheetRow[], columns: readonly string[]): SheetTable | undefined {
  const wanted = columns.map(heading);
  const at = rows.findIndex(({ cells }) => {
    const headings = new Set(cells.map(heading));
    return wanted.every((each) => headings.has(each));
  });
  const header = rows[at]?.cells.map(heading);
  if (header === undefined) return undefined;
  return {
    rows: rows.slice(at + 1).map(({ number, cells }) => ({
      number,
      cell: (column) => cells[header.indexOf(heading(column))] ?? '',
    })),
  };
}
