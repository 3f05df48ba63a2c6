/** Reading a CSV of a data package through its own table schema, as any program that knows only the standard would. */

import { parse } from 'csv-parse/sync';
import * as z from 'zod';

const field = z.looseObject({
  name: z.string(),
  type: z.enum(['string', 'integer', 'number', 'boolean', 'datetime']),
  unit: z.string().optional(),
  trueValues: z.array(z.string()).optional(),
  falseValues: z.array(z.string()).optional(),
  categories: z.array(z.object({ value: z.string() })).optional(),
  constraints: z.object({ required: z.boolean().optional(), pattern: z.string().optional() }).optional(),
  missingValues: z.array(z.string()),
});
type Field = z.infer<typeof field>;

export const tableResource = z.looseObject({
  name: z.string(),
  path: z.string(),
  schema: z.looseObject({
    fields: z.array(field),
    primaryKey: z.array(z.string()).optional(),
    foreignKeys: z
      .array(
        z.object({
          fields: z.array(z.string()),
          reference: z.object({ resource: z.string(), fields: z.array(z.string()) }),
        }),
      )
      .optional(),
  }),
});
export type TableResource = z.infer<typeof tableResource>;

type Value = string | number | boolean | null;
export type ReadRow = Readonly<Record<string, Value>>;

const numberPatterns: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d+$/,
  number: /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/,
};

function valueOf(
  cell: string,
  { name, type, trueValues = [], falseValues = [], categories, constraints = {}, missingValues }: Field,
): Value {
  if (missingValues.includes(cell)) {
    if (constraints.required === true) throw new Error(`${name} is missing`);
    return null;
  }
  if (constraints.pattern !== undefined && !new RegExp(constraints.pattern).test(cell))
    throw new Error(`${name}: ${cell} does not match`);
  if (categories !== undefined && !categories.some(({ value }) => value === cell))
    throw new Error(`${name}: no category ${cell}`);
  const pattern = numberPatterns[type];
  if (pattern !== undefined) {
    if (!pattern.test(cell)) throw new Error(`${name}: ${cell} is no ${type}`);
    return Number(cell);
  }
  if (type === 'boolean') {
    if (![...trueValues, ...falseValues].includes(cell)) throw new Error(`${name}: ${cell} is no boolean`);
    return trueValues.includes(cell);
  }
  if (type === 'datetime' && !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(cell))
    throw new Error(`${name}: ${cell} is no datetime`);
  return cell;
}

/** Throws at the first cell, header or key that is not what the schema says. */
export function readTable(text: string, { path, schema }: TableResource): ReadRow[] {
  const [header = [], ...records]: string[][] = parse(text, { record_delimiter: '\r\n' });
  const names = schema.fields.map(({ name }) => name);
  if (header.join() !== names.join()) throw new Error(`${path}: other columns`);
  const rows = records.map((cells) =>
    Object.fromEntries(schema.fields.map((field, index) => [field.name, valueOf(cells[index] ?? '', field)])),
  );
  const keys = schema.primaryKey === undefined ? [] : rows.map((row) => keyOf(row, schema.primaryKey ?? []));
  if (new Set(keys).size !== keys.length) throw new Error(`${path}: a key occurs twice`);
  return rows;
}

export function keyOf(row: ReadRow, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => row[name]));
}
