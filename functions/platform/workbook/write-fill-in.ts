/**
 * Writes a workbook (.xlsx) to be filled in: cells that are open for typing as text, everything else protected without a
 * password, lists to choose from by a range on the same sheet, and what programs need in hidden rows and columns.
 */

import { PaperSize } from '@cj-tech-master/excelts';
import type { Cell, DataValidation, Style, Workbook, Worksheet } from '@cj-tech-master/excelts';
import type { Look, WrittenCell, WrittenSheet } from '../../domain/fill-in/sheet.ts';
import { cellName, columnName } from '../../domain/given-sheet.ts';
import { font, heightOf, widthOf } from './workbook-text.ts';
import { newWorkbook } from './new-workbook.ts';
import type { WorkbookProperties } from './new-workbook.ts';

const text = { numFmt: '@', protection: { locked: true } } as const;
const wrapped = { vertical: 'top', wrapText: true } as const;
const line = { style: 'thin', color: { argb: 'FF8C8C8C' } } as const;
const border = { top: line, left: line, bottom: line, right: line };

function filled(argb: string): Style['fill'] {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

function fontWith(more: Partial<Style['font']>): Style['font'] {
  return { ...font, ...more };
}

const grey = { argb: 'FF595959' };

/** The library knows a style again by its object. */
const styles: Readonly<Record<Look, Partial<Style>>> = {
  machine: { ...text },
  title: { ...text, font: fontWith({ size: 14, bold: true }) },
  note: { ...text, font },
  heading: { ...text, font: fontWith({ bold: true }), fill: filled('FFE6E6E6'), alignment: wrapped, border },
  group: { ...text, font: fontWith({ bold: true }), alignment: wrapped },
  label: { ...text, font, alignment: wrapped, border },
  hint: { ...text, font: fontWith({ size: 9, color: grey }), alignment: wrapped, border },
  number: { ...text, font: fontWith({ color: grey }), alignment: { ...wrapped, horizontal: 'center' }, border },
  answer: {
    numFmt: '@',
    protection: { locked: false },
    font,
    fill: filled('FFFFF8DC'),
    alignment: wrapped,
    border,
  },
  previous: { ...text, font: fontWith({ color: grey }), fill: filled('FFF5F5F5'), alignment: wrapped, border },
};

/** Nobody types more into a cell than is said here, but what counts as more differs: 𠮷 is two for a spreadsheet. */
const tooLong = { errorStyle: 'warning', errorTitle: '文字数', showErrorMessage: true, allowBlank: true } as const;

function validationOf({ choices, isStrict, maxLength, prompt }: WrittenCell): DataValidation | undefined {
  const said = prompt === undefined ? {} : { showInputMessage: true, prompt };
  if (choices !== undefined) {
    const [column, from, to] = [columnName(choices.column), choices.from, choices.to];
    return {
      type: 'list',
      allowBlank: true,
      formulae: [`$${column}$${from}:$${column}$${to}`],
      showErrorMessage: isStrict === true,
      errorTitle: '選択肢',
      error: '一覧から選んでください。',
      ...said,
    };
  }
  if (maxLength !== undefined)
    return {
      type: 'textLength',
      operator: 'lessThanOrEqual',
      formulae: [maxLength],
      error: `${maxLength}文字以内で記入してください。`,
      ...tooLong,
      ...said,
    };
  return prompt === undefined ? undefined : { type: 'any', ...said };
}

function writeCell(cell: Cell, written: WrittenCell): void {
  // Answers hold no character that XML forbids; what looks like an escape, and spaces around a text, the library keeps.
  const { formula, look, text: content } = written;
  if (formula !== undefined) cell.value = { formula, result: content };
  else if (content !== '') cell.value = content;
  cell.style = styles[look];
  const validation = validationOf(written);
  if (validation !== undefined) cell.dataValidation = validation;
}

/** Rows of hints are no higher than this, in points: they would fill the screen. */
const highest = 160;

function rowHeights({ cells, widths, hiddenRows }: WrittenSheet): ReadonlyMap<number, number> {
  const heights = new Map<number, number>();
  for (const { row, column, text: content, look } of cells) {
    const width = widths[column - 1] ?? 0;
    const isWrapped = styles[look].alignment !== undefined && width > 0 && row > hiddenRows;
    if (!isWrapped || content === '') continue;
    if (!content.includes('\n') && widthOf(content) <= width - 2) continue;
    heights.set(row, Math.max(heights.get(row) ?? 0, Math.min(highest, heightOf(content, width - 2))));
  }
  return heights;
}

async function writeSheet(workbook: Workbook, written: WrittenSheet): Promise<void> {
  const { name, widths, hiddenRows, frozenRows, frozenColumns, cells } = written;
  const sheet: Worksheet = workbook.addWorksheet(name, {
    ...(frozenRows > 0 ? { views: [{ state: 'frozen', xSplit: frozenColumns, ySplit: frozenRows }] } : {}),
    pageSetup: { paperSize: PaperSize.A4, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: '&L&A&R&P / &N' },
  });
  widths.forEach((width, index) => {
    const column = sheet.getColumn(index + 1);
    if (width === 0) column.hidden = true;
    else column.width = width;
  });
  for (const cell of cells) {
    writeCell(sheet.getCell(cell.row, cell.column), cell);
    if (cell.name === undefined) continue;
    const place = `$${columnName(cell.column)}$${cell.row}`;
    workbook.definedNames.add(`'${name}'!${place}`, cell.name);
  }
  for (const [row, height] of rowHeights(written)) sheet.getRow(row).height = height;
  for (let row = 1; row <= hiddenRows; row += 1) sheet.getRow(row).hidden = true;
  const last = Math.max(1, ...cells.map(({ row }) => row));
  sheet.ignoredErrors = [{ ref: `A1:${cellName(last, widths.length)}`, numberStoredAsText: true }];
  await sheet.protect(undefined, {
    selectLockedCells: true,
    selectUnlockedCells: true,
    formatColumns: true,
    formatRows: true,
  });
}

export async function writeFillIn(
  properties: WorkbookProperties,
  sheets: readonly WrittenSheet[],
): Promise<Uint8Array> {
  const workbook = newWorkbook(properties);
  for (const sheet of sheets) await writeSheet(workbook, sheet);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
