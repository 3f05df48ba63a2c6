/** The returns of a form as machine CSV: one file of returns, one of every list's entries. */

import { withDescendants, writeAnswers } from '../../domain/tables.ts';
import type { Table } from '../../domain/tables.ts';
import { csvText } from './csv.ts';
import type { FileOutput } from './file-output.ts';
import type { ExportedReturn, ReturnContext, ReturnFiles, WrittenFile } from './formats.ts';
import { keyColumns, keyField, resourceName, tableFileName, tableKeys } from './key-columns.ts';
import { fieldSchema } from './table-schema.ts';
import type { TableSchema } from './table-schema.ts';

interface TableFile {
  readonly output: FileOutput;
  readonly schema: TableSchema;
  /** Rows since the last drain. */
  pending: (readonly string[])[];
  rows: number;
}

function schemaOf({ form, round, audience }: ReturnContext, table: Table, parent: Table | undefined): TableSchema {
  const name = table.list === undefined ? form.title : `${form.title}：${table.list.definition.label}`;
  return {
    name: resourceName(form, table),
    title: name,
    fields: [
      ...keyColumns(table, audience).map(keyField),
      ...table.columns.map((column) => fieldSchema(column, round)),
    ],
    ...tableKeys(form, table, parent),
  };
}

function parentOf(table: Table, tables: readonly Table[]): Table | undefined {
  return tables.find(({ fields }) => fields.some((field) => field.table === table));
}

/** The cells in front of a return's answers. */
export function standing(
  { unit, state, version }: ExportedReturn,
  { round, audience }: Pick<ReturnContext, 'round' | 'audience'>,
): string[] {
  const key = [round.id, unit.code, unit.name];
  if (audience === 'public') return key;
  const { version: number, submittedAt, late, receipt, sha256 } = version;
  return [...key, state, String(number), submittedAt, late ? '1' : '0', receipt, sha256];
}

export async function returnTables(context: ReturnContext): Promise<ReturnFiles> {
  const { folder, form, table, round } = context;
  const tables = withDescendants(table);
  const files = new Map<string, TableFile>();
  for (const each of tables) {
    const schema = schemaOf(context, each, parentOf(each, tables));
    const output = await folder.create(tableFileName(form, each));
    output.append(csvText([schema.fields.map(({ name }) => name)]));
    files.set(each.id, { output, schema, pending: [], rows: 0 });
  }
  const keyCounts = new Map(tables.map(({ id, parentKeys, ownKeys }) => [id, parentKeys.length + ownKeys.length]));
  const addRow = (id: string, cells: readonly string[]): void => {
    const file = files.get(id);
    if (file === undefined) throw new Error(`${form.id}: no file for ${id}`);
    file.pending.push(cells);
  };
  const stringifyPending = (file: TableFile): void => {
    if (file.pending.length === 0) return;
    file.output.append(csvText(file.pending));
    file.rows += file.pending.length;
    file.pending = [];
  };
  return {
    add: (returned) => {
      const keys = [round.id, returned.unit.code] as const;
      const addEntry = (id: string, cells: readonly string[]): void =>
        addRow(id, cells.toSpliced(keyCounts.get(id) ?? 0, 0, returned.unit.name));
      addRow(table.id, writeAnswers(table, returned.answers, keys, addEntry, standing(returned, context)));
    },
    drain: async () => {
      for (const file of files.values()) {
        stringifyPending(file);
        await file.output.drain();
      }
    },
    close: async () => {
      const written: WrittenFile[] = [];
      for (const file of files.values()) {
        stringifyPending(file);
        written.push({ ...(await file.output.close(file.rows)), schema: file.schema });
      }
      return written;
    },
  };
}
