/** The figures of the summary against those counted again over the returns, and its files against each other. */

import { readFile } from 'node:fs/promises';
import { summary as summarySchema } from '../../../schemas/export.ts';
import type { Directory } from '../../../schemas/directory.ts';
import type { Summary, SummaryRow } from '../../../schemas/export.ts';
import type { Round } from '../../../schemas/round.ts';
import { summarise } from '../../domain/summary.ts';
import type { Audience } from '../../domain/summary.ts';
import type { Folder } from './folder.ts';
import { recordsOf } from './reading.ts';
import type { FormCount } from './returns.ts';

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
  return {
    id: round,
    name: '',
    fiscalYear: 2000,
    referenceDate: day,
    period: { from: day, to: day },
    forms: {},
    opensAt: day,
    dueAt: day,
    directoryVersion: 1,
  };
}

function sameFigure(a: SummaryRow, b: SummaryRow): boolean {
  return (
    a.value === b.value &&
    a.base === b.base &&
    a.shown === b.shown &&
    a.kinds === b.kinds &&
    a.units?.join() === b.units?.join()
  );
}

function print({ value, base, kinds = '' }: SummaryRow): string {
  return `${value ?? 'なし'}（母数 ${base}）${kinds}`;
}

/** What the summary is counted from. */
interface Counted {
  readonly directory: Directory | undefined;
  readonly forms: readonly FormCount[];
}

function compareFigures(
  folder: Folder,
  path: string,
  given: readonly SummaryRow[],
  counted: readonly SummaryRow[],
): void {
  const left = new Map(given.map((row) => [nameOf(row), row]));
  for (const row of counted) {
    const name = nameOf(row);
    const stands = left.get(name);
    left.delete(name);
    if (stands === undefined) folder.report(path, `${name} の集計がありません。`);
    else if (!sameFigure(stands, row))
      folder.report(path, `${name} の集計が回答と違います（集計 ${print(stands)}、計算 ${print(row)}）。`);
  }
  for (const name of left.keys()) folder.report(path, `${name} は、調査票にない集計です。`);
}

function compareTotals(folder: Folder, path: string, given: Summary, counted: Summary): void {
  const units = ({ municipalities, councils }: Summary): string => `市町村 ${municipalities}、協議会 ${councils}`;
  if (units(given) !== units(counted))
    folder.report(path, `集計した回答単位の数が違います（集計 ${units(given)}、計算 ${units(counted)}）。`);
}

function compareSummary(
  folder: Folder,
  path: string,
  given: Summary,
  { directory, forms }: Counted,
  audience: Audience,
): void {
  if (directory === undefined) return;
  const tallies = forms.flatMap((form) => form.tallies?.[audience] ?? []);
  // What stays as an edition before printed it is no count of these returns.
  const isHeld = ({ asOf }: SummaryRow): boolean => asOf !== undefined && asOf.seq < given.asOf.seq;
  const held = given.rows.filter(isHeld).map((row) => ({ form: row.form, question: row.question, rows: [row] }));
  const counted = summarise(tallies, given.asOf, { round: nameless(given.round), directory, audience, held });
  const known = new Set(tallies.map(({ form }) => form.id));
  compareFigures(
    folder,
    path,
    given.rows.filter(({ form }) => known.has(form)),
    counted.rows,
  );
  // Without a form that this application does not have, the units cannot be counted.
  if (tallies.length === forms.length) compareTotals(folder, path, given, counted);
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
        folder.report(
          path,
          `${name} の回答単位（${units.length}）が集計の値（${row.value ?? 'なし'}）と一致しません。`,
        );
    }
    for (const name of listed.keys()) folder.report(path, `${name} は、集計にありません。`);
  });
}

/** @param counted absent for an edition, which has no manifest of its returns */
export async function verifyCounts(
  folder: Folder,
  prefix: '' | `${Audience}/`,
  round: string,
  counted?: Counted,
): Promise<void> {
  const path = `${prefix}summary.json`;
  await folder.reading(path, async () => {
    const summary = summarySchema.parse(JSON.parse(await readFile(folder.at(path), 'utf8')));
    const audience = prefix === 'internal/' ? 'internal' : 'public';
    if (summary.round !== round) folder.report(path, `目録の調査（${round}）と違います。`);
    if (counted !== undefined) compareSummary(folder, path, summary, counted, audience);
    await compareCsv(folder, prefix, summary);
    if (audience === 'internal') await compareUnits(folder, summary);
  });
}
