/**
 * Bringing an earlier year's files into a round: every file is read and every return judged before the first is
 * written, so that a folder comes in whole or not at all. Running it again brings in what an interruption left out, and
 * changes nothing where all is there.
 */

import { CsvError, parse } from 'csv-parse/sync';
import { unitsByCode } from '../../schemas/directory.ts';
import type { Catalogue } from '../../schemas/form.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import { formOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { csvFault } from '../domain/csv-fault.ts';
import { readImport } from '../domain/import-tables.ts';
import type { ImportedReturn, ImportedTable, ImportError } from '../domain/import-tables.ts';
import type { Outcome } from '../domain/outcome.ts';
import { tableOf, withDescendants } from '../domain/tables.ts';
import { problems } from '../../schemas/problem.ts';
import type { Imported, Imports } from './imports.ts';
import type { Store } from '../storage/store.ts';

export interface ImportDeps {
  readonly store: Pick<Store, 'round' | 'directoryOfRound'>;
  readonly imports: Imports;
  readonly forms: Catalogue;
  readonly read: (file: string) => Promise<Uint8Array | undefined>;
  readonly step: (done: number, total: number) => void;
}

export type ImportResult =
  | { readonly kind: 'refused'; readonly errors: readonly ImportError[] }
  | { readonly kind: 'imported'; readonly imported: number; readonly unchanged: number };

const replacementCharacter = '\uFFFD';

const unreadable =
  'UTF-8で保存してください（Excelでは「CSV UTF-8（コンマ区切り）」）。UTF-8として読み取れない文字があります。';

/** UTF-8 alone: what Excel saves as plain CSV (Shift_JIS) would come in as other characters. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Rows carry the number that a spreadsheet shows: empty ones count, and a cell of several lines is in one row. */
function parseTable(file: string, bytes: Uint8Array): ImportedTable | ImportError {
  const text = textOf(bytes);
  if (text === undefined) return { file, message: unreadable };
  try {
    const records: string[][] = parse(text, { bom: true, relax_column_count: true });
    const rows = records.map((cells, index) => ({ number: index + 1, cells }));
    const damaged = rows.find(({ cells }) => cells.some((cell) => cell.includes(replacementCharacter)));
    if (damaged !== undefined)
      return {
        file,
        row: damaged.number,
        message: '元の文字が失われています（U+FFFD）。元のファイルから、UTF-8で保存してください。',
      };
    const [header, ...entries] = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
    return { file, header: header?.cells ?? [], rows: entries };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { file, ...csvFault(error) };
  }
}

interface FormReturns {
  readonly form: string;
  readonly file: string;
  readonly returns: readonly ImportedReturn[];
}

async function readForms(deps: ImportDeps, round: Round): Promise<{ forms: FormReturns[]; errors: ImportError[] }> {
  const { store, forms: catalogue, read: readFile } = deps;
  const directory = await store.directoryOfRound(round);
  const municipalities = new Set(directory.municipalities.map(({ code }) => code));
  const forms: FormReturns[] = [];
  const errors: ImportError[] = [];
  for (const [id, version] of Object.entries(round.forms)) {
    const form = formOf(catalogue, round, id);
    if (form === undefined) throw new Error(`no form ${id} ${version}`);
    const table = tableOf(form, directory, 'internal');
    const files = new Map<string, ImportedTable>();
    for (const each of withDescendants(table)) {
      const file = each.id === '' ? `${id}.csv` : `${id}.${each.id}.csv`;
      const bytes = await readFile(file);
      const parsed = bytes === undefined ? undefined : parseTable(file, bytes);
      if (parsed === undefined) continue;
      if ('message' in parsed) errors.push(parsed);
      else files.set(each.id, parsed);
    }
    if (files.size === 0) continue;
    const file = `${id}.csv`;
    if (!files.has('')) errors.push({ file, message: 'このファイルがありません。' });
    const units = unitsByCode(directory, form.units);
    const read = readImport({ form, round, table, units, municipalities }, files);
    errors.push(...read.errors);
    forms.push({ form: id, file, returns: read.returns });
  }
  if (forms.length === 0 && errors.length === 0)
    errors.push({
      file: `${Object.keys(round.forms)[0] ?? ''}.csv`,
      message: 'この調査の調査票のCSVが1つもありません。',
    });
  const [first] = forms;
  if (first !== undefined && errors.length === 0 && forms.every(({ returns }) => returns.length === 0))
    errors.push({ file: first.file, message: '回答の行が1つもありません。' });
  return { forms, errors };
}

const withoutContents =
  '添付ファイルは、内容がこの調査に登録されていないため取り込めません。ファイルの設問の列を空欄にし、その別表のCSVを除いてください。';

function refusal(outcome: Outcome<Imported>): string | undefined {
  if (outcome.ok) return undefined;
  const { code } = outcome.problem;
  if (code === 'unknown-file') return withoutContents;
  const exists = code === 'already-submitted' || code === 'not-editable';
  return exists ? 'この調査には、すでに別の回答があります。' : problems[code].title;
}

/**
 * @returns the errors, nothing having been written, or how many returns came in
 * @throws Error for a round that does not exist, and what AWS throws; what came in until then stays, and the same call
 *   again goes on
 */
export async function importRound(deps: ImportDeps, roundId: string, actor: string): Promise<ImportResult> {
  const { store, imports, step } = deps;
  const round = await store.round(roundId);
  if (round === undefined) throw new Error(`調査 ${roundId} はありません。先に調査を登録してください。`);
  const { forms, errors } = await readForms(deps, round);
  const all = forms.flatMap(({ form, file, returns }) =>
    returns.map(({ unit, row, answers }) => ({
      key: { round: roundId, form, unit } satisfies ReturnKey,
      file,
      row,
      answers,
    })),
  );
  for (const { key, file, row, answers } of all) {
    const message = refusal(await imports.mayImport(key, answers));
    if (message !== undefined) errors.push({ file, row, column: 'unit', message });
  }
  if (errors.length > 0) return { kind: 'refused', errors };
  const counts = { imported: 0, unchanged: 0 };
  for (const [index, { key, answers }] of all.entries()) {
    const outcome = await imports.importReturn(key, answers, actor);
    if (!outcome.ok) throw new Error(`${key.form} ${key.unit}: ${refusal(outcome) ?? ''}`);
    counts[outcome.value] += 1;
    step(index + 1, all.length);
  }
  return { kind: 'imported', ...counts };
}
