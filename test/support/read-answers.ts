/** Reads a return back from the cells of its tables, as whoever has the files alone would. */

import { CellError } from '../../schemas/kinds/cells.ts';
import { put } from '../../functions/domain/tables.ts';
import type { AnswerTable } from '../../functions/domain/tables.ts';
import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';

/** Finds the rows of a child table that belong to the parent with these keys, in order, as cells by header. */
export type RowSource = (table: string, keys: readonly string[]) => readonly ReadonlyMap<string, string>[];

function readScope(
  table: AnswerTable,
  row: ReadonlyMap<string, string>,
  keys: readonly string[],
  source: RowSource,
): JsonObject {
  const scope: JsonObject = {};
  for (const { item, codec, table: child } of table.fields) {
    const cells = table.columns
      .filter((column) => column.item === item)
      .map(({ name }) => {
        const cell = row.get(name);
        if (cell === undefined) throw new CellError(`column ${name} is missing`);
        return cell;
      });
    const answer = codec.read(cells);
    if (answer === undefined) continue;
    put(scope, item.keys, child === undefined ? answer : readList(child, keys, source));
  }
  return scope;
}

function readList(table: AnswerTable, keys: readonly string[], source: RowSource): Json[] {
  return source(table.id, keys).map((row) => {
    if (table.list?.kind.nesting === 'lines') return row.get(table.id) ?? '';
    const id = row.get('id') ?? '';
    return { id, ...readScope(table, row, [...keys, id], source) };
  });
}

export function readAnswers(
  table: AnswerTable,
  row: ReadonlyMap<string, string>,
  keys: readonly [round: string, unit: string],
  source: RowSource,
): Answers {
  return readScope(table, row, keys, source);
}
