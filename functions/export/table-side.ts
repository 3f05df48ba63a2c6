/** A table as one of two editions has it that are compared. */

import * as z from 'zod';
import { linesOf, rowKeys } from './edition-tables.ts';
import type { EditionTables, UnitTable } from './edition-tables.ts';
import { directoryPath, membersPath } from './files/directory-files.ts';

export type Cells = readonly string[];

/** Rows between two calls of `step`. */
const rowsPerStep = 2000;

/** The columns that repeat the name of a unit, whose own row in the directory alone tells when it is another one. */
function repeatedNames(path: string): readonly string[] {
  if (path === directoryPath) return [];
  return path === membersPath ? ['unitName', 'memberName'] : ['unitName'];
}

/** Without a table there are no rows. */
export class TableSide {
  readonly table: UnitTable | undefined;
  readonly #edition: EditionTables;
  readonly #step: () => Promise<void>;
  #positions = new Map<string, number>();

  constructor(edition: EditionTables, path: string, step: () => Promise<void>) {
    this.table = edition.tables.find((table) => table.path === path);
    this.#edition = edition;
    this.#step = step;
  }

  /** The columns that are compared. */
  get columns(): readonly string[] {
    const { path = '', fields = [], primaryKey = [] } = this.table ?? {};
    const leftOut = new Set([...primaryKey, ...repeatedNames(path)]);
    return fields.map(({ name }) => name).filter((name) => !leftOut.has(name));
  }

  /** One after the other, from the first one every time. */
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

  /** The ids of the entries that a row is in, outermost first, and its own. */
  entries(cells: Cells): string[] {
    return this.table === undefined ? [] : this.cells(cells, rowKeys(this.table).slice(1));
  }

  keyOf(cells: Cells): string {
    return JSON.stringify(this.cells(cells, this.table?.primaryKey ?? []));
  }
}

const row = z.array(z.string());

/**
 * The changed rows of the older table, taken in the order of the newer one. What is read before it is asked for is kept, so
 * that tables of the same order keep next to nothing, and others cost memory alone.
 */
export class ChangedRows {
  readonly #older: TableSide;
  readonly #isChanged: (key: string) => boolean;
  readonly #rows: AsyncGenerator<Cells>;
  /** By key; one text takes far less memory than hundreds of cells. */
  readonly #early = new Map<string, string>();

  constructor(older: TableSide, isChanged: (key: string) => boolean) {
    this.#older = older;
    this.#isChanged = isChanged;
    this.#rows = older.rows();
  }

  /** `undefined` for a row that the older table does not have, or that was taken before. */
  async take(wanted: string): Promise<Cells | undefined> {
    const early = this.#early.get(wanted);
    if (early !== undefined) {
      this.#early.delete(wanted);
      return row.parse(JSON.parse(early));
    }
    for (let next = await this.#rows.next(); next.done !== true; next = await this.#rows.next()) {
      const key = this.#older.keyOf(next.value);
      if (key === wanted) return next.value;
      if (this.#isChanged(key)) this.#early.set(key, JSON.stringify(next.value));
    }
    return undefined;
  }

  /** Reads no further. */
  async close(): Promise<void> {
    await this.#rows.return(undefined);
  }
}
