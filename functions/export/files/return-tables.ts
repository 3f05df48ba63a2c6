/** The returns of a form as machine CSV: one file of returns, one of every list's entries. */

import { withDescendants, writeAnswers } from '../../domain/tables.ts';
import type { AnswerTable } from '../../domain/tables.ts';
import type { ExportedReturn, ReturnContext, ReturnFiles, WrittenFile } from './formats.ts';
import { keyColumns, keyField, resourceName, tableFileName, tableKeys } from './key-columns.ts';
import { TableFiles } from './table-files.ts';
import { fieldSchema } from './table-schema.ts';
import type { TableSchema } from './table-schema.ts';

function schemaOf({ form, audience }: ReturnContext, table: AnswerTable, parent: AnswerTable | undefined): TableSchema {
  const name = table.list === undefined ? form.title : `${form.title}：${table.list.definition.label}`;
  return {
    name: resourceName(form, table),
    title: name,
    fields: [...keyColumns(table, audience).map(keyField), ...table.columns.map(fieldSchema)],
    ...tableKeys(form, table, parent),
    form: form.id,
  };
}

function parentOf(table: AnswerTable, tables: readonly AnswerTable[]): AnswerTable | undefined {
  return tables.find(({ fields }) => fields.some((field) => field.table === table));
}

export function keyCells(
  { unit, state, version }: ExportedReturn,
  { round, audience }: Pick<ReturnContext, 'round' | 'audience'>,
): string[] {
  const key = [round.id, unit.code, unit.name];
  if (audience === 'public') return key;
  const { version: number, submittedAt, late, receipt, sha256, onBehalf } = version;
  const ofPrefecture = [onBehalf?.source ?? '', onBehalf?.reason ?? ''];
  return [...key, state, String(number), submittedAt, late ? '1' : '0', receipt, sha256, ...ofPrefecture];
}

export async function returnTables(context: ReturnContext): Promise<ReturnFiles> {
  const { folder, form, table, round } = context;
  const tables = withDescendants(table);
  const files = new Map<string, TableFiles>();
  for (const each of tables) {
    const schema = schemaOf(context, each, parentOf(each, tables));
    files.set(each.id, await TableFiles.create(folder, tableFileName(form, each), schema));
  }
  const keyCounts = new Map(tables.map(({ id, parentKeys, ownKeys }) => [id, parentKeys.length + ownKeys.length]));
  const addRow = (id: string, cells: readonly string[]): void => {
    const table = files.get(id);
    if (table === undefined) throw new Error(`${form.id}: no file for ${id}`);
    table.add(cells);
  };
  return {
    add: (returned) => {
      const keys = [round.id, returned.unit.code] as const;
      const addEntry = (id: string, cells: readonly string[]): void =>
        addRow(id, cells.toSpliced(keyCounts.get(id) ?? 0, 0, returned.unit.name));
      addRow(table.id, writeAnswers(table, returned.answers, keys, addEntry, keyCells(returned, context)));
    },
    drain: async () => {
      for (const file of files.values()) await file.drain();
    },
    close: async () => {
      const written: WrittenFile[] = [];
      for (const file of files.values()) written.push(await file.close());
      return written;
    },
  };
}
