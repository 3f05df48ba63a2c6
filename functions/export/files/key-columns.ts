/** The columns in front of the answers: which round, unit and entry a row belongs to, and what stands of the return. */

import { onBehalfSources, returnStates } from '../../../schemas/return.ts';
import type { Options } from '../../../schemas/kinds/question.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Audience } from '../../domain/summary.ts';
import type { AnswerTable } from '../../domain/tables.ts';
import { flagType, emptyCell } from './table-schema.ts';
import type { FieldSchema, TableSchema } from './table-schema.ts';

export interface KeyColumn {
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'integer' | 'datetime' | 'option' | 'flag';
  readonly options?: Options;
  readonly unit?: string;
  readonly description?: string;
  readonly internal?: true;
  /** For programs: people fold it away. */
  readonly isFolded?: true;
  /** Not every return has it. */
  readonly optional?: true;
}

const round: KeyColumn = { name: 'round', label: '調査', type: 'string', isFolded: true };
const unit: KeyColumn = {
  name: 'unit',
  label: '回答単位のコード',
  type: 'string',
  description: '市町村の5桁のコード（検査数字を除く。）は、directory.csv の unit5 の列。',
};
const unitName: KeyColumn = { name: 'unitName', label: '回答単位の名称', type: 'string' };

const { submitted, accepted } = returnStates;

const ofReturns: readonly KeyColumn[] = [
  round,
  unit,
  unitName,
  { name: 'state', label: '状態', type: 'option', options: { submitted, accepted }, internal: true },
  { name: 'version', label: '版', type: 'integer', unit: '版', internal: true, isFolded: true },
  { name: 'submittedAt', label: '提出日時（協定世界時）', type: 'datetime', internal: true },
  { name: 'late', label: '期限後の提出', type: 'flag', internal: true },
  { name: 'receipt', label: '受付番号', type: 'string', internal: true, isFolded: true },
  { name: 'sha256', label: '回答のハッシュ値（SHA-256）', type: 'string', internal: true, isFolded: true },
  { name: 'onBehalf', label: '県による提出', type: 'option', options: onBehalfSources, internal: true, optional: true },
  { name: 'onBehalfReason', label: '県による提出の理由', type: 'string', internal: true, optional: true },
];

const ofEntries: Readonly<Record<string, KeyColumn>> = {
  round,
  unit,
  id: { name: 'id', label: '行の識別子', type: 'string', isFolded: true },
  order: { name: 'order', label: '並び順', type: 'integer', unit: '番目' },
};

function parentKey(name: string): KeyColumn {
  return { name, label: '親の行の識別子', type: 'string', isFolded: true };
}

export function keyColumns(table: AnswerTable, audience: Audience): readonly KeyColumn[] {
  if (table.list === undefined)
    return audience === 'internal' ? ofReturns : ofReturns.filter(({ internal }) => internal !== true);
  const keys = [...table.parentKeys, ...table.ownKeys].map((name) => ofEntries[name] ?? parentKey(name));
  // Behind the keys: rows are found by the keys in front.
  return [...keys, unitName];
}

/** People read moments by the clock in Japan, programs in UTC. */
const momentHeading = '提出日時';

/** The header for people: what 1 and 0 mean stands in it, as in those of the questions. */
export function keyHeading({ label, type }: KeyColumn): string {
  if (type === 'datetime') return momentHeading;
  return type === 'flag' ? `${label}（該当=1）` : label;
}

function keyType(type: KeyColumn['type']): Pick<FieldSchema, 'type' | 'trueValues' | 'falseValues'> {
  if (type === 'flag') return flagType;
  return { type: type === 'option' ? 'string' : type };
}

export function keyField({ name, label, type, options, unit, description, optional }: KeyColumn): FieldSchema {
  return {
    name,
    title: label,
    ...(description === undefined ? {} : { description }),
    ...(unit === undefined ? {} : { unit }),
    ...keyType(type),
    ...(options === undefined
      ? {}
      : { categories: Object.entries(options).map(([value, label]) => ({ value, label })) }),
    ...(optional === true ? {} : { constraints: { required: true } }),
    missingValues: [emptyCell],
  };
}

/** The file of a table: `yearly-report.csv`, `yearly-report.sites.visits.csv`. */
export function tableFileName(form: Pick<Form, 'id'>, table: Pick<AnswerTable, 'id'>): string {
  return table.id === '' ? `${form.id}.csv` : `${form.id}.${table.id}.csv`;
}

/** The name of a table in the data package: small letters only, as its profile asks. */
export function resourceName(form: Pick<Form, 'id'>, table: Pick<AnswerTable, 'id'>): string {
  return tableFileName(form, table)
    .replace(/\.csv$/, '')
    .toLowerCase();
}

function keysOf({ parentKeys, ownKeys }: AnswerTable): string[] {
  return [...parentKeys, ...ownKeys.slice(0, 1)];
}

export function tableKeys(
  form: Pick<Form, 'id'>,
  table: AnswerTable,
  parent: AnswerTable | undefined,
): Pick<TableSchema, 'primaryKey' | 'foreignKeys'> {
  const primaryKey = keysOf(table);
  if (parent === undefined) return { primaryKey };
  return {
    primaryKey,
    foreignKeys: [
      { fields: table.parentKeys, reference: { resource: resourceName(form, parent), fields: keysOf(parent) } },
    ],
  };
}
