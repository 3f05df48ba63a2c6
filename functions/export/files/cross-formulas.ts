/**
 * Where the parts of a sheet of cross tables stand, and the formulas that work them out again when somebody chooses other
 * questions. They take nothing but what every spreadsheet has had for long.
 */

import { columnName } from '../xlsx/cells.ts';

/** Options of a question that the tables have room for. */
export const mostOptions = 20;

/** Rows of the sheet, from 1; the chosen question stands in column A, and where its options are beside it. */
export const at = {
  rows: 4,
  columns: 6,
  share: 8,
  counts: 12,
  shares: 12 + mostOptions + 5,
  list: 12 + 2 * mostOptions + 8,
};

/** The rows of options, on a sheet of their own: question, option, how many, and a column for each unit. */
export interface Source {
  readonly sheet: string;
  readonly rows: number;
  readonly units: number;
}

const [from, to] = [columnName(2), columnName(mostOptions + 1)];
/** Where the options begin, how many there are, and how many of them, the last, are of no answer. */
const [start, count, last] = ['B', 'C', 'D'];

function chosen(row: number, column: string): string {
  return `$${column}$${row}`;
}

/** Where the options of the chosen question begin, how many there are, and how many of them are of no answer. */
export function lookUp(row: number, column: string, listed: number): string {
  const list = (of: string): string => `$${of}$${at.list}:$${of}$${at.list + listed - 1}`;
  return `SUMPRODUCT((${list('A')}=$A$${row})*${list(column)})`;
}

function ranged({ sheet, rows }: Source, column: string, end = column): string {
  return `'${sheet}'!$${column}$1:$${end}$${rows + 1}`;
}

/** @param column of the source, `B` the option, `C` how many chose it */
export function ofOption(source: Source, of: 'rows' | 'columns', index: number, column: string): string {
  const row = at[of];
  return `IF(${index + 1}>${chosen(row, count)},"",INDEX(${ranged(source, column)},${chosen(row, start)}+${index}))`;
}

/** How many units have both. */
export function both(source: Source, row: number, column: number): string {
  const units = ranged(source, 'D', columnName(source.units + 2));
  const of = (side: 'rows' | 'columns', index: number): string =>
    `INDEX(${units},${chosen(at[side], start)}+${index},0)`;
  const isNone = `OR(${row + 1}>${chosen(at.rows, count)},${column + 1}>${chosen(at.columns, count)})`;
  return `IF(${isNone},"",SUMPRODUCT(${of('rows', row)},${of('columns', column)}))`;
}

const counts = { top: at.counts + 1, bottom: at.counts + mostOptions };

/** The places, counted from the last option, at which units gave no answer or were not asked. */
const ends = [0, 1];

/** A total without the units of a range of rows, or columns, that gave no answer. */
function without(side: 'rows' | 'columns', total: string, range: string): string {
  const [options, empty] = [chosen(at[side], count), chosen(at[side], last)];
  const place = (end: number): string => `${side === 'rows' ? '' : '1,'}${options}-${end}`;
  return [total, ...ends.map((end) => `IF(${empty}>${end},INDEX(${range},${place(end)}),0)`)].join('-');
}

/** Units that answered neither of the two questions, which both totals leave out. */
const neither = ends.flatMap((row) =>
  ends.map((column) => {
    const isThere = `AND(${chosen(at.rows, last)}>${row},${chosen(at.columns, last)}>${column})`;
    const place = `${chosen(at.rows, count)}-${row},${chosen(at.columns, count)}-${column}`;
    return `IF(${isThere},INDEX($${from}$${counts.top}:$${to}$${counts.bottom},${place}),0)`;
  }),
);

/** Units that answered both questions. */
export const answeredBoth = [
  without(
    'columns',
    without('rows', `$B$${at.counts}`, `$B$${counts.top}:$B$${counts.bottom}`),
    `$${from}$${at.counts}:$${to}$${at.counts}`,
  ),
  ...neither,
].join('+');

/** Whether an option is one of no answer, or none. */
function isBeyond(side: 'rows' | 'columns', index: number): string {
  return `${index + 1}>${chosen(at[side], count)}-${chosen(at[side], last)}`;
}

export function heading(side: 'rows' | 'columns', index: number): string {
  const cell = side === 'rows' ? `$A${counts.top + index}` : `${columnName(index + 2)}$${at.counts - 1}`;
  return `IF(${isBeyond(side, index)},"",${cell})`;
}

/** In per cent of those that answered the other question; rounded half up, as the page does. */
export function share(row: number, column: number): string {
  const [line, letter] = [counts.top + row, columnName(column + 2)];
  const byRow = without('columns', `$B${line}`, `$${from}${line}:$${to}${line}`);
  const byColumn = without('rows', `${letter}$${at.counts}`, `${letter}$${counts.top}:${letter}$${counts.bottom}`);
  const base = `IF($A$${at.share}="行ごと",${byRow},IF($A$${at.share}="全体",$B$${at.share},${byColumn}))`;
  const isNone = `OR(${isBeyond('rows', row)},${isBeyond('columns', column)})`;
  // Of nobody there is no share.
  return `IF(${isNone},"",IFERROR(ROUND(${letter}${line}*1000/${base},0)/10,""))`;
}
