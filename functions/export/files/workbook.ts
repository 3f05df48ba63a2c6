/**
 * `<round>.xlsx`: the whole export of one audience as a workbook, with the conditions on its cover, the tally with real
 * numbers and charts, a sheet per form and per repeating group, and the codebook.
 */

import { sheetNames } from '../../domain/sheet-names.ts';
import { excelLimits } from '../xlsx/cells.ts';
import type { SheetLimits } from '../xlsx/cells.ts';
import type { Sheet, SheetColumn } from '../xlsx/sheet.ts';
import type { DocumentContext, WrittenFile } from './formats.ts';
import { answerSheets, fileRows, fitting } from './workbook-answers.ts';
import { chartSheets } from './workbook-charts.ts';
import { changeSheets } from './workbook-changes.ts';
import { coverRows } from './workbook-cover.ts';
import { crossSheets } from './workbook-cross.ts';
import { rankingSheets } from './workbook-ranking.ts';
import { seriesSheets } from './workbook-series.ts';
import { classSheets, summarySheet } from './workbook-summary.ts';

/** So that a row of the codebook is on one page: what only programs read is folded away, long texts go on below. */
const codebookLayout: Readonly<Record<string, Omit<SheetColumn, 'heading'>>> = {
  file: { widest: 24 },
  column: { widest: 28 },
  id: { isFolded: true },
  label: { widest: 26 },
  options: { widest: 26 },
  help: { widest: 46 },
  parquet: { isFolded: true },
};

function codebookSheets(context: DocumentContext): Sheet[] {
  const file = context.files.find(({ path }) => path === 'codebook.csv');
  if (file?.schema === undefined) return [];
  const columns = file.schema.fields.map(({ name, title }) => ({ heading: title, ...codebookLayout[name] }));
  async function* rows(of: WrittenFile): AsyncGenerator<string[]> {
    for await (const row of fileRows(context, of)) yield row.map((cell) => fitting(cell, of.path));
  }
  return [{ name: '符号表', columns, isOnePageWide: true, rows: rows(file) }];
}

/**
 * Written after the tables and the codebook, whose files it reads. A sheet without rows is left out.
 *
 * @param limits of a sheet, as Excel has them
 */
export async function workbook(context: DocumentContext, limits: SheetLimits = excelLimits): Promise<WrittenFile> {
  // Loaded only where a workbook is written: it would cost every cold start.
  const { workbookBytes } = await import('../xlsx/workbook-package.ts');
  const { folder, round, directory, asOf, summary } = context;
  const sheets: Sheet[] = [
    ...(summary.rows.length === 0 ? [] : [summarySheet(context), ...classSheets(context), ...chartSheets(context)]),
    ...rankingSheets(context),
    ...changeSheets(context),
    ...seriesSheets(context),
    ...crossSheets(context, limits),
    ...answerSheets(context, limits),
    ...codebookSheets(context),
  ];
  const [cover = '', ...names] = sheetNames(['表紙', ...sheets.map(({ name }) => name)]);
  const output = await folder.create(`${round.id}.xlsx`);
  const properties = { author: directory.prefecture.name, at: new Date(asOf.at) };
  const bytes = workbookBytes(properties, [
    { name: cover, rows: coverRows(context, names) },
    ...sheets.map((sheet, index) => ({ ...sheet, name: names[index] ?? sheet.name })),
  ]);
  for await (const piece of bytes) await output.write(piece);
  return output.close(1);
}
