/** An uploaded spreadsheet as rows of text: Excel's .xlsx, or CSV in UTF-8 or in the Shift_JIS that Excel writes. */

import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod';
import { csvFault } from '../../../domain/csv-fault.ts';
import type { CsvFault } from '../../../domain/csv-fault.ts';

export interface SheetRow {
  /** The row's number as the spreadsheet shows it, the first being 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** The first bytes of a zip file, which an .xlsx is. */
const zip = [0x50, 0x4b] as const;
const records = z.array(z.array(z.string()));

/** In the first of the two that all of it is in; Shift_JIS with the characters of CP932 (①, ㈱, 髙). */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis', { fatal: true }).decode(bytes);
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

export type ReadSheet =
  | { readonly ok: true; readonly rows: readonly SheetRow[] }
  | { readonly ok: false; readonly fault: CsvFault };

const unreadable =
  'ファイルを読み取れません。Excel（.xlsx）又は CSV のファイルを選んでください。CSV は、Excelで「CSV UTF-8（コンマ区切り）」又は「CSV（コンマ区切り）」を選んで保存してください。';

/** The rows that are not empty, with trimmed cells; or what to do where the file is neither, and in which row a CSV breaks off. */
export async function readSpreadsheet(bytes: Uint8Array): Promise<ReadSheet> {
  try {
    const rows = (await rowsOf(bytes))
      .map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => cell.trim()) }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
    return { ok: true, rows };
  } catch (error) {
    return { ok: false, fault: error instanceof CsvError ? csvFault(error) : { message: unreadable } };
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
