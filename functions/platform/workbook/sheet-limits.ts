/** How large a table may be that somebody uploads, and how it is said which cell is outside. */

import type { SpreadsheetRefusal } from './spreadsheet.ts';

export const mostRows = 20_000;
export const mostColumns = 256;
export const mostCells = 400_000;

/** `A` for 1, `XFD` for 16384. */
function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? columnName(rest) : ''}${String.fromCodePoint(65 + ((column - 1) % 26))}`;
}

export function cellName(row: number, column: number): string {
  return `${columnName(column)}${row}`;
}

export function outside(row: number, column: number): SpreadsheetRefusal {
  return {
    code: 'file-too-large',
    message: `セル${cellName(row, column)}に値があります。表は${mostRows}行・${columnName(mostColumns)}列までです。表の外にある値を削除して、保存し直してください。`,
    row,
  };
}
