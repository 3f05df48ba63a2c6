/**
 * A cross table (クロス集計): how many units answered one question so and another so. Totals count units, so that each row
 * and column has the figure that the tally of its question has, also where a unit chose several options.
 */

import { missingWords } from './unit-values.ts';
import type { Option } from './variables.ts';

/** Besides the options: answered and chose none of them, did not answer, and was not asked. */
const chosenNone = '(none)';
const notAnswered = '(unanswered)';
const notAsked = '(not asked)';

/** Whether units of this row or column have no answer, of which there are no shares. */
export function hasNoAnswer({ key }: Pick<Option, 'key'>): boolean {
  return key === notAnswered || key === notAsked;
}

export interface Axis {
  readonly label: string;
  readonly options: readonly Option[];
  readonly noneLabel: string;
  readonly unansweredLabel: string;
  /** Those of its options that are left out where nobody has them, as bands of numbers. */
  readonly shownIfAny?: ReadonlySet<string>;
}

interface CrossedAxis {
  readonly label: string;
  /** Those that were not asked last, that have not answered and chosen none before them, each only where there are any. */
  readonly entries: readonly (Option & { readonly total: number })[];
  /** Units that answered: the base of shares, as the tally has it. */
  readonly base: number;
}

export interface Crossed {
  readonly rows: CrossedAxis;
  readonly columns: CrossedAxis;
  /** By row, then by column. */
  readonly cells: readonly (readonly number[])[];
  readonly units: number;
  /** Units that answered both. */
  readonly answeredBoth: number;
}

export type Chosen = readonly string[] | 'notAsked' | undefined;

/** Under which options a unit is counted. */
export function keysOf(chosen: Chosen): readonly string[] {
  if (chosen === undefined) return [notAnswered];
  if (chosen === 'notAsked') return [notAsked];
  return chosen.length === 0 ? [chosenNone] : [...new Set(chosen)];
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Units are added one by one, so that no more than the counts is kept. */
export class CrossTable {
  readonly #rows: Axis;
  readonly #columns: Axis;
  readonly #cells = new Map<string, Map<string, number>>();
  readonly #rowTotals = new Map<string, number>();
  readonly #columnTotals = new Map<string, number>();
  #units = 0;
  #answeredBoth = 0;

  constructor(rows: Axis, columns: Axis) {
    this.#rows = rows;
    this.#columns = columns;
  }

  add(row: Chosen, column: Chosen): void {
    this.#units += 1;
    const [rows, columns] = [keysOf(row), keysOf(column)];
    if (![...rows, ...columns].some((key) => hasNoAnswer({ key }))) this.#answeredBoth += 1;
    for (const key of columns) add(this.#columnTotals, key);
    for (const key of rows) {
      add(this.#rowTotals, key);
      const cells = this.#cells.get(key) ?? new Map<string, number>();
      this.#cells.set(key, cells);
      for (const other of columns) add(cells, other);
    }
  }

  #axis(
    { label, options, noneLabel, unansweredLabel, shownIfAny }: Axis,
    totals: ReadonlyMap<string, number>,
  ): CrossedAxis {
    const total = (key: string): number => totals.get(key) ?? 0;
    const special = [
      { key: chosenNone, label: noneLabel },
      { key: notAnswered, label: unansweredLabel },
      { key: notAsked, label: missingWords.notAsked },
    ].filter(({ key }) => total(key) > 0);
    const shown = options.filter(({ key }) => shownIfAny?.has(key) !== true || total(key) > 0);
    return {
      label,
      entries: [...shown, ...special].map((each) => ({ ...each, total: total(each.key) })),
      base: this.#units - total(notAnswered) - total(notAsked),
    };
  }

  crossed(): Crossed {
    const rows = this.#axis(this.#rows, this.#rowTotals);
    const columns = this.#axis(this.#columns, this.#columnTotals);
    return {
      rows,
      columns,
      cells: rows.entries.map(({ key }) => columns.entries.map((each) => this.#cells.get(key)?.get(each.key) ?? 0)),
      units: this.#units,
      answeredBoth: this.#answeredBoth,
    };
  }
}

export const shareBases = { column: '列ごと', row: '行ごと', whole: '全体' } as const;
export type ShareBase = keyof typeof shareBases;

/**
 * Of which number each cell is a share: among the units of its column, or row, those that answered the other question. None of
 * those that did not answer.
 */
export function shareBaseOf({ rows, columns, cells, answeredBoth }: Crossed, of: ShareBase): (number | undefined)[][] {
  const places = (entries: readonly Option[]): number[] =>
    entries.flatMap((entry, at) => (hasNoAnswer(entry) ? [at] : []));
  const [emptyRows, emptyColumns] = [places(rows.entries), places(columns.entries)];
  const sum = (counts: readonly (number | undefined)[]): number =>
    counts.reduce<number>((all, each) => all + (each ?? 0), 0);
  return rows.entries.map((row, index) =>
    columns.entries.map((column, at) => {
      if (emptyRows.includes(index) || emptyColumns.includes(at)) return undefined;
      if (of === 'whole') return answeredBoth;
      return of === 'column'
        ? column.total - sum(emptyRows.map((each) => cells[each]?.[at]))
        : row.total - sum(emptyColumns.map((each) => cells[index]?.[each]));
    }),
  );
}
