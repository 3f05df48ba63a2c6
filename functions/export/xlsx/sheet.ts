/**
 * A sheet in pieces of XML: typed cells, widths by what stands in them, a frozen header with a filter, folded columns, and a
 * print set-up on A4 with the header on every page. Memory does not grow with the number of rows.
 */

import { widthOf } from '../../platform/workbook/workbook-text.ts';
import { escapeText } from '../../platform/escape-text.ts';
import { cellXml, columnName } from './cells.ts';
import type { WorkbookCell } from './cells.ts';
import type { SheetChart } from './chart.ts';

export type SheetRow = readonly WorkbookCell[];

export interface SheetColumn {
  readonly heading: string;
  /** How numbers are shown: with thousands, to one decimal or to two; as they are without. */
  readonly numbers?: 'count' | 'share' | 'rate';
  /** In half-width characters at most, where it has to leave room for others. */
  readonly widest?: number;
  /** Folded away until somebody opens the group. */
  readonly isFolded?: boolean;
}

export interface Sheet {
  /** One that Excel allows, see `sheetNames`. */
  readonly name: string;
  /** With a frozen header; a sheet without is read as a page, such as a cover. */
  readonly columns?: readonly SheetColumn[];
  /** How many columns stay in sight. */
  readonly sticky?: number;
  /** Printed smaller rather than on pages beside each other. */
  readonly isOnePageWide?: boolean;
  readonly rows: Iterable<SheetRow> | AsyncIterable<SheetRow>;
  /** What stands below the rows of a table and takes no part in its filter; asked for when all rows are written. */
  readonly below?: (rows: number) => readonly SheetRow[];
  /** Widths of the columns of a page in half-width characters, where it has pictures to make room for. */
  readonly widths?: readonly number[];
  readonly charts?: readonly SheetChart[];
  /** Rows, from 1, after which a page with charts ends. */
  readonly pageEnds?: readonly number[];
  /** Cells of a page in which one of a list is chosen: a range, or texts in quotation marks. */
  readonly choices?: readonly { readonly cell: string; readonly of: string }[];
  /** Ranges of a page with lines around what is not empty. */
  readonly ruled?: readonly string[];
}

/** Points of a row without a text of several lines. */
export const rowHeight = 17;
const narrowest = 8;
/** Of a column of numbers, so that their sum fits too. */
const narrowestNumbers = 12;
const widest = 46;
/** Room beside the text of a cell. */
const besideText = 2;
/** Rows that are looked at for the width of a column. */
const measured = 200;
/** Half-width characters on a page at the smallest size that is still read. */
const portraitWidth = 120;
const landscapeWidth = 220;
/** Of a page with charts, on which programs keep no breaks where they choose the size. */
const chartScale = 70;
const pieceLength = 65_536;

const namespaces =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

function shownLength(cell: WorkbookCell): number {
  const value = typeof cell === 'object' ? cell.value : cell;
  // With the commas of thousands; of a fraction no more digits than say something.
  if (typeof value === 'number')
    return typeof cell === 'object'
      ? 16
      : Number.isInteger(value)
        ? Math.ceil((String(value).length * 4) / 3)
        : narrowestNumbers;
  return widthOf(value ?? '');
}

function columnWidths(columns: readonly SheetColumn[], sample: readonly SheetRow[]): number[] {
  const count = Math.max(columns.length, ...sample.map((row) => row.length), 0);
  return Array.from({ length: count }, (_, index) => {
    const column = columns[index];
    // A header wraps; a third of it is readable.
    const heading = Math.ceil(widthOf(column?.heading ?? '') / 3);
    const least = column?.numbers === 'count' ? narrowestNumbers : narrowest;
    return Math.min(
      column?.widest ?? widest,
      sample.reduce((most, row) => Math.max(most, shownLength(row[index])), Math.max(least, heading)),
    );
  });
}

async function beginning(rows: Sheet['rows']): Promise<[sample: SheetRow[], all: AsyncGenerator<SheetRow>]> {
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

export class SheetXml {
  readonly #sheet: Sheet;
  readonly #columns: readonly SheetColumn[];
  readonly #isTable: boolean;
  readonly #sticky: number;
  #widths: readonly number[] = [];
  #rows = 0;
  /** The rows of the table itself, with its header. */
  #filtered = 0;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
    this.#columns = sheet.columns ?? [];
    this.#isTable = sheet.columns !== undefined;
    this.#sticky = Math.min(sheet.sticky ?? 0, Math.max(0, this.#columns.length - 1));
  }

  /** @param isFirst the sheet that is seen when the workbook opens; `drawing` is the relation to its charts */
  async *pieces(isFirst: boolean, drawing: string | undefined): AsyncGenerator<string> {
    const { rows, below, widths } = this.#sheet;
    const [sample, all] = await beginning(rows);
    this.#widths = widths ?? columnWidths(this.#columns, sample).map((width) => width + besideText);
    let text = this.#opening(isFirst);
    if (this.#isTable) text += this.#row(this.#columns.map(({ heading }) => ({ value: heading, style: 'header' })));
    for await (const row of all) {
      text += this.#row(row);
      if (text.length < pieceLength) continue;
      yield text;
      text = '';
    }
    this.#filtered = this.#rows;
    for (const row of below?.(this.#rows - 1) ?? []) text += this.#row(row);
    yield `${text}${this.#closing(drawing)}`;
  }

  /** The names that the workbook has for the filter and for what every printed page repeats; after the last piece. */
  names(index: number): string {
    if (!this.#isTable) return '';
    const name = `'${this.#sheet.name.replaceAll("'", "''")}'!`;
    const columns = this.#sticky === 0 ? '' : `${name}$A:$${columnName(this.#sticky - 1)},`;
    const filter = `${name}$A$1:$${columnName(this.#columns.length - 1)}$${this.#filtered}`;
    const defined = (kind: string, hidden: string, range: string): string =>
      `<definedName name="_xlnm.${kind}" localSheetId="${index}"${hidden}>${escapeText(range)}</definedName>`;
    return `${defined('_FilterDatabase', ' hidden="1"', filter)}${defined('Print_Titles', '', `${columns}${name}$1:$1`)}`;
  }

  #row(cells: SheetRow): string {
    this.#rows += 1;
    let xml = '';
    let height = 0;
    for (const [index, cell] of cells.entries()) {
      if (cell === undefined) continue;
      const width = (this.#widths[index] ?? widest) - besideText;
      const placed = cellXml(
        `${columnName(index)}${this.#rows}`,
        cell,
        width,
        this.#columns[index]?.numbers ?? 'number',
      );
      xml += placed.xml;
      height = Math.max(height, placed.height);
    }
    const own = height > rowHeight ? ` ht="${height}" customHeight="1"` : '';
    return `<row r="${this.#rows}"${own}>${xml}</row>`;
  }

  #opening(isFirst: boolean): string {
    const { charts } = this.#sheet;
    const folded = this.#columns.some(({ isFolded }) => isFolded === true) ? ' outlineLevelCol="1"' : '';
    return [
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet ${namespaces}>`,
      `<sheetPr><pageSetUpPr fitToPage="${charts === undefined ? 1 : 0}"/></sheetPr>`,
      `<sheetViews><sheetView workbookViewId="0"${isFirst ? ' tabSelected="1"' : ''}>${this.#pane()}</sheetView></sheetViews>`,
      `<sheetFormatPr defaultRowHeight="${rowHeight}" customHeight="1"${folded}/>`,
      this.#cols(),
      '<sheetData>',
    ].join('');
  }

  #pane(): string {
    if (!this.#isTable) return '';
    const [split, active] = this.#sticky === 0 ? ['', 'bottomLeft'] : [`xSplit="${this.#sticky}" `, 'bottomRight'];
    const corner = `${columnName(this.#sticky)}2`;
    return `<pane ${split}ySplit="1" topLeftCell="${corner}" activePane="${active}" state="frozen"/>`;
  }

  #cols(): string {
    if (this.#widths.length === 0) return '';
    const isFolded = (index: number): boolean => this.#columns[index]?.isFolded === true;
    const cols = this.#widths.map((width, index) => {
      // The button that opens a group stands over the column behind it.
      const fold = isFolded(index) ? ' hidden="1" outlineLevel="1"' : isFolded(index - 1) ? ' collapsed="1"' : '';
      return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"${fold}/>`;
    });
    const behind = this.#widths.length + 1;
    const last = isFolded(behind - 2)
      ? `<col min="${behind}" max="${behind}" width="${narrowest}" collapsed="1"/>`
      : '';
    return `<cols>${cols.join('')}${last}</cols>`;
  }

  /** On A4, no column cut off; the header and the columns that stay in sight are on every page, with its number. */
  #pageSetup(): string {
    const { charts, isOnePageWide = false, pageEnds = [] } = this.#sheet;
    const printed = this.#widths.filter((_, index) => this.#columns[index]?.isFolded !== true);
    const orientation = sum(printed) > portraitWidth ? 'landscape' : 'portrait';
    const left = Math.max(landscapeWidth - sum(printed.slice(0, this.#sticky)), landscapeWidth / 4);
    // Pages beside each other, and as many below each other as it takes.
    const beside = isOnePageWide ? 1 : Math.max(1, Math.ceil(sum(printed.slice(this.#sticky)) / left));
    const size =
      charts === undefined
        ? `orientation="${orientation}" fitToWidth="${beside}" fitToHeight="0"`
        : `scale="${chartScale}" orientation="landscape"`;
    const breaks = pageEnds.map((row) => `<brk id="${row}" max="16383" man="1"/>`).join('');
    return [
      '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>',
      `<pageSetup paperSize="9" ${size}/>`,
      '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>',
      breaks === ''
        ? ''
        : `<rowBreaks count="${pageEnds.length}" manualBreakCount="${pageEnds.length}">${breaks}</rowBreaks>`,
    ].join('');
  }

  #choices(): string {
    const { choices = [] } = this.#sheet;
    const all = choices.map(
      ({ cell, of }) =>
        `<dataValidation type="list" allowBlank="0" showErrorMessage="1" errorTitle="選択" error="一覧から選んでください。" sqref="${cell}"><formula1>${escapeText(of)}</formula1></dataValidation>`,
    );
    return all.length === 0 ? '' : `<dataValidations count="${all.length}">${all.join('')}</dataValidations>`;
  }

  #closing(drawing: string | undefined): string {
    const last = columnName(Math.max(0, this.#widths.length - 1));
    const all = `A1:${last}${Math.max(1, this.#rows)}`;
    const isRuled = this.#isTable && this.#columns.length > 0;
    return [
      '</sheetData>',
      isRuled ? `<autoFilter ref="A1:${last}${this.#filtered}"/>` : '',
      // Lines around the empty cells too, which have none of their own: those would make the file three times as large.
      isRuled
        ? `<conditionalFormatting sqref="${all}"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule></conditionalFormatting>`
        : '',
      ...(this.#sheet.ruled ?? []).map(
        (range, index) =>
          `<conditionalFormatting sqref="${range}"><cfRule type="expression" dxfId="0" priority="${index + 1}"><formula>${range.split(':', 1).join('')}&lt;&gt;""</formula></cfRule></conditionalFormatting>`,
      ),
      this.#choices(),
      this.#pageSetup(),
      // Codes are text, which is no mistake.
      `<ignoredErrors><ignoredError sqref="${all}" numberStoredAsText="1"/></ignoredErrors>`,
      drawing === undefined ? '' : `<drawing r:id="${drawing}"/>`,
      '</worksheet>',
    ].join('');
  }
}
