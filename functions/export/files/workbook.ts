/**
 * `<round>.xlsx`: the whole export of one audience as a workbook, with the conditions on its cover, the tally with real
 * numbers, a sheet per form and per repeating group, and the codebook.
 *
 * The library holds a workbook in memory. Sheets of returns are therefore written up to a number of cells that takes
 * some 250 MB, four times what the largest prefecture needs; beyond it the cover says which CSV has what is left out.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import writeWorkbook from 'write-excel-file/node';
import { distinct, headingsOf } from '../../domain/headings.ts';
import { sheetCell } from '../../domain/spreadsheet.ts';
import type { SheetCell } from '../../domain/spreadsheet.ts';
import { withDescendants } from '../../domain/tables.ts';
import type { Table } from '../../domain/tables.ts';
import type { CountedForm, DocumentContext, WrittenFile } from './formats.ts';
import { keyColumns, keyHeading, tableFileName } from './key-columns.ts';
import type { KeyColumn } from './key-columns.ts';
import { coverRows } from './workbook-cover.ts';
import { printSetup } from './workbook-print.ts';
import { sheetNames, sheetOf } from './workbook-sheet.ts';
import type { SheetContent } from './workbook-sheet.ts';
import { summarySheet } from './workbook-summary.ts';

/** Cells in all sheets of returns together. */
const mostCells = 400_000;

interface TableSheet {
  readonly form: CountedForm;
  readonly table: Table;
  readonly file: WrittenFile;
  readonly title: string;
}

function tableSheets({ forms, files }: DocumentContext): TableSheet[] {
  return forms.flatMap((form) =>
    withDescendants(form.table).flatMap((table) => {
      const file = files.find(({ path }) => path === tableFileName(form.form, table));
      const list = table.list?.definition.label;
      const title = list === undefined ? form.form.title : `${list}（${form.form.title}）`;
      return file === undefined ? [] : [{ form, table, file, title }];
    }),
  );
}

async function readRows({ folder }: DocumentContext, { path }: WrittenFile): Promise<string[][]> {
  const rows: string[][] = parse(await readFile(join(folder.path, path)), { record_delimiter: '\r\n', from_line: 2 });
  return rows;
}

function keyCell(raw: string, { type, options }: KeyColumn): SheetCell {
  if (type === 'integer' || type === 'flag') return Number(raw);
  return type === 'option' ? (options?.[raw] ?? raw) : raw;
}

async function tableContent(context: DocumentContext, { form, table, file, title }: TableSheet): Promise<SheetContent> {
  const keys = keyColumns(table, context.audience);
  const names = [...keys.map(keyHeading), ...headingsOf(form.form, table, context.round)];
  const ids = [...keys.map(({ name }) => name), ...table.columns.map(({ name }) => name)];
  const rows = (await readRows(context, file)).map((cells) => [
    ...keys.map((key, index) => keyCell(cells[index] ?? '', key)),
    ...table.columns.map((column, index) => sheetCell(cells[keys.length + index] ?? '', column)),
  ]);
  return { title, header: distinct(names, ids), rows };
}

async function codebookContent(context: DocumentContext): Promise<SheetContent[]> {
  const file = context.files.find(({ path }) => path === 'codebook.csv');
  if (file?.schema === undefined) return [];
  const header = file.schema.fields.map(({ title }) => title);
  return [{ title: '符号表', header, rows: await readRows(context, file) }];
}

/** Written after the tables and the codebook, whose files it reads. */
export async function workbook(context: DocumentContext): Promise<WrittenFile> {
  const contents: SheetContent[] = [];
  const leftOut: string[] = [];
  let left = mostCells;
  for (const each of tableSheets(context)) {
    const cells = each.file.rows * (each.file.schema?.fields.length ?? 0);
    if (cells > left) {
      leftOut.push(each.file.path);
      continue;
    }
    left -= cells;
    contents.push(await tableContent(context, each));
  }
  const all = [summarySheet(context), ...contents, ...(await codebookContent(context))];
  const titles = sheetNames(['表紙', ...all.map(({ title }) => title)]);
  const cover = { title: '表紙', rows: coverRows(context, titles.slice(1), leftOut) };
  const sheets = [cover, ...all].map((content, index) => sheetOf(content, titles[index] ?? content.title));
  const bytes = await writeWorkbook(sheets, {
    fontFamily: 'Yu Gothic',
    fontSize: 10,
    features: [printSetup],
  }).toBuffer();
  return context.folder.writeBytes(`${context.round.id}.xlsx`, bytes);
}
