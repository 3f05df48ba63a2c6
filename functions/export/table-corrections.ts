/**
 * What stands otherwise in the tables of two editions, cell by cell as published. Of all rows only fingerprints are kept in
 * memory, and the cells of those rows alone that are others; a table whose bytes are the same is not read.
 */

import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CorrectionKind } from '../domain/errata.ts';
import type { CorrectedReturn } from '../domain/report/corrections.ts';
import { linesOf } from './edition-tables.ts';
import type { EditionTables, ReturnTable } from './edition-tables.ts';

/** A cell that stands otherwise, or a row that came or went. */
export interface TableCorrection {
  readonly change: CorrectionKind;
  readonly form: string;
  /** The file of the table. */
  readonly table: string;
  readonly unit: string;
  readonly unitName: string;
  /** Ids of the entries that the row is in, outermost first, and its own; of a plain text its order. None for a return. */
  readonly entries: readonly string[];
  /** What an entry calls itself. */
  readonly entryName: string;
  /** Absent for a row that came or went. */
  readonly cell?: CellCorrection;
}

interface CellCorrection {
  readonly column: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly unit: string;
}

type Cells = readonly string[];

const unitName = 'unitName';
/** Rows between two calls of `step`. */
const rowsPerStep = 2000;

function formOf(path: string): string {
  return path.slice(0, path.indexOf('.'));
}

const row = z.array(z.string());

/** A row that is kept: one text takes far less memory than hundreds of cells. */
function packed(cells: Cells): string {
  return JSON.stringify(cells);
}

function unpacked(text: string): Cells {
  return row.parse(JSON.parse(text));
}

/** A table of one of the two editions; without a table there are no rows. */
class Side {
  readonly table: ReturnTable | undefined;
  readonly #edition: EditionTables;
  readonly #step: () => Promise<void>;
  #positions = new Map<string, number>();

  constructor(edition: EditionTables, path: string, step: () => Promise<void>) {
    this.table = edition.tables.find((table) => table.path === path);
    this.#edition = edition;
    this.#step = step;
  }

  /** The columns that are compared: no keys, and a unit's name once only, in the row of its return. */
  get columns(): readonly string[] {
    const { fields = [], primaryKey = [] } = this.table ?? {};
    const isChild = primaryKey.length > 2;
    return fields.map(({ name }) => name).filter((name) => !primaryKey.includes(name) && !(isChild && name === unitName));
  }

  async *rows(): AsyncGenerator<Cells> {
    if (this.table === undefined) return;
    let count = 0;
    for await (const cells of linesOf(this.#edition, this.table)) {
      if (count === 0) this.#positions = new Map(cells.map((name, index) => [name, index]));
      else yield cells;
      count += 1;
      if (count % rowsPerStep === 0) await this.#step();
    }
  }

  /** A column that this edition does not have counts as empty. */
  cell(cells: Cells, column: string): string {
    return cells[this.#positions.get(column) ?? -1] ?? '';
  }

  cells(cells: Cells, columns: readonly string[]): string[] {
    return columns.map((column) => this.cell(cells, column));
  }

  keyOf(cells: Cells): string {
    return JSON.stringify(this.cells(cells, this.table?.primaryKey ?? []));
  }
}

/** One table in both editions. */
class TableComparison {
  readonly #path: string;
  readonly #before: Side;
  readonly #after: Side;
  readonly #columns: readonly string[];

  constructor(path: string, before: Side, after: Side) {
    this.#path = path;
    this.#before = before;
    this.#after = after;
    this.#columns = [...new Set([...after.columns, ...before.columns])];
  }

  #fingerprint(side: Side, cells: Cells): string {
    return createHash('sha256').update(JSON.stringify(side.cells(cells, this.#columns))).digest('base64');
  }

  #row(change: CorrectionKind, side: Side, cells: Cells): TableCorrection {
    const form = formOf(this.#path);
    const list = this.#path.slice(form.length + 1).replace(/\.?csv$/, '');
    const names = list === '' ? [] : side.cells(cells, [`${list}.name`, `${list}.title`]);
    return {
      change,
      form,
      table: this.#path,
      unit: side.cell(cells, 'unit'),
      unitName: side.cell(cells, unitName),
      entries: side.cells(cells, side.table?.primaryKey.slice(2) ?? []),
      entryName: names.find((name) => name !== '') ?? '',
    };
  }

  #changed(was: Cells, is: Cells): TableCorrection[] {
    const row = this.#row('changed', this.#after, is);
    return this.#columns.flatMap((column) => {
      const [before, after] = [this.#before.cell(was, column), this.#after.cell(is, column)];
      if (before === after) return [];
      const fields = [this.#after, this.#before].flatMap(({ table }) => table?.fields ?? []);
      const { title: label = '', unit = '' } = fields.find(({ name }) => name === column) ?? {};
      return [{ ...row, cell: { column, label, before, after, unit } }];
    });
  }

  /** In the order of the newer table; then the rows that are gone. */
  async *corrections(): AsyncGenerator<TableCorrection> {
    const [before, after] = [this.#before, this.#after];
    if (before.table?.sha256 === after.table?.sha256) return;
    /** Of the rows that the newer table was not yet found to have. */
    const fingerprints = new Map<string, string>();
    for await (const cells of before.rows()) fingerprints.set(before.keyOf(cells), this.#fingerprint(before, cells));
    const others = new Map<string, string>();
    for await (const cells of after.rows()) {
      const key = after.keyOf(cells);
      if (fingerprints.get(key) !== this.#fingerprint(after, cells)) others.set(key, packed(cells));
      fingerprints.delete(key);
    }
    const were = new Map<string, string>();
    const gone: string[] = [];
    if (others.size + fingerprints.size > 0)
      for await (const cells of before.rows()) {
        const key = before.keyOf(cells);
        if (fingerprints.has(key)) gone.push(packed(cells));
        else if (others.has(key)) were.set(key, packed(cells));
      }
    for (const [key, is] of others) {
      const was = were.get(key);
      if (was === undefined) yield this.#row('added', after, unpacked(is));
      else yield* this.#changed(unpacked(was), unpacked(is));
    }
    for (const was of gone) yield this.#row('removed', before, unpacked(was));
  }
}

/** The tables of both editions, form by form, those of the newer one first; parents come before their lists. */
function pathsOf(before: EditionTables, after: EditionTables): string[] {
  const paths = new Set([...after.tables, ...before.tables].map(({ path }) => path));
  return [...Map.groupBy(paths, formOf).values()].flat();
}

/**
 * The corrections of the newer edition, form by form and table by table. Of a return that came or went its lists are not
 * told.
 *
 * @param step is called now and then while rows are read
 */
export async function* tableCorrections(
  before: EditionTables,
  after: EditionTables,
  step: () => Promise<void>,
): AsyncGenerator<TableCorrection> {
  /** Returns that came or went. */
  const whole = new Set<string>();
  for (const path of pathsOf(before, after)) {
    const comparison = new TableComparison(path, new Side(before, path, step), new Side(after, path, step));
    for await (const correction of comparison.corrections()) {
      const { form, unit, change, entries } = correction;
      const name = `${form} ${unit}`;
      if (entries.length === 0 && change !== 'changed') whole.add(name);
      else if (whole.has(name)) continue;
      yield correction;
    }
  }
}

/** The same by return, with how many corrections each has. */
export async function correctedReturns(corrections: AsyncIterable<TableCorrection>): Promise<CorrectedReturn[]> {
  const returns = new Map<string, CorrectedReturn>();
  for await (const { form, unit, unitName, entries, change } of corrections) {
    const name = `${form} ${unit}`;
    const known = returns.get(name);
    const whole = entries.length === 0 ? change : 'changed';
    returns.set(name, { form, unitName, change: known?.change ?? whole, items: (known?.items ?? 0) + 1 });
  }
  return [...returns.values()];
}
