/** How large a table may be that somebody uploads, and how it is said which cell is outside. */

import { cellName, columnName } from '../../domain/given-sheet.ts';
import type { SpreadsheetRefusal } from './spreadsheet.ts';

export const mostRows = 20_000;
export const mostColumns = 256;
export const mostCells = 400_000;

export function outside(row: number, column: number): SpreadsheetRefusal {
  return {
    code: 'file-too-large',
    message: `セル${cellName(row, column)}に値があります。表は${mostRows}行・${columnName(mostColumns)}列までです。表の外にある値を削除して、保存し直してください。`,
    row,
  };
}
