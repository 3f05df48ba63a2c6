/** The questionnaires of the fixtures as sheets of texts, to be changed as somebody would, and what is read of them. */

import { readFileSync } from 'node:fs';
import type { CellFault, GivenSheet } from '../../../functions/domain/given-sheet.ts';
import { readQuestionnaire } from '../../../functions/domain/questionnaire/read.ts';
import { readWorkbookSheets } from '../../../functions/platform/workbook/spreadsheet.ts';
import { readDocument } from '../../../schemas/document/form-document.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';
import type { Json } from '../../../schemas/values/json.ts';

export const names = ['kinkyu-oyuki', 'soudan-jisshi'] as const;
type Name = (typeof names)[number];

function fixture(file: string): URL {
  return new URL(`../../fixtures/questionnaires/${file}`, import.meta.url);
}

export const documents = new Map<Name, Json>();
export const workbooks = new Map<Name, readonly GivenSheet[]>();

for (const name of names) {
  const sheets = await readWorkbookSheets(readFileSync(fixture(`${name}.xlsx`)), 60_000);
  workbooks.set(name, sheets.ok ? sheets.value : []);
  documents.set(name, JSON.parse(readFileSync(fixture(`${name}.json`), 'utf8')));
}

interface Cell {
  readonly text: string;
  readonly fault?: CellFault;
}
type Change = (sheets: Sheets) => void;

/** Sheets as rows of texts, to be changed as somebody would. */
class Sheets {
  readonly #sheets: Map<string, Map<number, Map<number, Cell>>>;
  readonly hiddenRows = new Set<string>();

  constructor(sheets: readonly GivenSheet[]) {
    this.#sheets = new Map(
      sheets.map(({ name, rows }) => [
        name,
        new Map(rows.map(({ number, cells }) => [number, new Map(cells.map((cell) => [cell.column, cell]))])),
      ]),
    );
  }

  #row(sheet: string, number: number): Map<number, Cell> {
    const rows = this.#sheets.get(sheet) ?? new Map<number, Map<number, Cell>>();
    this.#sheets.set(sheet, rows);
    const row = rows.get(number) ?? new Map<number, Cell>();
    rows.set(number, row);
    return row;
  }

  #column(sheet: string, heading: string): number {
    const head = [...this.#row(sheet, 1)];
    const found = head.find(([, { text }]) => text === heading)?.[0];
    if (found !== undefined) return found;
    const next = Math.max(0, ...head.map(([column]) => column)) + 1;
    this.#row(sheet, 1).set(next, { text: heading });
    return next;
  }

  set(sheet: string, row: number, cells: Readonly<Record<string, string | Cell>>): this {
    for (const [heading, value] of Object.entries(cells))
      this.#row(sheet, row).set(this.#column(sheet, heading), typeof value === 'string' ? { text: value } : value);
    return this;
  }

  /** A row between others. */
  insert(sheet: string, row: number, cells: Readonly<Record<string, string>>): this {
    const rows = this.#sheets.get(sheet) ?? new Map<number, Map<number, Cell>>();
    const moved = [...rows].map(([number, each]) => [number < row ? number : number + 1, each] as const);
    this.#sheets.set(sheet, new Map(moved));
    return this.set(sheet, row, cells);
  }

  rename(sheet: string, heading: string, to: string): this {
    return this.set(sheet, 1, { [heading]: to });
  }

  without(sheet: string, row?: number): this {
    if (row === undefined) this.#sheets.delete(sheet);
    else this.#sheets.get(sheet)?.delete(row);
    return this;
  }

  move(sheet: string, from: number, before: number): this {
    const rows = this.#sheets.get(sheet) ?? new Map<number, Map<number, Cell>>();
    const taken = rows.get(from);
    rows.delete(from);
    this.insert(sheet, before, {});
    if (taken !== undefined) this.#sheets.get(sheet)?.set(before, taken);
    return this;
  }

  get given(): GivenSheet[] {
    return [...this.#sheets].map(([name, rows]) => ({
      name,
      isHidden: false,
      rows: [...rows]
        .toSorted(([a], [b]) => a - b)
        .map(([number, cells]) => ({
          number,
          ...(this.hiddenRows.has(`${name} ${number}`) ? { isHidden: true } : {}),
          cells: [...cells].map(([column, cell]) => ({ column, ...cell })),
        })),
    }));
  }
}

export function changed(change: Change, name: Name = 'soudan-jisshi'): GivenSheet[] {
  const sheets = new Sheets(workbooks.get(name) ?? []);
  change(sheets);
  return sheets.given;
}

export function told(sheets: readonly GivenSheet[], about: Parameters<typeof readQuestionnaire>[1] = {}): string[] {
  const read = readQuestionnaire(sheets, about);
  return ('errors' in read ? read.errors : []).map(({ cell, message }) => `${cell}: ${message}`);
}

export function noticesOf(sheets: readonly GivenSheet[], earlier: readonly FormDocument[] = []): string[] {
  const read = readQuestionnaire(sheets, { earlier });
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.notices.map(({ cell, message }) => `${cell}: ${message}`);
}

export function documentOf(sheets: readonly GivenSheet[], earlier: readonly FormDocument[] = []): FormDocument {
  const read = readQuestionnaire(sheets, { earlier });
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.document;
}

export function original(name: Name): FormDocument {
  const read = readDocument(documents.get(name) ?? null);
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.document;
}
