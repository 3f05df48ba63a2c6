/** `codebook.csv` (符号表): one row per column of every table that the data package describes. */

import type { Round } from '../../../schemas/round.ts';
import { codebook, flagOptions, printVisibility } from '../../domain/codebook.ts';
import type { Audience } from '../../domain/summary.ts';
import { withDescendants } from '../../domain/tables.ts';
import type { DocumentContext, FormWithTables, WrittenFile } from './formats.ts';
import { keyColumns, tableFileName } from './key-columns.ts';
import type { KeyColumn } from './key-columns.ts';
import { parquetColumns } from './parquet-columns.ts';
import { writeTable } from './table-files.ts';
import { textField } from './table-schema.ts';
import type { FieldSchema, TableSchema } from './table-schema.ts';

const fields: readonly FieldSchema[] = [
  textField('file', 'ファイル'),
  textField('column', '列'),
  textField('id', '設問の識別子'),
  textField('number', '番号'),
  textField('label', '項目名'),
  textField('type', '型'),
  textField('unit', '単位'),
  textField('options', '選択肢'),
  textField('asOf', '時点又は対象期間'),
  textField('visibility', '公表区分'),
  textField('help', '記入要領'),
  { ...textField('parquet', 'Parquetの列'), description: 'フォルダーの名前が示す列では空。' },
];

function keyRow(
  file: string,
  { name, label, type, options, unit = '', description = '', internal }: KeyColumn,
): string[] {
  const pairs =
    type === 'flag' ? [flagOptions] : Object.entries(options ?? {}).map(([code, label]) => `${code}=${label}`);
  const visibility = printVisibility(internal === true ? 'internal' : 'open');
  return [file, name, '', '', label, type, unit, pairs.join(' | '), '', visibility, description];
}

function formRows({ form, table }: FormWithTables, round: Round, audience: Audience): string[][] {
  const entries = Map.groupBy(codebook(form, table, round), (entry) => entry.table);
  return withDescendants(table).flatMap((each) => {
    const file = tableFileName(form, each);
    const questions = entries.get(each.id) ?? [];
    return [
      ...keyColumns(each, audience).map((column) => keyRow(file, column)),
      ...questions.map(({ column, id, number, label, type, unit, options, asOf, visibility, help }) => [
        file,
        column,
        id,
        number,
        label,
        type,
        unit,
        options,
        asOf,
        printVisibility(visibility),
        help,
      ]),
    ];
  });
}

function fieldRows(file: string, { fields, isInternal }: TableSchema): string[][] {
  const visibility = printVisibility(isInternal === true ? 'internal' : 'open');
  return fields.map(({ name, title, type, unit = '', description = '', categories = [] }) => {
    const options = categories.map(({ value, label }) => `${value}=${label}`).join(' | ');
    return [file, name, '', '', title, type, unit, options, '', visibility, description];
  });
}

/** What a column is called in the Parquet of its table. */
function parquetNames(files: readonly Pick<WrittenFile, 'path' | 'schema'>[]): (row: readonly string[]) => string {
  const tables = new Map(
    files.flatMap(({ path, schema }): [string, ReadonlyMap<string, string>][] =>
      schema === undefined
        ? []
        : [[path, new Map(parquetColumns(schema).map(({ name, field }) => [field.name, name]))]],
    ),
  );
  return ([file = '', column = '']) => tables.get(file)?.get(column) ?? '';
}

/** Written after every other table, whose columns it explains; its own come last. */
export function codebookFile({ folder, forms, round, audience, files }: DocumentContext): Promise<WrittenFile> {
  const ofForms = forms.flatMap((each) => formRows(each, round, audience));
  const explained = new Set(ofForms.map(([file]) => file));
  const schema: TableSchema = { name: 'codebook', title: '符号表', fields, primaryKey: ['file', 'column'] };
  const others = files.flatMap(({ path, schema }) =>
    schema === undefined || explained.has(path) ? [] : fieldRows(path, schema),
  );
  const rows = [...ofForms, ...others, ...fieldRows('codebook.csv', schema)];
  const nameOf = parquetNames([...files, { path: 'codebook.csv', schema }]);
  return writeTable(
    folder,
    schema,
    rows.map((row) => [...row, nameOf(row)]),
  );
}
