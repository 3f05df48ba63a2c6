/**
 * What stands otherwise in the tables of two editions, cell by cell as published. A table whose bytes are the same is not
 * read; of the others a hash of every row is kept in memory, and the cells of the rows that changed.
 */

import { hash } from 'node:crypto';
import type { CorrectionKind } from '../../domain/errata.ts';
import type { CorrectedReturn, Corrections } from '../../domain/report/corrections.ts';
import { withDescendants } from '../../domain/tables.ts';
import { linesOf, rowKeys } from './edition-tables.ts';
import type { EditionTables, UnitTable } from './edition-tables.ts';
import { directoryPath, membersPath } from './directory-files.ts';
import type { FormWithTables } from './formats.ts';
import { tableFileName } from './key-columns.ts';

export interface TableCorrection {
  readonly change: CorrectionKind;
  /** `directory` for the tables of the directory. */
  readonly form: string;
  readonly table: string;
  readonly unit: string;
  readonly unitName: string;
  /**
   * Ids of the entries that the row is in, outermost first, and its own; of a plain text its order, of a council's
   * member its code. None for a return or a unit.
   */
  readonly entries: readonly string[];
  readonly entryName: string;
  readonly cell?: CellCorrection;
}

interface CellCorrection {
  readonly column: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly unit: string;
}

/** Of a table. */
function formOfPath(path: string): string {
  return path.slice(0, path.indexOf('.'));
}

const ofDirectory = formOfPath(directoryPath);

/** The columns that entries are called by, by the file of their table. */
export function nameColumnsOf(forms: readonly FormWithTables[]): ReadonlyMap<string, string> {
  const ofLists = forms.flatMap(({ form, table }) =>
    withDescendants(table).flatMap((each): [string, string][] => {
      const titledBy = each.list?.kind.titledBy;
      return titledBy === undefined ? [] : [[tableFileName(form, each), `${each.id}.${titledBy}`]];
    }),
  );
  return new Map([...ofLists, [membersPath, 'memberName']]);
}

/** The columns that repeat the name of a unit, whose own row in the directory alone tells when it is another one. */
function repeatedNames(path: string): readonly string[] {
  if (path === directoryPath) return [];
  return path === membersPath ? ['unitName', 'memberName'] : ['unitName'];
}

type Cells = readonly string[];

const rowsPerStep = 2000;

interface Reading {
  readonly nameColumns: ReadonlyMap<string, string>;
  /** Called now and then while rows are read. */
  readonly step: () => Promise<void>;
}

/** A table as one of the editions has it; without it there are no rows. */
class TableSide {
  readonly table: UnitTable | undefined;
  readonly #edition: EditionTables;
  readonly #reading: Reading;
  #positions = new Map<string, number>();

  constructor(edition: EditionTables, path: string, reading: Reading) {
    this.table = edition.tables.find((table) => table.path === path);
    this.#edition = edition;
    this.#reading = reading;
  }

  get columns(): readonly string[] {
    const { path = '', fields = [], primaryKey = [] } = this.table ?? {};
    const leftOut = new Set([...primaryKey, ...repeatedNames(path)]);
    return fields.map(({ name }) => name).filter((name) => !leftOut.has(name));
  }

  async *rows(): AsyncGenerator<[key: string, cells: Cells]> {
    if (this.table === undefined) return;
    let count = 0;
    for await (const cells of linesOf(this.#edition, this.table)) {
      if (count === 0) this.#positions = new Map(cells.map((name, index) => [name, index]));
      else yield [JSON.stringify(this.cells(cells, this.table.primaryKey)), cells];
      count += 1;
      if (count % rowsPerStep === 0) await this.#reading.step();
    }
  }

  /** A column that this edition does not have counts as empty. */
  cell(cells: Cells, column: string): string {
    return cells[this.#positions.get(column) ?? -1] ?? '';
  }

  cells(cells: Cells, columns: readonly string[]): string[] {
    return columns.map((column) => this.cell(cells, column));
  }

  row(change: CorrectionKind, path: string, cells: Cells): TableCorrection {
    return {
      change,
      form: formOfPath(path),
      table: path,
      unit: this.cell(cells, 'unit'),
      unitName: this.cell(cells, 'unitName'),
      entries: this.table === undefined ? [] : this.cells(cells, rowKeys(this.table).slice(1)),
      entryName: this.cell(cells, this.#reading.nameColumns.get(path) ?? ''),
    };
  }
}

/** One table in both editions: in the order of the newer one, then the rows that are gone in the order of the older one. */
async function* correctionsOf(path: string, before: TableSide, after: TableSide): AsyncGenerator<TableCorrection> {
  if (before.table?.sha256 === after.table?.sha256) return;
  // Nothing was wrong about a column that was not there: what it holds now is no correction.
  const known = new Set(before.table === undefined ? after.columns : before.columns);
  const columns = [...new Set([...after.columns.filter((name) => known.has(name)), ...known])];
  const hashOf = (side: TableSide, cells: Cells): string => hash('sha256', JSON.stringify(side.cells(cells, columns)));
  const older = new Map<string, string>();
  for await (const [key, cells] of before.rows()) older.set(key, hashOf(before, cells));
  const newer = new Map<string, Cells>();
  for await (const [key, cells] of after.rows())
    if (older.get(key) === hashOf(after, cells)) older.delete(key);
    else newer.set(key, cells);

  const was = new Map<string, Cells>();
  const gone: Cells[] = [];
  if (older.size > 0)
    for await (const [key, cells] of before.rows())
      if (newer.has(key)) was.set(key, cells);
      else if (older.has(key)) gone.push(cells);
  const fields = new Map(
    [before, after].flatMap(({ table }) => table?.fields ?? []).map((field) => [field.name, field]),
  );
  for (const [key, cells] of newer) {
    const old = was.get(key);
    if (old === undefined) yield after.row('added', path, cells);
    else
      for (const column of columns) {
        const cell = { column, before: before.cell(old, column), after: after.cell(cells, column) };
        const { title: label = '', unit = '' } = fields.get(column) ?? {};
        if (cell.before !== cell.after) yield { ...after.row('changed', path, cells), cell: { ...cell, label, unit } };
      }
  }
  for (const cells of gone) yield before.row('removed', path, cells);
}

/**
 * The tables of both editions, form by form, those of the newer one first; parents come before their lists. Where one of
 * them has no such table of the directory, none of its units is new or gone.
 */
function pathsOf(before: EditionTables, after: EditionTables): string[] {
  const [was, is] = [before, after].map(({ tables }) => tables.map(({ path }) => path));
  const isComparable = (path: string): boolean =>
    formOfPath(path) !== ofDirectory || (was?.includes(path) === true && is?.includes(path) === true);
  const paths = new Set([...(is ?? []), ...(was ?? [])].filter(isComparable));
  return [...Map.groupBy(paths, formOfPath).values()].flat();
}

/**
 * The corrections of the newer edition, form by form and table by table. Of a return or a unit that came or
 * went the lists are not told.
 */
export async function* tableCorrections(
  before: EditionTables,
  after: EditionTables,
  reading: Reading,
): AsyncGenerator<TableCorrection> {
  /** Returns, and units of the directory, that came or went. */
  const whole = new Set<string>();
  for (const path of pathsOf(before, after)) {
    const [older, newer] = [new TableSide(before, path, reading), new TableSide(after, path, reading)] as const;
    for await (const correction of correctionsOf(path, older, newer)) {
      const { form, unit, change, entries } = correction;
      const name = `${form} ${unit}`;
      if (entries.length === 0 && change !== 'changed') whole.add(name);
      else if (whole.has(name)) continue;
      yield correction;
    }
  }
}

export class CorrectedUnits {
  readonly #found = new Map<string, CorrectedReturn>();

  async *noting(corrections: AsyncIterable<TableCorrection>): AsyncGenerator<TableCorrection> {
    for await (const correction of corrections) {
      const { form, unit, unitName, entries, change } = correction;
      const name = `${form} ${unit}`;
      const known = this.#found.get(name);
      const whole = entries.length === 0 ? change : 'changed';
      this.#found.set(name, { form, unitName, change: known?.change ?? whole, items: (known?.items ?? 0) + 1 });
      yield correction;
    }
  }

  found(): Pick<Corrections, 'returns' | 'units'> {
    const { returns = [], units = [] } = Object.groupBy(this.#found.values(), ({ form }) =>
      form === ofDirectory ? 'units' : 'returns',
    );
    return { returns, units };
  }
}
