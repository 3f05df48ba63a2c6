/**
 * The tables of answers as sheets: what stands for a unit in front, with its classes; then the answers, with last time's
 * beside each number and the municipalities that were chosen in one cell; the sums below, which follow the filter.
 */

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { unitsByCode } from '../../../schemas/directory.ts';
import type { ReportingUnit } from '../../../schemas/directory.ts';
import { notApplicableCell, single } from '../../../schemas/kinds/cells.ts';
import { noneOfThese } from '../../../schemas/kinds/printing.ts';
import { classesOf } from '../../../schemas/unit-classes.ts';
import { isReadAsSum } from '../../domain/added-up.ts';
import { columnHeadings, distinct } from '../../domain/headings.ts';
import type { PreviousNumbers } from '../../domain/previous-numbers.ts';
import { sheetCell } from '../../domain/spreadsheet.ts';
import { withDescendants } from '../../domain/tables.ts';
import type { AnswerColumn, AnswerTable } from '../../domain/tables.ts';
import { csvRows } from '../../platform/csv-rows.ts';
import { columnName, dateCell, excelLimits } from '../xlsx/cells.ts';
import type { SheetLimits, WorkbookCell } from '../xlsx/cells.ts';
import type { Sheet, SheetColumn, SheetRow } from '../xlsx/sheet.ts';
import { clockTimeInJapan } from './conditions.ts';
import type { DocumentContext, FormWithCounts, WrittenFile } from './formats.ts';
import { keyColumns, keyHeading, tableFileName } from './key-columns.ts';
import type { KeyColumn } from './key-columns.ts';

/** A row of the table's file, and what is known of its unit. */
interface SourceRow {
  readonly cells: readonly string[];
  readonly unit: ReportingUnit | undefined;
  readonly previous: readonly (number | string | undefined)[];
}

interface Column extends SheetColumn {
  /** What it is called among columns of the same heading. */
  readonly id: string;
  readonly cell: (row: SourceRow) => WorkbookCell;
  /** Has a sum below. */
  readonly adds?: boolean;
}

/** Code and name. */
const sticky = 2;
/** Numbers have long headings, which break into lines. */
const widestNumber = 20;
const frontKeys = ['unit', 'unitName'];

export async function* fileRows(
  { folder }: Pick<DocumentContext, 'folder'>,
  { path }: WrittenFile,
): AsyncGenerator<string[]> {
  let isHeader = true;
  for await (const line of csvRows(createReadStream(join(folder.path, path)))) {
    if (!isHeader) yield line;
    isHeader = false;
  }
}

/** A text as far as a cell holds it, and where the whole of it is. */
export function fitting(text: string, file: string): string {
  if (text.length <= excelLimits.characters) return text;
  const note = `…（以下省略。全文は ${file} にあります）`;
  const cut = text.slice(0, excelLimits.characters - note.length);
  return (cut.isWellFormed() ? cut : cut.slice(0, -1)) + note;
}

function keyCell(raw: string, { type, options }: KeyColumn, file: string): WorkbookCell {
  if (raw === '') return undefined;
  if (type === 'integer' || type === 'flag') return Number(raw);
  if (type === 'datetime') return dateCell(clockTimeInJapan(raw));
  return type === 'option' ? (options?.[raw] ?? raw) : fitting(raw, file);
}

/** Municipalities are chosen from so many that a column for each would hide the rest. */
function isChosenAmongMunicipalities({ item, cell }: AnswerColumn): boolean {
  return item.kind.refersTo === 'municipalities' && cell.type === 'flag';
}

function chosenNames(row: readonly string[], columns: readonly AnswerColumn[], first: number): WorkbookCell {
  const raw = row[first] ?? '';
  if (raw === '' || raw === notApplicableCell) {
    const [column] = columns;
    return column === undefined ? undefined : sheetCell(raw, column);
  }
  const names = columns.flatMap(({ cell }, index) => (row[first + index] === '1' ? [cell.label] : []));
  return names.length === 0 ? noneOfThese : names.join('、');
}

function answerCell(raw: string, column: AnswerColumn, file: string): WorkbookCell {
  const value = sheetCell(raw, column);
  if (typeof value !== 'string') return value;
  return column.cell.type === 'date' ? dateCell(value) : fitting(value, file);
}

/** What a sum says something of: counts, options and numbers of entries; no price, and no rate. */
function hasSum({ form }: FormWithCounts, { item, cell }: AnswerColumn): boolean {
  if (cell.type === 'flag') return true;
  const { figures } = item.kind;
  if (figures === undefined || (cell.type !== 'integer' && cell.type !== 'number')) return false;
  if (figures.of !== 'numbers') return figures.of === 'entries';
  return cell.suffix === '' && isReadAsSum(form, item);
}

interface Placed {
  readonly column: AnswerColumn;
  /** Cells of the file. */
  readonly columns: readonly AnswerColumn[];
  readonly first: number;
}

/** The columns of a table, those of one choice of municipalities together. */
function placed({ columns }: AnswerTable, first: number): Placed[] {
  const all: Placed[] = [];
  for (const [index, column] of columns.entries()) {
    const last = all.at(-1);
    if (!isChosenAmongMunicipalities(column)) all.push({ column, columns: [column], first: first + index });
    else if (last?.column.item === column.item) all[all.length - 1] = { ...last, columns: [...last.columns, column] };
    else {
      const { item } = column;
      all.push({ column: { name: item.id, item, cell: single('string') }, columns: [column], first: first + index });
    }
  }
  return all;
}

interface TableSource {
  readonly form: FormWithCounts;
  readonly table: AnswerTable;
  readonly file: WrittenFile;
  readonly title: string;
}

/** Of every form its returns, and the entries of its lists; without those that have no rows. */
function sources({ forms, files }: DocumentContext): TableSource[] {
  return forms.flatMap((form) =>
    withDescendants(form.table).flatMap((table) => {
      const file = files.find(({ path }) => path === tableFileName(form.form, table));
      const list = table.list?.definition.label;
      const title = list === undefined ? form.form.title : `${list}（${form.form.title}）`;
      return file === undefined || file.rows === 0 ? [] : [{ form, table, file, title }];
    }),
  );
}

function classColumns({ audience, directory }: DocumentContext): Column[] {
  if (audience === 'public') return [];
  return classesOf(directory).map((each) => ({
    id: each.id,
    heading: each.label,
    cell: ({ unit }) => (unit === undefined ? undefined : each.valueOf(unit)),
  }));
}

function answerColumns(source: TableSource, first: number, previous: PreviousNumbers | undefined): Column[] {
  const { form, table, file } = source;
  const all = placed(table, first);
  const headings = columnHeadings(form.form, { ...table, columns: all.map(({ column }) => column) });
  const compared = new Map(previous?.columns.map((column, index) => [column.name, index]));
  return all.flatMap(({ column, columns, first: at }, index): Column[] => {
    const heading = headings[index] ?? column.name;
    const isNumber = column.cell.type === 'integer' || column.cell.type === 'number';
    const adds = hasSum(form, column);
    const own: Column = {
      id: column.name,
      heading,
      ...(isNumber && adds ? { numbers: 'count' } : {}),
      ...(isNumber || column.cell.type === 'flag' ? { widest: widestNumber } : {}),
      adds,
      cell: ({ cells }) =>
        isChosenAmongMunicipalities(columns[0] ?? column)
          ? chosenNames(cells, columns, at)
          : answerCell(cells[at] ?? '', column, file.path),
    };
    const before = compared.get(column.name);
    if (previous === undefined || before === undefined || table.list !== undefined) return [own];
    return [
      own,
      {
        ...own,
        id: `${column.name}.previous`,
        heading: `前回（${previous.round.name}）：${heading}`,
        cell: ({ previous: numbers }) => numbers[before],
      },
    ];
  });
}

function columnsOf(context: DocumentContext, source: TableSource): Column[] {
  const keys = keyColumns(source.table, context.audience);
  const own = keys.map((key, index): Column => ({
    id: key.name,
    heading: keyHeading(key),
    ...(key.isFolded === true ? { isFolded: true } : {}),
    cell: ({ cells }) => keyCell(cells[index] ?? '', key, source.file.path),
  }));
  const front = frontKeys.flatMap((name) => own.filter(({ id }) => id === name));
  const others = own.filter(({ id }) => !frontKeys.includes(id));
  const columns = [
    ...front,
    ...classColumns(context),
    ...others.filter(({ isFolded }) => isFolded !== true),
    ...others.filter(({ isFolded }) => isFolded === true),
    ...answerColumns(source, keys.length, context.previousNumbers.get(source.form.form.id)),
  ];
  const headings = distinct(
    columns.map(({ heading }) => heading),
    columns.map(({ id }) => id),
  );
  return columns.map((column, index) => ({ ...column, heading: headings[index] ?? column.heading }));
}

async function* sourceRows(context: DocumentContext, { form, table, file }: TableSource): AsyncGenerator<SourceRow> {
  const at = keyColumns(table, context.audience).findIndex(({ name }) => name === 'unit');
  const units = unitsByCode(context.directory, form.form.units);
  const previous = table.list === undefined ? context.previousNumbers.get(form.form.id) : undefined;
  for await (const cells of fileRows(context, file)) {
    const code = cells[at] ?? '';
    yield { cells, unit: units.get(code), previous: previous?.of(code) ?? [] };
  }
}

/** The sums, of what the filter shows; as long as nobody filters they are known. */
function totalRow(columns: readonly Column[], sums: readonly number[], rows: number): SheetRow {
  return columns.map(({ adds }, index): WorkbookCell => {
    if (index === 0) return { value: '合計', style: 'totalLabel' };
    if (adds !== true) return { value: '', style: 'totalLabel' };
    const name = columnName(index);
    const value = Number((sums[index] ?? 0).toFixed(9));
    const style = Number.isInteger(value) ? 'total' : 'decimalTotal';
    return { value, style, formula: `SUBTOTAL(109,${name}2:${name}${rows + 1})` };
  });
}

interface Part {
  readonly columns: readonly Column[];
  readonly from: number;
  readonly rows: number;
}

/** As many sheets as it takes: below the rows stands one of sums, above them the header. */
function partsOf(columns: readonly Column[], rows: number, limits: SheetLimits): Part[] {
  const [front, rest] = [columns.slice(0, sticky), columns.slice(sticky)];
  const beside = Math.max(1, limits.columns - sticky);
  const below = Math.max(1, limits.rows - 2);
  const parts: Part[] = [];
  for (let column = 0; column < Math.max(1, rest.length); column += beside)
    for (let from = 0; from < rows; from += below)
      parts.push({
        columns: [...front, ...rest.slice(column, column + beside)],
        from,
        rows: Math.min(below, rows - from),
      });
  return parts;
}

function sheetOf(context: DocumentContext, source: TableSource, { columns, from, rows }: Part): Sheet {
  const sums = columns.map(() => 0);
  async function* written(): AsyncGenerator<SheetRow> {
    let index = 0;
    for await (const row of sourceRows(context, source)) {
      index += 1;
      if (index <= from) continue;
      if (index > from + rows) return;
      yield columns.map(({ cell, adds }, at) => {
        const value = cell(row);
        if (adds === true && typeof value === 'number') sums[at] = (sums[at] ?? 0) + value;
        return value;
      });
    }
  }
  const below = (count: number): SheetRow[] =>
    columns.some(({ adds }) => adds) ? [totalRow(columns, sums, count)] : [];
  return { name: source.title, columns, sticky, rows: written(), below };
}

/** @param limits of a sheet; tables beyond them go on in another one */
export function answerSheets(context: DocumentContext, limits: SheetLimits): Sheet[] {
  return sources(context).flatMap((source) => {
    const parts = partsOf(columnsOf(context, source), source.file.rows, limits);
    return parts.map((part, index) => {
      const sheet = sheetOf(context, source, part);
      return parts.length === 1 ? sheet : { ...sheet, name: `（${index + 1}）${sheet.name}` };
    });
  });
}
