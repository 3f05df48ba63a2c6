/** One sheet of the workbook: typed cells, widths by what stands in them, a frozen header. */

import type { Cell, Sheet } from 'write-excel-file/node';
import type { SheetCell } from '../../domain/spreadsheet.ts';

export interface SheetContent {
  readonly title: string;
  /** Frozen and bold; the cover has none. */
  readonly header?: readonly string[];
  readonly rows: readonly (readonly SheetCell[])[];
}

const longestName = 31;
const narrowest = 8;
const widest = 46;
/** Room beside the text of a cell. */
const besideText = 2;
/** Rows that are looked at for the width of a column. */
const measured = 200;
/** Columns that stay in sight: round, code and name. */
const stickyColumns = 3;

/** Names of sheets as Excel allows them: at most 31 characters, none of `[]:*?/\`, no two the same. */
export function sheetNames(titles: readonly string[]): string[] {
  const used = new Set<string>();
  return titles.map((title) => {
    const clean = title.replaceAll(/[[\]:*?/\\']/gu, '・').slice(0, longestName);
    let name = clean;
    for (let nth = 2; used.has(name.toLowerCase()); nth += 1) name = `${clean.slice(0, longestName - 4)}～${nth}`;
    used.add(name.toLowerCase());
    return name;
  });
}

function escaped(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

/**
 * Text as a workbook can hold it: line breaks as LF, and the control characters that XML forbids in the workbook's own
 * escape (`_x0001_`), so that what looks like one is escaped too.
 */
function workbookText(text: string): string {
  return (
    text
      .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- the very characters that may not stay
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, escaped)
  );
}

/** Half-width characters that a text takes, its longest line counted. */
function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length + (line.match(/[\u0100-\uFFFF]/g)?.length ?? 0)));
}

/** Points of a line, and how many lines a row shows at most. */
const lineHeight = 17;
const mostLines = 20;

/** Not every program makes a row as high as its text, so that it is said how high. */
function wrapped(text: string, width: number): { readonly wrap: true; readonly height: number } {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / width)), 0);
  return { wrap: true, height: Math.min(lines, mostLines) * lineHeight };
}

/** @param isRead as a page: what is wider than its column goes on below; rows of a table stay as high as they are */
function cellOf(value: SheetCell, width: number, isRead: boolean): Cell {
  if (value === undefined || value === '') return null;
  if (typeof value === 'number') return { value, type: Number };
  // Text by its format too, so that a code stays one when somebody edits it.
  const text = workbookText(value);
  const wraps = text.includes('\n') || (isRead && widthOf(text) > width);
  return {
    value: text,
    type: String,
    format: '@',
    ...(wraps ? wrapped(text, width) : {}),
    ...(isRead ? { alignVertical: 'top' } : {}),
  };
}

function headerCell(value: string, width: number): Cell {
  const text = workbookText(value);
  return {
    value: text,
    type: String,
    fontWeight: 'bold',
    backgroundColor: '#E6E6E6',
    alignVertical: 'top',
    ...wrapped(text, width),
  };
}

/** Half-width characters that each column holds. */
function columnWidths({ header = [], rows }: SheetContent): number[] {
  const sample = rows.slice(0, measured);
  const count = Math.max(header.length, ...sample.map((row) => row.length), 0);
  return Array.from({ length: count }, (_, index) => {
    const cells = sample.map((row) => widthOf(String(row[index] ?? '')));
    // A header wraps; a third of it is readable.
    const needed = Math.max(narrowest, Math.ceil(widthOf(header[index] ?? '') / 3), ...cells);
    return Math.min(widest, needed);
  });
}

export function sheetOf(content: SheetContent, name: string): Sheet<Buffer> {
  const { header, rows } = content;
  const isRead = header === undefined;
  const widths = columnWidths(content);
  const data = rows.map((row) => row.map((value, index) => cellOf(value, widths[index] ?? widest, isRead)));
  return {
    sheet: name,
    data: isRead ? data : [header.map((each, index) => headerCell(each, widths[index] ?? widest)), ...data],
    columns: widths.map((width) => ({ width: width + besideText })),
    ...(isRead ? {} : { stickyRowsCount: 1, stickyColumnsCount: Math.min(stickyColumns, header.length - 1) }),
  };
}
