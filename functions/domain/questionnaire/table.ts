/** A sheet as rows whose cells are found by their heading; what is no text, or stands where nothing is read, is said. */

import { hint } from '../../../schemas/rules/nearest.ts';
import { lineFeeds } from '../../../schemas/values/text.ts';
import { cellName } from '../given-sheet.ts';
import type { CellFault, GivenCell, GivenRow, GivenSheet } from '../given-sheet.ts';
import type { SheetColumns } from './columns.ts';
import type { Findings } from './findings.ts';

export interface TableRow {
  readonly number: number;
  /** Trimmed, its lines ended by LF or, where one is meant, joined; empty where the column is missing. */
  text(heading: string): string;
  /** Where that stands: `設問!G14`. */
  at(heading: string): string;
}

/** A text as it is compared: without spaces, line breaks and differences of width. */
export function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/gu, '');
}

/** What to do about a cell that holds more than a text. */
export const faults: Readonly<Record<CellFault, string>> = {
  date: 'Excelが日付に変えた値です。セルの書式を「文字列」にしてから、入力し直してください。',
  error: 'エラー値です。文字又は数として入力し直してください。',
  formula: '数式です。計算結果を「値」として貼り付けてください。',
  merged: '結合されたセルです。セルの結合を解除し、それぞれのセルに記入してください。',
  other: '読み取れない種類の値です。文字又は数として入力し直してください。',
};

/** How far down the headings are looked for. */
const mostAbove = 10;

function headingsOf({ cells }: GivenRow): Map<string, GivenCell[]> {
  const found = new Map<string, GivenCell[]>();
  for (const cell of cells) {
    const heading = plain(cell.text);
    if (heading !== '') found.set(heading, [...(found.get(heading) ?? []), cell]);
  }
  return found;
}

function hasAll(row: GivenRow, headings: readonly string[]): boolean {
  const found = headingsOf(row);
  return headings.every((heading) => found.has(heading));
}

/** Positions of the columns by heading; says which are missing, unknown or there twice. */
function positionsIn(row: GivenRow, columns: SheetColumns, findings: Findings): Map<string, number> {
  const { name, headings, needed } = columns;
  const positions = new Map<string, number>();
  const known: ReadonlySet<string> = new Set(headings);
  for (const [heading, cells] of headingsOf(row)) {
    const [first, second] = cells;
    if (first === undefined) continue;
    const cell = `${name}!${cellName(row.number, first.column)}`;
    if (!known.has(heading))
      findings.refuse(
        cell,
        'unknown-heading',
        `「${first.text.trim()}」という見出しの列はありません。${hint(heading, headings)}見出しを直すか、列を削除してください。`,
      );
    else if (second !== undefined)
      findings.refuse(
        `${name}!${cellName(row.number, second.column)}`,
        'duplicate-heading',
        `「${heading}」の列が2つあります。一方を削除してください。`,
      );
    else positions.set(heading, first.column);
  }
  for (const heading of needed)
    if (!positions.has(heading) && !headingsOf(row).has(heading))
      findings.refuse(
        `${name}!${cellName(row.number, 1)}`,
        'missing-heading',
        `見出し「${heading}」の列がありません。列を加え、${row.number}行目に「${heading}」と記入してください。`,
      );
  return positions;
}

/** Without its line breaks: words in Latin letters stay apart. */
export function joined(text: string): string {
  return text.replaceAll(/([A-Za-z0-9,.])[^\S\n]*\n\s*(?=[A-Za-z0-9])/g, '$1 ').replaceAll(/[^\S\n]*\n\s*/g, '');
}

function tableRow(
  { number, cells }: GivenRow,
  { name, oneLine = [] }: SheetColumns,
  positions: ReadonlyMap<string, number>,
): TableRow & { readonly isBlank: boolean } {
  const byColumn = new Map(cells.map((cell) => [cell.column, cell]));
  const read: TableRow = {
    number,
    text: (heading) => {
      const cell = byColumn.get(positions.get(heading) ?? 0);
      if (cell === undefined || cell.fault !== undefined) return '';
      const text = lineFeeds(cell.text).trim();
      return oneLine.includes(heading) ? joined(text) : text;
    },
    at: (heading) => `${name}!${cellName(number, positions.get(heading) ?? 1)}`,
  };
  return { ...read, isBlank: cells.every(({ text, fault }) => text.trim() === '' && fault === undefined) };
}

/** What cannot be read of a row, and what nobody reads. */
function sayFaults(
  { number, cells, isHidden }: GivenRow,
  name: string,
  positions: ReadonlyMap<string, number>,
  findings: Findings,
): void {
  const read = new Set(positions.values());
  for (const { column, text, fault } of cells) {
    const at = `${name}!${cellName(number, column)}`;
    if (read.has(column) && fault !== undefined) findings.refuse(at, `cell-${fault}`, faults[fault]);
    if (!read.has(column) && text.trim() !== '')
      findings.notice(at, 'not-read', '見出しのない列にあるため、この内容は読み取りません。');
  }
  if (isHidden === true)
    findings.notice(
      `${name}!${cellName(number, 1)}`,
      'hidden-row',
      `${number}行目は非表示になっていますが、読み取りました。不要な行は削除してください。`,
    );
}

/** The rows below the headings in which something stands; none of a sheet that cannot be read, which is said. */
export function tableIn(sheet: GivenSheet, columns: SheetColumns, findings: Findings): TableRow[] | undefined {
  const { name, needed, mostRows } = columns;
  const [first, ...others] = sheet.rows.filter(({ cells }) => cells.some(({ text }) => text.trim() !== ''));
  if (first === undefined) {
    findings.refuse(
      `${name}!A1`,
      'missing-heading',
      `シートが空です。1行目に見出し「${columns.headings.join('」「')}」を記入してください。`,
    );
    return undefined;
  }
  const head = [first, ...others].slice(0, mostAbove).find((row) => hasAll(row, needed)) ?? first;
  const positions = positionsIn(head, columns, findings);
  if (needed.some((heading) => !positions.has(heading))) return undefined;
  const below = sheet.rows
    .filter(({ number }) => number > head.number)
    .map((given) => ({ given, row: tableRow(given, columns, positions) }))
    .filter(({ row }) => !row.isBlank);
  const beyond = below[mostRows];
  if (beyond !== undefined) {
    findings.refuse(
      `${name}!${cellName(beyond.row.number, 1)}`,
      'too-many-rows',
      `「${name}」のシートは${mostRows.toLocaleString('en')}行までです。不要な行を削除してください（${below.length.toLocaleString('en')}行あります）。`,
    );
    return undefined;
  }
  for (const { given } of below) sayFaults(given, name, positions, findings);
  return below.map(({ row }) => row);
}
