/**
 * How the sheets of the workbook print: on A4, no column cut off, the header on every page and with page numbers. The
 * library has no options for it, but lets its files be completed.
 */

import type { Feature, Image, SheetOptions } from 'write-excel-file/node';
import {
  appendMarkupInsideElement,
  findElement,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  prependMarkupInsideElement,
} from 'write-excel-file/utility';
import { escapeText } from './escape.ts';

/** Half-width characters on a page at the smallest size that is still read. */
const portraitWidth = 120;
const landscapeWidth = 220;
/** The number by which the format knows A4. */
const a4 = 9;

type FileContent = Image['content'];
type Options = SheetOptions<FileContent>;

function widthOf({ columns = [] }: Options, from: number, to = columns.length): number {
  return columns.slice(from, to).reduce((sum, { width = 0 }) => sum + width, 0);
}

/** Pages beside each other; the columns that stay in sight are on each of them. */
function pagesAcross(options: Options): number {
  const repeated = options.stickyColumnsCount ?? 0;
  const left = Math.max(landscapeWidth - widthOf(options, 0, repeated), landscapeWidth / 4);
  return Math.max(1, Math.ceil(widthOf(options, repeated) / left));
}

/** At the end of a sheet, in the order of the schema; a table has lines between its cells, as on the screen. */
function pageXml(options: Options): string {
  const orientation = widthOf(options, 0) > portraitWidth ? 'landscape' : 'portrait';
  return [
    ...(options.stickyRowsCount === undefined ? [] : ['<printOptions gridLines="1"/>']),
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="${a4}" orientation="${orientation}" fitToWidth="${pagesAcross(options)}" fitToHeight="0"/>`,
    '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>',
  ].join('');
}

/** At the beginning of a sheet: its pages follow from its width. */
function fitted(xml: string): string {
  const sheet = findElement(xml, 'worksheet');
  if (sheet === undefined) throw new Error('the sheet has no content');
  return prependMarkupInsideElement(xml, sheet, '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
}

/** The name by which programs know the rows and columns that every page repeats. */
function repeatedXml(sheets: readonly Options[]): string {
  const names = sheets.map(({ sheet = '', stickyRowsCount: rows = 0, stickyColumnsCount: columns = 0 }, index) => {
    const place = `'${sheet.replaceAll("'", "''")}'!`;
    const ranges = [
      ...(columns > 0 ? [`${place}$A:$${String.fromCodePoint(64 + columns)}`] : []),
      ...(rows > 0 ? [`${place}$1:$${rows}`] : []),
    ];
    return ranges.length === 0
      ? ''
      : `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${escapeText(ranges.join(','))}</definedName>`;
  });
  return names.join('');
}

function withRepeated(xml: string, sheets: readonly Options[]): string {
  const names = repeatedXml(sheets);
  const existing = findElement(xml, 'definedNames');
  if (existing !== undefined) return appendMarkupInsideElement(xml, existing, names);
  const order = getOrderOfSiblings('xl/workbook.xml', 'workbook') ?? [];
  return insertElementMarkupAccordingToOrderOfSiblings(xml, `<definedNames>${names}</definedNames>`, order, 'workbook');
}

export const printSetup: Feature<FileContent> = {
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': { insert: pageXml, transform: fitted },
      'xl/workbook.xml': { transform: withRepeated },
    },
  },
};
