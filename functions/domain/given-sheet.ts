/** A sheet of a workbook that somebody hands in, cell by cell. */

/** What stands in a cell besides what somebody types: none of it is taken for an answer, save a date where one is asked. */
export type CellFault = 'date' | 'error' | 'formula' | 'merged' | 'other';

export interface GivenCell {
  /** The first being 1, as for rows. */
  readonly column: number;
  /** As it is written, spaces around it too; a number as it is printed. */
  readonly text: string;
  readonly fault?: CellFault | undefined;
}

export interface GivenSheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** Those in which something stands. */
  readonly rows: readonly GivenRow[];
}

export interface GivenRow {
  readonly number: number;
  readonly isHidden?: true | undefined;
  readonly cells: readonly GivenCell[];
}

/** `A` for 1, `XFD` for 16384. */
export function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? columnName(rest) : ''}${String.fromCodePoint(65 + ((column - 1) % 26))}`;
}

export function cellName(row: number, column: number): string {
  return `${columnName(column)}${row}`;
}
