/** Rows as CSV, version 1: CRLF, RFC 4180. A cell is quoted when it holds a comma, a quote, CR or LF, and only then. */

/** What Excel knows UTF-8 by. */
export const byteOrderMark = '\uFEFF';

const mustBeQuoted = /[",\r\n]/;

function cellText(cell: string): string {
  return mustBeQuoted.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Written here, since a library's options for every cell cost more than its writing: an export is millions of cells. */
export function csvText(rows: readonly (readonly string[])[]): string {
  let text = '';
  for (const row of rows) {
    for (const [index, cell] of row.entries()) text += index === 0 ? cellText(cell) : `,${cellText(cell)}`;
    text += '\r\n';
  }
  return text;
}
