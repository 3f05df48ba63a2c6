/**
 * A form ↔ its tables: one row per return, and one table per repeating group with one row per entry. Columns carry the
 * question ids; child tables begin with the keys of their parents, the entry's id and its order.
 */

import type { Answers, Json, JsonObject } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { Form, Item } from '../../schemas/form.ts';
import type { Options } from '../../schemas/kinds/question.ts';
import { valueAt } from './answers.ts';
import { CellError, orNotApplicable } from '../../schemas/kinds/cells.ts';
import type { CellType, Codec } from '../../schemas/kinds/cells.ts';
import type { Audience } from './summary.ts';

export interface AnswerColumn {
  /** The header: the question id and, where an answer has several cells, its suffix. */
  readonly name: string;
  readonly item: Item;
  readonly cell: CellType;
}

export interface Field {
  readonly item: Item;
  readonly codec: Codec;
  readonly table?: AnswerTable;
}

export interface AnswerTable {
  /** Empty for the returns themselves, otherwise the id of the list. */
  readonly id: string;
  /** Names of the key columns: `round`, `unit` and the ids of the entries around, outermost first. */
  readonly parentKeys: readonly string[];
  /** `id` and `order` of the entry; plain texts have no id, returns have neither. */
  readonly ownKeys: readonly string[];
  readonly columns: readonly AnswerColumn[];
  readonly fields: readonly Field[];
  readonly list?: Item;
}

/** Columns that are seen: public files hold open questions only. */
function isVisible(item: Item, audience: Audience): boolean {
  return audience === 'internal' || item.visibility === 'open';
}

function leaves(items: readonly Item[], audience: Audience): Item[] {
  return items
    .filter((item) => isVisible(item, audience))
    .flatMap((item) => (item.kind.nesting === 'fields' ? leaves(item.children, audience) : [item]));
}

function columnsOf({ item, codec }: Field): AnswerColumn[] {
  return codec.cells.map((cell) => ({ name: cell.suffix === '' ? item.id : `${item.id}.${cell.suffix}`, item, cell }));
}

interface Building {
  readonly audience: Audience;
  readonly municipalities: Options;
}

function fieldOf(item: Item, parentKeys: readonly string[], building: Building): Field {
  const { definition, kind } = item;
  if (kind.nesting === 'fields') throw new CellError(`${item.id} is a group`);
  const own = kind.cells(building.municipalities);
  const codec = definition.nullable ? orNotApplicable(own) : own;
  if (kind.nesting === 'entries') return { item, codec, table: listTable(item, parentKeys, building) };
  if (kind.line !== undefined) return { item, codec, table: linesTable(item, kind.line, parentKeys) };
  return { item, codec };
}

function listTable(list: Item, parentKeys: readonly string[], building: Building): AnswerTable {
  const inner = [...parentKeys, `${list.id}.id`];
  const fields = leaves(list.children, building.audience).map((item) => fieldOf(item, inner, building));
  return { id: list.id, parentKeys, ownKeys: ['id', 'order'], columns: fields.flatMap(columnsOf), fields, list };
}

function linesTable(list: Item, line: Codec, parentKeys: readonly string[]): AnswerTable {
  const field: Field = { item: list, codec: line };
  return { id: list.id, parentKeys, ownKeys: ['order'], columns: columnsOf(field), fields: [field], list };
}

const returnKeys = ['round', 'unit'] as const;

export function tableOf(form: Pick<Form, 'sections'>, directory: Directory, audience: Audience): AnswerTable {
  // By code, as the normal form has them: objects put keys that look like numbers first anyway.
  const byCode = directory.municipalities.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const municipalities = Object.fromEntries(byCode.map(({ code, name }) => [code, name]));
  const fields = leaves(form.sections, audience).map((item) => fieldOf(item, returnKeys, { audience, municipalities }));
  return { id: '', parentKeys: returnKeys, ownKeys: [], columns: fields.flatMap(columnsOf), fields };
}

export function withDescendants(table: AnswerTable): AnswerTable[] {
  return [table, ...table.fields.flatMap(({ table: child }) => (child === undefined ? [] : withDescendants(child)))];
}

/** The header of a child table; a table of returns has the columns of the return itself in between. */
export function headerOf(table: AnswerTable): string[] {
  return [...table.parentKeys, ...table.ownKeys, ...table.columns.map(({ name }) => name)];
}

/** Receives a row of a child table: its list's id, and the cells after its header. */
export type RowSink = (table: string, cells: readonly string[]) => void;

/** Appends the cells of a scope to its row; rows are long and many, so that none is copied. */
function writeScope(
  table: AnswerTable,
  scope: JsonObject,
  keys: readonly string[],
  row: string[],
  sink: RowSink,
): void {
  for (const { item, codec, table: child } of table.fields) {
    const answer = valueAt(scope, item.keys);
    for (const cell of codec.write(answer)) row.push(cell);
    if (child !== undefined && Array.isArray(answer)) writeList(child, answer, keys, sink);
  }
}

function writeList(table: AnswerTable, answer: readonly Json[], keys: readonly string[], sink: RowSink): void {
  const line = table.list?.kind.line;
  answer.forEach((entry, index) => {
    const order = String(index + 1);
    if (line !== undefined) {
      sink(table.id, [...keys, order, ...line.write(entry)]);
      return;
    }
    if (!isObject(entry) || typeof entry['id'] !== 'string') throw new CellError(`${table.id}: entry without an id`);
    const inner = [...keys, entry['id']];
    const row = [...inner, order];
    writeScope(table, entry, inner, row, sink);
    sink(table.id, row);
  });
}

export function writeAnswers(
  table: AnswerTable,
  answers: Answers,
  keys: readonly [round: string, unit: string],
  sink: RowSink,
  row: string[] = [],
): string[] {
  writeScope(table, answers, keys, row, sink);
  return row;
}

export function put(scope: JsonObject, keys: readonly string[], value: Json): void {
  const [last, ...path] = keys.toReversed();
  let target = scope;
  for (const key of path.toReversed()) {
    const inner = target[key];
    const next: JsonObject = isObject(inner) ? inner : {};
    target[key] = next;
    target = next;
  }
  if (last !== undefined) target[last] = value;
}
