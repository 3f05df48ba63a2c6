/**
 * The figures of the summary against those counted again over the returns, and its files against each other. What depends
 * on the members of councils, which stand in no file, is checked as far as the returns tell.
 */

import { readFile } from 'node:fs/promises';
import { summary as summarySchema } from '../../../schemas/export.ts';
import type { Summary, SummaryRow } from '../../../schemas/export.ts';
import type { Round } from '../../../schemas/round.ts';
import { printMean, summaryRows } from '../../domain/summary.ts';
import type { Audience } from '../../domain/summary.ts';
import type { Tally } from '../../domain/tally.ts';
import type { Folder } from './folder.ts';
import { recordsOf } from './reading.ts';
import type { FormCount } from './returns.ts';
import { directoryFrom } from './tables.ts';

interface FigureName {
  readonly form: string;
  readonly question: string;
  readonly option?: string | undefined;
  readonly measure: string;
}

function nameOf({ form, question, option, measure }: FigureName): string {
  return [form, question, ...(option === undefined || option === '' ? [] : [option]), measure].join(' ');
}

/** Only numbers are compared; names and dates, which no export needs for them, stay empty. */
function nameless(round: string): Round {
  const day = '2000-01-01';
  return { id: round, name: '', fiscalYear: 2000, referenceDate: day, period: { from: day, to: day }, forms: {}, opensAt: day, dueAt: day, directoryVersion: 1 };
}

/** Which municipalities belong to a council stands in no file, so that what depends on it is not counted again. */
function canBeCounted({ form }: Tally, { question, measure }: SummaryRow): boolean {
  if (form.units !== 'council') return true;
  return measure !== 'perMunicipality' && !form.measures.some((each) => each.measure.kind === 'class' && each.measure.id === question);
}

/** Means per municipality: of the counted sum, over one number of municipalities that they all name. */
function compareMeans(folder: Folder, path: string, tally: Tally, given: readonly SummaryRow[]): void {
  const means = given.filter(({ measure }) => measure === 'perMunicipality');
  for (const row of means) {
    const { sum } = tally.numbers(row.question);
    const expected = row.base === 0 ? { value: null } : { value: sum / row.base, shown: printMean(sum, row.base) };
    if (row.value !== expected.value || row.shown !== expected.shown)
      folder.report(path, `${nameOf(row)} の集計が、回答の合計 ${sum} を母数 ${row.base} で割った値と違います。`);
  }
  const isOne = new Set(means.map(({ base }) => base)).size <= 1;
  const isBase = means.every(({ base }) => base > 0 === tally.returns > 0);
  if (!isOne || !isBase) folder.report(path, `${tally.form.id} の1市町村当たりの集計の母数（市町村数）が一致しません。`);
}

/** Classes of councils: every return that was counted is in one of them, and in one only. */
function compareClasses(folder: Folder, path: string, tally: Tally, given: readonly SummaryRow[], counted: readonly SummaryRow[]): void {
  const unitsIn = (rows: readonly SummaryRow[]): string => rows.flatMap(({ units = [] }) => units).toSorted().join();
  for (const [question, rows] of Map.groupBy(given, (row) => row.question)) {
    const expected = counted.filter((row) => row.question === question);
    const total = rows.reduce((sum, { value }) => sum + (value ?? 0), 0);
    const isWhole = total === tally.returns && rows.every(({ base }) => base === tally.returns);
    if (!isWhole || unitsIn(rows) !== unitsIn(expected))
      folder.report(path, `${tally.form.id} ${question} の区分の合計（${total}）が、集計した回答（${tally.returns}）と一致しません。`);
  }
}

function sameFigure(a: SummaryRow, b: SummaryRow): boolean {
  return a.value === b.value && a.base === b.base && a.shown === b.shown && a.units?.join() === b.units?.join();
}

function print({ value, base }: SummaryRow): string {
  return `${value ?? 'なし'}（母数 ${base}）`;
}

function compareFigures(folder: Folder, path: string, tally: Tally, given: readonly SummaryRow[], audience: Audience, round: string): void {
  const counted = summaryRows(tally, { round: nameless(round), directory: directoryFrom([]), audience });
  const left = new Map(given.filter((row) => row.form === tally.form.id).map((row) => [nameOf(row), row]));
  for (const row of counted) {
    const name = nameOf(row);
    const stands = left.get(name);
    left.delete(name);
    if (stands === undefined) folder.report(path, `${name} の集計がありません。`);
    else if (canBeCounted(tally, row) && !sameFigure(stands, row))
      folder.report(path, `${name} の集計が回答と違います（集計 ${print(stands)}、計算 ${print(row)}）。`);
  }
  for (const name of left.keys()) folder.report(path, `${name} は、調査票にない集計です。`);
  const depending = given.filter((row) => row.form === tally.form.id && !canBeCounted(tally, row));
  compareMeans(folder, path, tally, depending);
  compareClasses(folder, path, tally, depending.filter(({ measure }) => measure === 'count'), counted);
}

async function compareCsv(folder: Folder, prefix: string, { rows }: Summary): Promise<void> {
  const path = `${prefix}summary.csv`;
  await folder.reading(path, async () => {
    const left = new Map(rows.map((row) => [nameOf(row), row]));
    for await (const { form = '', question = '', option, measure = '', value, base } of recordsOf(folder.at(path))) {
      const name = nameOf({ form, question, option, measure });
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
      const name = nameOf({ form, question, option, measure });
      const units = listed.get(name);
      if (units === undefined) listed.set(name, [unit]);
      else units.push(unit);
    }
    for (const row of rows) {
      const name = nameOf(row);
      const units = listed.get(name) ?? [];
      listed.delete(name);
      if (row.units === undefined ? units.length > 0 : units.length !== row.value || units.join() !== row.units.join())
        folder.report(path, `${name} の回答単位（${units.length}）が集計の値（${row.value ?? 'なし'}）と一致しません。`);
    }
    for (const name of listed.keys()) folder.report(path, `${name} は、集計にありません。`);
  });
}

/** @param forms counted again; empty for an edition, which has no manifest of its returns */
export async function verifyCounts(folder: Folder, prefix: '' | `${Audience}/`, round: string, forms: readonly FormCount[]): Promise<void> {
  const path = `${prefix}summary.json`;
  await folder.reading(path, async () => {
    const summary = summarySchema.parse(JSON.parse(await readFile(folder.at(path), 'utf8')));
    const audience = prefix === 'internal/' ? 'internal' : 'public';
    for (const { tallies } of forms)
      if (tallies !== undefined) compareFigures(folder, path, tallies[audience], summary.rows, audience, round);
    await compareCsv(folder, prefix, summary);
    if (audience === 'internal') await compareUnits(folder, summary);
  });
}
