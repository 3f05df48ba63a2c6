/**
 * What the columns of a table are called in Parquet and which types they have, by the schema of its CSV; and where its file
 * lies. The codebook, the files and the catalogue of tables all read it here.
 */

import { notApplicableCell } from '../../../schemas/kinds/cells.ts';
import { smallName } from '../../domain/small-name.ts';
import type { CatalogColumn } from '../../storage/table-catalog.ts';
import type { FieldSchema, TableSchema } from './table-schema.ts';

/** Whose tables these are: the names of folders, which engines read as columns. */
export interface Partition {
  /** The code of the prefecture. */
  readonly prefecture: string;
  readonly round: string;
}

export type ParquetType = 'STRING' | 'INT64' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP';

export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
  /** The place of its cell in a row of the CSV. */
  readonly index: number;
  readonly field: FieldSchema;
}

/**
 * The column that names those columns of a row to which the question does not apply (`-` in the CSV), each between spaces.
 * They are null in the row, as what is not answered is.
 */
export const notApplicableColumn = 'not_applicable';

export function parquetTableName({ name }: Pick<TableSchema, 'name'>): string {
  return smallName(name);
}

function partitionOf(
  { form }: Pick<TableSchema, 'form'>,
  { prefecture, round }: Partition,
): [name: string, value: string][] {
  const ofRound: [string, string][] = [
    ['prefecture', prefecture],
    ['round', round],
  ];
  return form === undefined ? ofRound : [...ofRound, ['form', form]];
}

/** The names of the folders around a table's file, outermost first. */
function partitionNames(schema: Pick<TableSchema, 'form'>): string[] {
  return partitionOf(schema, { prefecture: '', round: '' }).map(([name]) => name);
}

/** `parquet/<table>/prefecture=110001/round=r6/form=<form>/part.parquet`; tables that are about no one form lack the last. */
export function parquetPath(schema: Pick<TableSchema, 'name' | 'form'>, partition: Partition): string {
  const folders = partitionOf(schema, partition).map(([name, value]) => `${name}=${value}`);
  return ['parquet', parquetTableName(schema), ...folders, 'part.parquet'].join('/');
}

/** What the folders around a file say, outermost first. */
export function partitionOfPath(path: string): [name: string, value: string][] {
  return path.split('/').flatMap((folder): [string, string][] => {
    const [name = '', value] = folder.split('=');
    return value === undefined ? [] : [[name, value]];
  });
}

const types: Readonly<Record<FieldSchema['type'], ParquetType>> = {
  string: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  datetime: 'TIMESTAMP',
};

/**
 * The columns in the order of the CSV. What the folders around the file say is no column of it: engines refuse a column that
 * is there twice. Names that would be the same are numbered from 2 on.
 */
export function parquetColumns(schema: Pick<TableSchema, 'fields' | 'form'>): ParquetColumn[] {
  const folders = partitionNames(schema);
  const used = new Set([...folders, notApplicableColumn]);
  const isKnownFromFolder = ({ name }: FieldSchema, index: number): boolean => index === 0 && folders.includes(name);
  return schema.fields.flatMap((field, index): ParquetColumn[] => {
    if (isKnownFromFolder(field, index)) return [];
    const plain = smallName(field.name);
    let name = plain;
    for (let number = 2; used.has(name); number += 1) name = `${plain}_${number}`;
    used.add(name);
    return [{ name, type: types[field.type], index, field }];
  });
}

/** Whether the file has a column for what does not apply: a table of which every question applies to everybody has none. */
export function hasNotApplicable(columns: readonly ParquetColumn[]): boolean {
  return columns.some(({ field }) => field.missingValues.includes(notApplicableCell));
}

const catalogTypes: Readonly<Record<ParquetType, CatalogColumn['type']>> = {
  STRING: 'string',
  INT64: 'bigint',
  DOUBLE: 'double',
  BOOLEAN: 'boolean',
  TIMESTAMP: 'timestamp',
};

/** All columns of the file, as the catalogue of tables calls their types. */
export function catalogColumns(schema: Pick<TableSchema, 'fields' | 'form'>): CatalogColumn[] {
  const columns = parquetColumns(schema);
  return [
    ...columns.map(({ name, type, field }) => ({ name, type: catalogTypes[type], label: field.title })),
    ...(hasNotApplicable(columns)
      ? [{ name: notApplicableColumn, type: 'string', label: '該当なしの列' } as const]
      : []),
  ];
}
