/** Reads the bytes of a spreadsheet, with simple limits before anything is taken apart. */

import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod';
import { csvFault } from '../../domain/csv-fault.ts';
import { cellName } from '../../domain/given-sheet.ts';
import type { ReadSheet, ReadSheets, SheetRow, SpreadsheetRefusal } from './spreadsheet.ts';
import { mostCells, mostColumns, mostRows, outside } from './sheet-limits.ts';

/** The first bytes of a zip file, which an .xlsx is. */
const zip = [0x50, 0x4b];
/** Of a compound file: an .xls of before 2007, or a workbook with a password. */
const compound = [0xd0, 0xcf, 0x11, 0xe0];

const records = z.array(z.array(z.string()));

const unreadable: SpreadsheetRefusal = {
  code: 'file-unreadable',
  message:
    'ファイルを読み取れません。Excel（.xlsx）又は CSV のファイルを選んでください。CSV は、Excelで「CSV UTF-8（コンマ区切り）」又は「CSV（コンマ区切り）」を選んで保存してください。',
};
const encrypted: SpreadsheetRefusal = {
  code: 'file-encrypted',
  message:
    'パスワードで保護されたExcelファイル又は古い形式（.xls）のファイルは読み取れません。パスワードを外し、「Excel ブック（.xlsx）」として保存し直してください。',
};
const tooLarge: SpreadsheetRefusal = {
  code: 'file-too-large',
  message: `ファイルの行又はセルが多すぎます（${mostRows}行、${mostCells}セルまで）。空の行や不要な列を削除して、保存し直してください。`,
};

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** In the first of the two that all of it is in; Shift_JIS with the characters of CP932 (①, ㈱, 髙). */
function decode(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return undefined;
}

function count(bytes: Uint8Array, byte: number): number {
  let found = 0;
  for (const each of bytes) if (each === byte) found += 1;
  return found;
}

/** What a spreadsheet shows, and saves, in place of a value that it could not calculate. */
const errorValues: ReadonlySet<string> = new Set([
  '#DIV/0!',
  '#N/A',
  '#NAME?',
  '#NULL!',
  '#NUM!',
  '#REF!',
  '#VALUE!',
  '#SPILL!',
  '#CALC!',
]);

function errorsIn(number: number, cells: readonly string[]): SheetRow['faults'] {
  return cells.flatMap((cell, column) =>
    errorValues.has(cell)
      ? [{ column, message: `セル${cellName(number, column + 1)}はエラー値（${cell}）です。` }]
      : [],
  );
}

function readCsv(bytes: Uint8Array): ReadSheet {
  const rows = Math.max(count(bytes, 0x0a), count(bytes, 0x0d));
  if (rows > mostRows || rows + count(bytes, 0x2c) > mostCells) return { ok: false, refusal: tooLarge };
  const text = decode(bytes);
  if (text === undefined || text.includes('\u0000')) return { ok: false, refusal: unreadable };
  try {
    const lines = records.parse(parse(text, { relax_column_count: true, skip_empty_lines: false }));
    const all = lines.map((line, index) => {
      const cells = line.map((cell) => cell.trim());
      return { number: index + 1, cells, isHidden: false, faults: errorsIn(index + 1, cells) };
    });
    for (const { number, cells } of all) {
      const last = cells.findLastIndex((cell) => cell !== '');
      if (last >= mostColumns) return { ok: false, refusal: outside(number, last + 1) };
    }
    return {
      ok: true,
      value: { rows: all.filter(({ cells }) => cells.some((cell) => cell !== '')), hiddenColumns: [] },
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, refusal: { code: 'csv-damaged', ...csvFault(error) } };
  }
}

const noWorkbook: SpreadsheetRefusal = {
  code: 'file-unreadable',
  message: 'Excelのファイルとして読み取れません。「Excel ブック（.xlsx）」として保存したファイルを選んでください。',
};

/** What reads these bytes, once the code that it needs is loaded. */
export async function readerOf(bytes: Uint8Array): Promise<() => ReadSheet | Promise<ReadSheet>> {
  if (beginsWith(bytes, compound)) return () => ({ ok: false, refusal: encrypted });
  if (!beginsWith(bytes, zip)) return () => readCsv(bytes);
  // Loaded only where a workbook comes: it is most of what starting takes.
  const { readWorkbook } = await import('./read-workbook.ts');
  return async () => (await readWorkbook(bytes)) ?? { ok: false, refusal: unreadable };
}

/** The same for every sheet of a workbook. */
export async function sheetsReaderOf(bytes: Uint8Array): Promise<() => ReadSheets | Promise<ReadSheets>> {
  if (beginsWith(bytes, compound)) return () => ({ ok: false, refusal: encrypted });
  if (!beginsWith(bytes, zip)) return () => ({ ok: false, refusal: noWorkbook });
  const { readEverySheet } = await import('./read-workbook.ts');
  return async () => (await readEverySheet(bytes)) ?? { ok: false, refusal: noWorkbook };
}
