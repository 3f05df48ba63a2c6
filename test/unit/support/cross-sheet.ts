/** A sheet of cross tables: what is chosen in it, what it shows, and the tables of the page in its order. */

import type { Worksheet } from '@cj-tech-master/excelts';
import type { FigureTable } from '../../../functions/domain/analysis/tables.ts';
import { variablesFor } from '../../../functions/service/analysis.ts';
import type { Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import { classesOf } from '../../../schemas/unit-classes.ts';
import { valueOf } from './analysed-workbook.ts';

/** The questions and classes of a form by their names in the lists of the sheet. */
function sidesOf(form: Form, directory: Directory): ReadonlyMap<string, string> {
  return new Map([
    ...classesOf(directory).map(({ id, label }) => [label, `class:${id}`] as const),
    ...variablesFor(form, 'cross').map(({ id, label }) => [label, id] as const),
  ]);
}

export function chosenIn(sheet: Worksheet, form: Form, directory: Directory) {
  const sides = sidesOf(form, directory);
  const idIn = (cell: string): string => {
    const label = sheet.getCell(cell).text;
    return /［(.*)］$/u.exec(label)?.[1] ?? sides.get(label) ?? '';
  };
  return { question: idIn('A4'), by: idIn('A6') };
}

/** The rows of counts and of shares, without what is empty. */
export function crossTablesIn(sheet: Worksheet): unknown[][][] {
  const block = (top: number, rows: number): unknown[][] =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: 22 }, (_, column) => valueOf(sheet.getCell(top + row, column + 1).value)),
    )
      .map((cells) => cells.filter((cell) => cell !== ''))
      .filter((cells) => cells.length > 0);
  return [block(11, 22), block(37, 20)];
}

/** Totals come first there, and what has no figure is empty. */
export function asInWorkbook([counts, shares]: readonly FigureTable[]): unknown[][][] {
  if (counts === undefined || shares === undefined) return [];
  const options = counts.columns.slice(1, -1).map(({ label }) => label);
  const rows = [counts.rows.at(-1), ...counts.rows.slice(0, -1)].map((row) => {
    const [label, ...cells] = row?.cells ?? [];
    return [label, cells.at(-1), ...cells.slice(0, -1)];
  });
  return [[['計', ...options], ...rows], shares.rows.map(({ cells }) => cells.filter((cell) => cell !== null))];
}
