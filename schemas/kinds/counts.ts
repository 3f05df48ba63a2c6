import type { Json } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import { labelAlone, question } from './question.ts';
import type { Options } from './question.ts';
import type { Defines, FieldsKind, Total } from './kind.ts';

/**
 * One count per row, or per row and column, all in the same unit; totals are computed, never typed. Required, each of
 * them is. A table with columns is made of its rows, and each row of its counts.
 */
export interface CountsDefinition extends Defines<'counts'> {
  readonly rows: Options;
  /** Their keys are unlike those of the rows. */
  readonly columns?: Options;
  readonly unit: string;
}

/** Nothing where none of the counts is answered. */
function sumOf(values: readonly (Json | undefined)[]): number | undefined {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? undefined : numbers.reduce((sum, value) => sum + value, 0);
}

function cellsOf(answer: Json, row: string | undefined, column: string | undefined): (Json | undefined)[] {
  if (!isObject(answer)) return [];
  const rows = row === undefined ? Object.values(answer) : [answer[row]];
  return rows.flatMap((cells) => {
    if (!isObject(cells)) return [];
    return column === undefined ? Object.values(cells) : [cells[column]];
  });
}

/** Of a table without columns. */
function totalOf(label: string): Total {
  return { key: '', label: `${label}：計`, value: (answer) => sumOf(isObject(answer) ? Object.values(answer) : []) };
}

/** Of the whole table, of each row and of each column. */
function totalsOf(label: string, rows: Options, columns: Options): Total[] {
  return [
    { key: '', label: `${label}：計`, value: (answer) => sumOf(cellsOf(answer, undefined, undefined)) },
    ...Object.entries(rows).map(([key, row]): Total => ({
      key,
      label: `${label}：${row}：計`,
      value: (answer) => sumOf(cellsOf(answer, key, undefined)),
    })),
    ...Object.entries(columns).map(([key, column]): Total => ({
      key,
      label: `${label}：計：${column}`,
      value: (answer) => sumOf(cellsOf(answer, undefined, key)),
    })),
  ];
}

export function countsKind(definition: CountsDefinition): FieldsKind {
  const { label, rows, columns, unit, required, reasonIfBlank, within } = definition;
  const blank = reasonIfBlank === undefined ? {} : { reasonIfBlank };
  const shared = { required, ...blank, nullable: false, visibility: 'open', unit } as const;
  const table = { nesting: 'fields', table: 'numbers' } as const;
  if (columns === undefined) {
    // Of a table with columns this is a row: each of its counts says so where it stands alone.
    const around = within === undefined ? {} : { within: labelAlone({ within, label }) };
    const cells = Object.entries(rows).map(([key, name]) => [
      key,
      question({ ...shared, ...around, kind: 'count', label: name }),
    ]);
    const fields = Object.fromEntries(cells);
    // Of a row of a table with columns, the table has the total.
    return within === undefined ? { ...table, fields, totals: [totalOf(label)], unit } : { ...table, fields };
  }
  const lines = Object.entries(rows).map(([key, name]) => [
    key,
    question({ ...shared, kind: 'counts', label: name, within: label, rows: columns }),
  ]);
  return { ...table, fields: Object.fromEntries(lines), columns, totals: totalsOf(label, rows, columns), unit };
}
