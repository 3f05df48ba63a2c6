/**
 * Writes a workbook (.xlsx) row by row: typed cells, widths by what stands in them, a frozen header, and a print set-up
 * on A4 with the header on every page. Memory does not grow with the number of rows.
 */

import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PaperSize, Workbook, WorkbookWriter, encodeCell } from '@cj-tech-master/excelts';
import type { AddWorksheetOptions, CellRichTextValue, Style } from '@cj-tech-master/excelts';
import type { SheetCell } from '../../domain/spreadsheet.ts';
import { font, heightOf, textValue, widthOf, workbookText } from './workbook-text.ts';

type SheetRow = readonly SheetCell[];

export interface SheetContent {
  /** One that Excel allows, see `sheetNames`. */
  readonly name: string;
  /** Frozen and bold; a sheet without one is read as a page, such as a cover. */
  readonly header?: readonly string[];
  readonly rows: Iterable<SheetRow> | AsyncIterable<SheetRow>;
}

export interface WorkbookProperties {
  readonly author: string;
  readonly at: Date;
}

const narrowest = 8;
const widest = 46;
/** Room beside the text of a cell. */
const besideText = 2;
/** Rows that are looked at for the width of a column. */
const measured = 200;
/** Columns that stay in sight: round, code and name. */
const stickyColumns = 3;
/** Rows between two looks at whether the output keeps up. */
const rowsAtOnce = 200;
/** Half-width characters on a page at the smallest size that is still read. */
const portraitWidth = 120;
const landscapeWidth = 220;

// Text by its format too, so that a code stays one when somebody edits it.
const text = { numFmt: '@' };
const wrapped = { wrapText: true };
const top = { vertical: 'top' } as const;

/** The library knows a style again by its object. */
const styles = {
  page: {
    number: { alignment: top },
    text: { ...text, alignment: top },
    lines: { ...text, alignment: { ...top, ...wrapped } },
  },
  table: { number: {}, text, lines: { ...text, alignment: wrapped } },
} as const satisfies Record<string, Record<string, Partial<Style>>>;
export const headerStyle = {
  ...text,
  font: { ...font, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE6E6E6' } },
  alignment: { ...top, ...wrapped },
} as const satisfies Partial<Style>;
const line = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;
const border = { top: line, left: line, bottom: line, right: line };

interface Written {
  readonly value: string | number | CellRichTextValue | null;
  readonly style: Partial<Style>;
  /** In points, where the text is broken into lines. */
  readonly height: number;
}

/** @param isPage as a page: what is wider than its column goes on below; rows of a table stay as high as they are */
function cellOf(value: SheetCell, width: number, isPage: boolean): Written {
  const { number, text, lines } = styles[isPage ? 'page' : 'table'];
  if (value === undefined || value === '') return { value: null, style: number, height: 0 };
  if (typeof value === 'number') return { value, style: number, height: 0 };
  const content = workbookText(value);
  const wraps = content.includes('\n') || (isPage && widthOf(content) > width);
  return { value: textValue(content), style: wraps ? lines : text, height: wraps ? heightOf(content, width) : 0 };
}

function headerCell(value: string, width: number): Written {
  const content = workbookText(value);
  return { value: textValue(content), style: headerStyle, height: heightOf(content, width) };
}

function columnWidths(header: readonly string[], sample: readonly SheetRow[]): number[] {
  const count = Math.max(header.length, ...sample.map((row) => row.length), 0);
  return Array.from({ length: count }, (_, index) => {
    const cells = sample.map((row) => widthOf(String(row[index] ?? '')));
    // A header wraps; a third of it is readable.
    const needed = Math.max(narrowest, Math.ceil(widthOf(header[index] ?? '') / 3), ...cells);
    return Math.min(widest, needed);
  });
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

/** On A4, no column cut off; the header and the columns that stay in sight are on every page, with its number. */
function layout(widths: readonly number[], isPage: boolean): Partial<AddWorksheetOptions> {
  const sticky = isPage ? 0 : Math.min(stickyColumns, widths.length - 1);
  const left = Math.max(landscapeWidth - sum(widths.slice(0, sticky)), landscapeWidth / 4);
  return {
    ...(isPage ? {} : { views: [{ state: 'frozen', xSplit: sticky, ySplit: 1 }] }),
    pageSetup: {
      paperSize: PaperSize.A4,
      orientation: sum(widths) > portraitWidth ? 'landscape' : 'portrait',
      fitToPage: true,
      // Pages beside each other, and as many below each other as it takes.
      fitToWidth: Math.max(1, Math.ceil(sum(widths.slice(sticky)) / left)),
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.7, header: 0.3, footer: 0.3 },
      ...(isPage ? {} : { printTitlesRow: '1:1' }),
      ...(sticky > 0 ? { printTitlesColumn: `A:${String.fromCodePoint(64 + sticky)}` } : {}),
    },
    headerFooter: { oddFooter: '&L&A&R&P / &N' },
  };
}

async function beginning(rows: SheetContent['rows']): Promise<[sample: SheetRow[], all: AsyncGenerator<SheetRow>]> {
  const iterator = (async function* () {
    yield* rows;
  })();
  const sample: SheetRow[] = [];
  while (sample.length < measured) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    sample.push(value);
  }
  async function* all(): AsyncGenerator<SheetRow> {
    yield* sample;
    yield* iterator;
  }
  return [sample, all()];
}

async function keepUp(output: PassThrough): Promise<void> {
  if (output.writableNeedDrain) await once(output, 'drain');
}

async function writeSheet(workbook: WorkbookWriter, output: PassThrough, content: SheetContent): Promise<void> {
  const { name, header = [], rows } = content;
  const isPage = content.header === undefined;
  const [sample, all] = await beginning(rows);
  const widths = columnWidths(header, sample).map((width) => width + besideText);
  const sheet = workbook.addWorksheet(name, layout(widths, isPage));
  sheet.columns = widths.map((width) => ({ width }));
  const widthAt = (index: number): number => (widths[index] ?? widest) - besideText;

  function add(cells: readonly Written[]): void {
    // The library makes objects of every cell that it is given, and writes nothing of one without value and style.
    const isWritten = ({ value, style }: Written, index: number): boolean =>
      value !== null || style !== styles.table.number || index === 0 || index === cells.length - 1;
    const row = sheet.addRow(cells.map((cell, index) => (isWritten(cell, index) ? cell.value : undefined)));
    for (const [index, cell] of cells.entries()) if (isWritten(cell, index)) row.getCell(index + 1).style = cell.style;
    const height = Math.max(0, ...cells.map(({ height }) => height));
    if (height > 0) row.height = height;
    row.commit();
  }

  if (!isPage) add(header.map((value, index) => headerCell(value, widthAt(index))));
  let count = 0;
  for await (const row of all) {
    add(row.map((value, index) => cellOf(value, widthAt(index), isPage)));
    count += 1;
    if (count % rowsAtOnce === 0) await keepUp(output);
  }
  if (!isPage && widths.length > 0) {
    // Lines around the empty cells too, which have none of their own: those would make the file three times as large.
    const ref = `A1:${encodeCell({ c: widths.length - 1, r: count })}`;
    sheet.addConditionalFormatting({ ref, rules: [{ type: 'expression', formulae: ['TRUE'], style: { border } }] });
  }
  sheet.commit();
  await keepUp(output);
}

export function newWorkbook({ author, at }: WorkbookProperties): Workbook {
  const workbook = new Workbook();
  workbook.creator = author;
  workbook.lastModifiedBy = author;
  workbook.created = at;
  workbook.modified = at;
  return workbook;
}

export async function writeWorkbook(
  write: (bytes: Uint8Array) => Promise<void>,
  { author, at }: WorkbookProperties,
  sheets: readonly SheetContent[],
): Promise<void> {
  const output = new PassThrough();
  const workbook = new WorkbookWriter({
    stream: output,
    creator: author,
    lastModifiedBy: author,
    created: at,
    useStyles: true,
  });
  workbook.defaultFont = font;
  async function produce(): Promise<void> {
    try {
      for (const sheet of sheets) await writeSheet(workbook, output, sheet);
      await workbook.commit();
    } catch (error) {
      output.destroy();
      throw error;
    }
  }
  const written = pipeline(output, async (source: AsyncIterable<Uint8Array>) => {
    for await (const bytes of source) await write(bytes);
  });
  await Promise.all([produce(), written]);
}
