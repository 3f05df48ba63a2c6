/**
 * What stands otherwise in the tables of two editions, cell by cell as published. Tables are read more than once, so that of
 * all rows only fingerprints are kept in memory; a table whose bytes are the same is not read.
 */

import type { CorrectionKind } from '../domain/errata.ts';
import type { CorrectedReturn, Corrections } from '../domain/report/corrections.ts';
import type { EditionTables } from './edition-tables.ts';
import { directoryPath, membersPath } from './files/directory-files.ts';
import { RowFingerprints } from './row-fingerprints.ts';
import { ChangedRows, TableSide } from './table-side.ts';
import type { Cells } from './table-side.ts';

/** A cell that stands otherwise, or a row that came or went. */
export interface TableCorrection {
  readonly change: CorrectionKind;
  /** `directory` for the tables of the directory. */
  readonly form: string;
  /** The file of the table. */
  readonly table: string;
  readonly unit: string;
  readonly unitName: string;
  /**
   * Ids of the entries that the row is in, outermost first, and its own; of a plain text its order, of a council's
   * member its code. None for a return or a unit.
   */
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

/** Of a table. */
function formOf(path: string): string {
  return path.slice(0, path.indexOf('.'));
}

const ofDirectory = formOf(directoryPath);

/** The columns that an entry calls itself by. */
function nameColumns(path: string): string[] {
  if (path === membersPath) return ['memberName'];
  const list = path.slice(formOf(path).length + 1).replace(/\.?csv$/, '');
  return list === '' ? [] : [`${list}.name`, `${list}.title`];
}

/** One table in both editions. */
class TableComparison {
  readonly #path: string;
  readonly #before: TableSide;
  readonly #after: TableSide;
  readonly #columns: readonly string[];

  constructor(path: string, before: TableSide, after: TableSide) {
    this.#path = path;
    this.#before = before;
    this.#after = after;
    this.#columns = [...new Set([...after.columns, ...before.columns])];
  }

  #compared(side: TableSide, cells: Cells): string {
    return JSON.stringify(side.cells(cells, this.#columns));
  }

  #row(change: CorrectionKind, side: TableSide, cells: Cells): TableCorrection {
    return {
      change,
      form: formOf(this.#path),
      table: this.#path,
      unit: side.cell(cells, 'unit'),
      unitName: side.cell(cells, 'unitName'),
      entries: side.entries(cells),
      entryName: side.cells(cells, nameColumns(this.#path)).find((name) => name !== '') ?? '',
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

  /** The `others` rows of the newer table that the older one has otherwise, or not at all. */
  async *#present(older: RowFingerprints, others: number): AsyncGenerator<TableCorrection> {
    const changed = new ChangedRows(this.#before, (key) => older.stateOf(key) === 'changed');
    let left = others;
    try {
      for await (const is of this.#after.rows()) {
        const key = this.#after.keyOf(is);
        const state = older.stateOf(key);
        if (state === 'same') continue;
        const was = state === undefined ? undefined : await changed.take(key);
        if (was === undefined) yield this.#row('added', this.#after, is);
        else yield* this.#changed(was, is);
        left -= 1;
        if (left === 0) return;
      }
    } finally {
      await changed.close();
    }
  }

  /** In the order of the newer table; then the rows that are gone, in the order of the older one. */
  async *corrections(): AsyncGenerator<TableCorrection> {
    const [before, after] = [this.#before, this.#after];
    if (before.table?.sha256 === after.table?.sha256) return;
    const older = new RowFingerprints();
    for await (const cells of before.rows()) older.add(before.keyOf(cells), this.#compared(before, cells));
    let others = 0;
    for await (const cells of after.rows())
      if (!older.meet(after.keyOf(cells), this.#compared(after, cells))) others += 1;
    if (others > 0) yield* this.#present(older, others);
    if (older.gone === 0) return;
    for await (const cells of before.rows())
      if (older.stateOf(before.keyOf(cells)) === 'gone') yield this.#row('removed', before, cells);
  }
}

/**
 * The tables of both editions, form by form, those of the newer one first; parents come before their lists. Where an
 * earlier release published no directory, none of its units is new.
 */
function pathsOf(before: EditionTables, after: EditionTables): string[] {
  const known = new Set(before.tables.map(({ path }) => path));
  const comparable = after.tables.filter(({ path }) => known.has(path) || formOf(path) !== ofDirectory);
  const paths = new Set([...comparable, ...before.tables].map(({ path }) => path));
  return [...Map.groupBy(paths, formOf).values()].flat();
}

/**
 * The corrections of the newer edition, form by form and table by table. Of a return or a unit that came or
 * went the lists are not told.
 *
 * @param step is called now and then while rows are read
 */
export async function* tableCorrections(
  before: EditionTables,
  after: EditionTables,
  step: () => Promise<void>,
): AsyncGenerator<TableCorrection> {
  /** Returns, and units of the directory, that came or went. */
  const whole = new Set<string>();
  for (const path of pathsOf(before, after)) {
    const comparison = new TableComparison(path, new TableSide(before, path, step), new TableSide(after, path, step));
    for await (const correction of comparison.corrections()) {
      const { form, unit, change, entries } = correction;
      const name = `${form} ${unit}`;
      if (entries.length === 0 && change !== 'changed') whole.add(name);
      else if (whole.has(name)) continue;
      yield correction;
    }
  }
}

/** The same by return, with how many corrections each has, and by unit of the directory. */
export async function correctedUnits(
  corrections: AsyncIterable<TableCorrection>,
): Promise<Pick<Corrections, 'returns' | 'units'>> {
  const found = new Map<string, CorrectedReturn>();
  for await (const { form, unit, unitName, entries, change } of corrections) {
    const name = `${form} ${unit}`;
    const known = found.get(name);
    const whole = entries.length === 0 ? change : 'changed';
    found.set(name, { form, unitName, change: known?.change ?? whole, items: (known?.items ?? 0) + 1 });
  }
  const { returns = [], units = [] } = Object.groupBy(found.values(), ({ form }) =>
    form === ofDirectory ? 'units' : 'returns',
  );
  return { returns, units };
}
