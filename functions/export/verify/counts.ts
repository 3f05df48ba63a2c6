/** The figures of the summary against those counted again over the tables, and its files against each other. */

import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Directory } from '../../../schemas/directory.ts';
import { figureName, summary as summarySchema } from '../../../schemas/export.ts';
import type { Summary, SummaryRow } from '../../../schemas/export.ts';
import type { Audience } from '../../domain/summary.ts';
import { classesPath } from '../files/directory-files.ts';
import type { Folder } from './folder.ts';
import { recordsOf } from './reading.ts';
import { Recount, rowsOfUnits } from './recount.ts';
import type { FormTables, Recounted } from './recount.ts';

/** As few answers in a cell of a public table, and they would be told. */
const fewestInCell = 3;

function print({ value, base, kinds = '' }: Partial<SummaryRow>): string {
  return `${value ?? 'なし'}${base === undefined ? '' : `（母数 ${base}）`}${kinds}`;
}

/** Numbers with decimals may be rounded on another way. */
function isNear(a: number | null | undefined, b: number | null): boolean {
  if (typeof a !== 'number' || b === null) return a === b;
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}

function agrees(row: SummaryRow, counted: Recounted): boolean {
  const { base = row.base, shown = row.shown, kinds = row.kinds, units = row.units } = counted;
  const value = isNear(counted.value, row.value) ? row.value : counted.value;
  const known = { value, base, shown, kinds, units: units?.join() };
  return isDeepStrictEqual(known, { ...pick(row), units: row.units?.join() });
}

function pick({ value, base, shown, kinds }: SummaryRow): Pick<SummaryRow, 'value' | 'base' | 'shown' | 'kinds'> {
  return { value, base, shown, kinds };
}

interface Counted {
  readonly directory?: Directory | undefined;
  readonly tables: FormTables;
}

function compareRows(folder: Folder, path: string, given: Pick<Summary, 'asOf' | 'rows'>, recount: Recount): void {
  for (const row of given.rows) {
    // What stays as an edition before printed it is no count of these returns.
    if (row.asOf !== undefined && row.asOf.seq < given.asOf.seq) continue;
    const counted = recount.figure(row);
    if (counted !== undefined && !agrees(row, counted))
      folder.report(path, `${figureName(row)} の集計が回答と違います（集計 ${print(row)}、計算 ${print(counted)}）。`);
  }
}

/** By class and unit its value, as the files beside the summary tell them. */
async function readClasses(folder: Folder, prefix: string): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const classes = new Map<string, Map<string, string>>();
  await folder.reading(`${prefix}${classesPath}`, async () => {
    const path = folder.at(`${prefix}${classesPath}`);
    for await (const { unit = '', class: id = '', classValue = '' } of recordsOf(path)) {
      const values = classes.get(id) ?? new Map<string, string>();
      classes.set(id, values.set(unit, classValue));
    }
  });
  return classes;
}

/** The figures by class are counted again over the returns of the units that have the value. */
async function compareByClass(folder: Folder, prefix: string, given: Summary, counted: Counted): Promise<void> {
  if (given.byClass === undefined) return;
  const path = `${prefix}summary.json`;
  const classes = await readClasses(folder, prefix);
  const groups = Map.groupBy(given.byClass, ({ class: id = '', classValue = '' }) => JSON.stringify([id, classValue]));
  for (const rows of groups.values()) {
    const { class: id = '', classValue } = rows[0] ?? {};
    const values = classes.get(id);
    const tables = rowsOfUnits(counted.tables, (unit) => values?.get(unit) === classValue);
    compareRows(folder, path, { asOf: given.asOf, rows }, new Recount(tables, counted.directory, rows));
  }
}

/** Public figures by class that tell totals only: each is of three answers at least, and all together are the whole. */
function compareTotals(folder: Folder, path: string, { rows, byClass = [] }: Summary): void {
  const whole = new Map(rows.map((row) => [figureName(row), row]));
  const totals = byClass.filter(({ asOf }) => asOf !== undefined);
  for (const row of totals.filter(({ base }) => base < fewestInCell))
    folder.report(path, `${figureName(row)} の回答が${fewestInCell}団体に満たないまま公表されています。`);
  const figures = Map.groupBy(totals, ({ class: _by, classValue: _value, ...row }) => figureName(row));
  for (const [name, cells] of figures) {
    const of = whole.get(name);
    const isSum = of?.measure === 'count' || of?.measure === 'sum';
    const sum = cells.reduce((all, { value }) => all + (value ?? 0), 0);
    if (of === undefined || (isSum && !isNear(sum, of.value)))
      folder.report(path, `${name} の分類別の値の計（${sum}）が全体の値（${of?.value ?? 'なし'}）と違います。`);
  }
}

function compareSummary(folder: Folder, path: string, given: Summary, { directory, tables }: Counted): void {
  const recount = new Recount(tables, directory, given.rows);
  compareRows(folder, path, given, recount);
  const units = recount.units();
  const text = ({ municipalities, councils }: Pick<Summary, 'municipalities' | 'councils'>): string =>
    `市町村 ${municipalities}、協議会 ${councils}`;
  if (units !== undefined && text(units) !== text(given))
    folder.report(path, `集計した回答単位の数が違います（集計 ${text(given)}、計算 ${text(units)}）。`);
}

async function compareCsv(folder: Folder, prefix: string, { rows, byClass = [] }: Summary): Promise<void> {
  const path = `${prefix}summary.csv`;
  await folder.reading(path, async () => {
    const left = new Map([...rows, ...byClass].map((row) => [figureName(row), row]));
    for await (const record of recordsOf(folder.at(path))) {
      const { form = '', question = '', option, measure = '', value, base, class: by, classValue } = record;
      const name = figureName({ form, question, option, measure, class: by, classValue });
      const row = left.get(name);
      left.delete(name);
      if (row === undefined || value !== String(row.value ?? '') || base !== String(row.base))
        folder.report(path, `${name} の値か母数が summary.json と違います。`);
    }
    for (const name of left.keys()) folder.report(path, `${name} の行がありません。`);
  });
}

/** Who is behind each figure: as many rows as its value says, and the same units. */
async function compareUnits(folder: Folder, { rows }: Summary): Promise<void> {
  const path = 'internal/summary.units.csv';
  await folder.reading(path, async () => {
    const listed = new Map<string, string[]>();
    for await (const { form = '', question = '', option, measure = '', unit = '' } of recordsOf(folder.at(path))) {
      const name = figureName({ form, question, option, measure });
      const units = listed.get(name);
      if (units === undefined) listed.set(name, [unit]);
      else units.push(unit);
    }
    for (const row of rows) {
      const name = figureName(row);
      const units = listed.get(name) ?? [];
      listed.delete(name);
      if (row.units === undefined ? units.length > 0 : units.length !== row.value || units.join() !== row.units.join())
        folder.report(
          path,
          `${name} の回答単位（${units.length}）が集計の値（${row.value ?? 'なし'}）と一致しません。`,
        );
    }
    for (const name of listed.keys()) folder.report(path, `${name} は、集計にありません。`);
  });
}

/** @param counted the tables that the summary is of */
export async function verifyCounts(
  folder: Folder,
  prefix: '' | `${Audience}/`,
  round: string,
  counted: Counted,
): Promise<void> {
  const path = `${prefix}summary.json`;
  await folder.reading(path, async () => {
    const summary = summarySchema.parse(JSON.parse(await readFile(folder.at(path), 'utf8')));
    if (summary.round !== round) folder.report(path, `目録の調査（${round}）と違います。`);
    compareSummary(folder, path, summary, counted);
    await compareByClass(folder, prefix, summary, counted);
    if (prefix !== 'internal/') compareTotals(folder, path, summary);
    await compareCsv(folder, prefix, summary);
    if (prefix === 'internal/') await compareUnits(folder, summary);
  });
}
