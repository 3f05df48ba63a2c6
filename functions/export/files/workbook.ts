/**
 * `<round>.xlsx`: the whole export of one audience as a workbook, with the conditions on its cover, the tally with real
 * numbers, a sheet per form and per repeating group, and the codebook.
 */

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { distinct, columnHeadings } from '../../domain/headings.ts';
import { sheetNames } from '../../domain/sheet-names.ts';
import { sheetCell } from '../../domain/spreadsheet.ts';
import type { SheetCell } from '../../domain/spreadsheet.ts';
import { withDescendants } from '../../domain/tables.ts';
import type { AnswerTable } from '../../domain/tables.ts';
import type { SheetContent } from '../../platform/workbook/write-workbook.ts';
import { csvRows } from '../../platform/csv-rows.ts';
import { clockTimeInJapan } from './conditions.ts';
import type { FormWithCounts, DocumentContext, WrittenFile } from './formats.ts';
import { keyColumns, keyHeading, tableFileName } from './key-columns.ts';
import type { KeyColumn } from './key-columns.ts';
import { coverRows } from './workbook-cover.ts';
import { summarySheet } from './workbook-summary.ts';

interface TableSheet {
  readonly form: FormWithCounts;
  readonly table: AnswerTable;
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

async function* readRows({ folder }: DocumentContext, { path }: WrittenFile): AsyncGenerator<string[]> {
  let isHeader = true;
  for await (const line of csvRows(createReadStream(join(folder.path, path)))) {
    if (!isHeader) yield line;
    isHeader = false;
  }
}

function keyCell(raw: string, { type, options }: KeyColumn): SheetCell {
  if (type === 'integer' || type === 'flag') return Number(raw);
  if (type === 'datetime') return clockTimeInJapan(raw);
  return type === 'option' ? (options?.[raw] ?? raw) : raw;
}

function tableContent(context: DocumentContext, { form, table, file, title }: TableSheet): SheetContent {
  const keys = keyColumns(table, context.audience);
  const names = [...keys.map(keyHeading), ...columnHeadings(form.form, table)];
  const ids = [...keys.map(({ name }) => name), ...table.columns.map(({ name }) => name)];
  async function* rows(): AsyncGenerator<SheetCell[]> {
    for await (const cells of readRows(context, file))
      yield [
        ...keys.map((key, index) => keyCell(cells[index] ?? '', key)),
        ...table.columns.map((column, index) => sheetCell(cells[keys.length + index] ?? '', column)),
      ];
  }
  return { name: title, header: distinct(names, ids), rows: rows() };
}

function codebookContent(context: DocumentContext): SheetContent[] {
  const file = context.files.find(({ path }) => path === 'codebook.csv');
  if (file?.schema === undefined) return [];
  const header = file.schema.fields.map(({ title }) => title);
  return [{ name: '符号表', header, rows: readRows(context, file) }];
}

/** Written after the tables and the codebook, whose files it reads. */
export async function workbook(context: DocumentContext): Promise<WrittenFile> {
  // Loaded only where a workbook is written: it would cost every cold start.
  const { writeWorkbook } = await import('../../platform/workbook/write-workbook.ts');
  const contents: SheetContent[] = [
    summarySheet(context),
    ...tableSheets(context).map((each) => tableContent(context, each)),
    ...codebookContent(context),
  ];
  const [cover = '', ...names] = sheetNames(['表紙', ...contents.map(({ name }) => name)]);
  const { folder, round, directory, asOf } = context;
  const output = await folder.create(`${round.id}.xlsx`);
  await writeWorkbook((bytes) => output.write(bytes), { author: directory.prefecture.name, at: new Date(asOf.at) }, [
    { name: cover, rows: coverRows(context, names) },
    ...contents.map((content, index) => ({ ...content, name: names[index] ?? content.name })),
  ]);
  return output.close(1);
}
