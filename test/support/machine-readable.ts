/**
 * The government's rules for tables that machines read (総務省「統計表における機械判読可能なデータの表記方法の統一ルール」), as
 * far as a program can tell: one value per cell, bare numbers, whole and unique headers, a unit for every number, Western
 * years, code and name on every row.
 */

import { parse } from 'csv-parse/sync';
import type { TableResource } from './read-table.ts';

const era = /^(?:明治|大正|昭和|平成|令和|[MTSHR])(?:元|\d+)[年./-]/;
/** It describes the tables rather than being data: options are spelt out in one cell. */
const description = 'codebook.csv';

export interface CodebookRow {
  readonly file: string;
  readonly column: string;
  readonly type: string;
  readonly unit: string;
}

/** What is against the rules, a line each; empty for a table that obeys them. */
export function ruleBreaks(text: string, { path, schema }: TableResource, codebook: readonly CodebookRow[]): string[] {
  const [header = [], ...rows]: string[][] = parse(text, { record_delimiter: '\r\n', relax_column_count: true });
  const problems: string[] = [];
  const report = (what: string): void => {
    problems.push(`${path}: ${what}`);
  };
  if (text.startsWith('\uFEFF')) report('begins with a byte order mark');
  if (header.some((name) => name.trim() === '' || /\s/.test(name))) report('a header is empty or has a space');
  if (new Set(header).size !== header.length) report('a header occurs twice');
  for (const [index, row] of rows.entries())
    if (row.length !== header.length) report(`row ${index + 1} has ${row.length} cells`);
  if (path === description) return problems;

  const described = new Map(codebook.filter(({ file }) => file === path).map((row) => [row.column, row]));
  for (const [at, field] of schema.fields.entries()) {
    const cells = rows.map((row) => row[at] ?? '').filter((cell) => !field.missingValues.includes(cell));
    const isNumber = field.type === 'integer' || field.type === 'number';
    if (isNumber && cells.some((cell) => !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(cell)))
      report(`${field.name} has numbers with something else`);
    const hasUnit = (described.get(field.name)?.unit ?? '') !== '' || field.unit !== undefined;
    if (isNumber && !hasUnit) report(`${field.name} has no unit`);
    if (field.constraints?.pattern?.includes(String.raw`\d{4}`) === true && cells.some((cell) => era.test(cell)))
      report(`${field.name} has years of an era`);
    if (field.categories !== undefined && cells.some((cell) => /[,、;|\s]/.test(cell)))
      report(`${field.name} has several values in a cell`);
    if (/^units?$|Code$/.test(field.name) && cells.some((cell) => /[\s,、;|]/.test(cell)))
      report(`${field.name} has several codes in a cell`);
  }
  if (header.includes('unit') && header.includes('unitName'))
    for (const [index, row] of rows.entries())
      if ([header.indexOf('unit'), header.indexOf('unitName')].some((at) => (row[at] ?? '') === ''))
        report(`row ${index + 1} has no code or no name`);
  if (header.includes('unit') && !path.startsWith('summary.csv') && !header.includes('unitName'))
    report('has a code without a name');
  return problems;
}
