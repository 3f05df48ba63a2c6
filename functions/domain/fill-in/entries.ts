/** The entries of a list as rows of its sheet: of all entries around it, numbered one after another. */

import type { Answers, Json, JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { namedEntries, valueAt } from '../answers.ts';
import { entryTitle } from '../print-answer.ts';
import { pathIn } from './plan.ts';
import type { PlannedSheet } from './plan.ts';

export interface EntryRow {
  /** The entry; of a line, the entry around and the line's position. */
  readonly path: string;
  /** The path of the entry around; empty for a list that is in none. */
  readonly parent: string;
  readonly value: Json;
  /** What it is called; empty for a line. */
  readonly title: string;
}

const longestTitle = 40;

function titleOf(sheet: PlannedSheet, entry: JsonObject, index: number): string {
  const { titledBy } = sheet.item.kind;
  const isTitled = titledBy !== undefined && typeof entry[titledBy] === 'string';
  if (!isTitled) return '';
  const title = entryTitle(sheet.item, entry, index).replaceAll(/\s+/gu, ' ').trim();
  return Array.from(title).slice(0, longestTitle).join('');
}

function rowsIn(sheet: PlannedSheet, scope: JsonObject, parent: string): EntryRow[] {
  const value = valueAt(scope, sheet.item.keys);
  if (sheet.holds === 'lines')
    return (Array.isArray(value) ? value : []).map((line, index) => ({
      path: `${pathIn(parent, sheet.item)}.${index}`,
      parent,
      value: line,
      title: '',
    }));
  return namedEntries(value).map(({ name, entry }, index) => ({
    path: `${pathIn(parent, sheet.item)}.${name}`,
    parent,
    value: entry,
    title: titleOf(sheet, entry, index),
  }));
}

export function entryRows(sheet: PlannedSheet, answers: Answers): EntryRow[] {
  if (sheet.parent === undefined) return rowsIn(sheet, answers, '');
  return entryRows(sheet.parent, answers).flatMap(({ path, value }) =>
    isObject(value) ? rowsIn(sheet, value, path) : [],
  );
}

/** Room below what is there: for as many entries as the list takes, but for no more than can be looked over. */
const mostRoom = 50;

/** How many rows a sheet has for its entries. */
export function rowCount(sheet: PlannedSheet, rows: readonly EntryRow[]): number {
  const most = sheet.item.kind.maxEntries ?? 0;
  const room = sheet.parent === undefined ? Math.max(0, most - rows.length) : mostRoom;
  return rows.length + Math.min(room, mostRoom);
}

/** `2 こども支援部会`: what an entry is called where another one names it. */
export function entryLabel(number: number, { title }: Pick<EntryRow, 'title'>): string {
  return title === '' ? String(number) : `${number} ${title}`;
}

/** The labels of the entries that stand beside one, by name. */
export function labelsBeside(rows: readonly EntryRow[], parent: string): ReadonlyMap<string, string> {
  return new Map(
    rows.flatMap((row, index): [string, string][] =>
      row.parent === parent ? [[row.path.split('.').at(-1) ?? '', entryLabel(index + 1, row)]] : [],
    ),
  );
}
