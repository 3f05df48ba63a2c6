/**
 * Writes the workbook of a questionnaire (調査票定義): headings that stay in sight, drop-downs, text that stays text, and
 * the columns of IDs in grey, so that nobody types there without need.
 */

import type { Style, Workbook, Worksheet } from '@cj-tech-master/excelts';
import { columnName } from '../../domain/given-sheet.ts';
import { choosable } from '../../domain/questionnaire/columns.ts';
import type { WrittenCell, WrittenSheet } from '../../domain/questionnaire/write.ts';
import { font } from './workbook-text.ts';
import { headerStyle, newWorkbook } from './new-workbook.ts';
import type { WorkbookProperties } from './new-workbook.ts';

/** In half-width characters; of columns not named here, the usual. */
const widths: Readonly<Record<string, number>> = {
  内容: 80,
  設問: 44,
  選択肢: 32,
  一覧: 32,
  条件: 32,
  説明: 44,
  記入例: 24,
  式: 48,
  メッセージ: 48,
  理由の候補: 32,
  名称: 32,
  見出し: 32,
  表題: 32,
  区分: 20,
  詳細: 40,
  対象: 24,
  種別: 16,
  旧ID: 20,
  ID: 24,
};
const usualWidth = 11;

/** Rows below the last one that are ready to be filled in. */
const spareRows = 300;

const grey = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEDED' } } as const;
const cell = { font, numFmt: '@', alignment: { vertical: 'top', wrapText: true } } as const satisfies Partial<Style>;
const idCell = { ...cell, fill: grey } as const satisfies Partial<Style>;
const numberCell = { ...cell, numFmt: 'General' } as const satisfies Partial<Style>;

const idHeadings: ReadonlySet<string> = new Set(['旧ID', 'ID']);

function styleOf(heading: string, value: WrittenCell): Partial<Style> {
  if (typeof value === 'number') return numberCell;
  return idHeadings.has(heading) ? idCell : cell;
}

function addDropDowns(sheet: Worksheet, { columns }: WrittenSheet, lastRow: number): void {
  const words = choosable[columns.name] ?? {};
  columns.headings.forEach((heading, index) => {
    const listed = words[heading];
    if (listed === undefined) return;
    const column = columnName(index + 1);
    sheet.dataValidations.add(`${column}2:${column}${lastRow}`, {
      type: 'list',
      allowBlank: true,
      formulae: [`"${listed.join(',')}"`],
      showErrorMessage: true,
      errorTitle: heading,
      error: '一覧から選んでください。',
    });
  });
}

function addSheet(workbook: Workbook, written: WrittenSheet): void {
  const { columns, rows } = written;
  const { name, headings } = columns;
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', xSplit: 0, ySplit: 1 }] });
  sheet.columns = headings.map((heading) => ({ width: widths[heading] ?? usualWidth, style: styleOf(heading, '') }));
  const head = sheet.addRow([...headings]);
  headings.forEach((_, index) => {
    head.getCell(index + 1).style = headerStyle;
  });
  for (const row of rows) {
    const added = sheet.addRow([...row]);
    headings.forEach((heading, index) => {
      added.getCell(index + 1).style = styleOf(heading, row[index]);
    });
  }
  addDropDowns(sheet, written, rows.length + 1 + spareRows);
}

export async function writeQuestionnaireWorkbook(
  sheets: readonly WrittenSheet[],
  properties: WorkbookProperties,
): Promise<Uint8Array> {
  const workbook = newWorkbook(properties);
  workbook.defaultFont = font;
  for (const sheet of sheets) addSheet(workbook, sheet);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
