/** From an uploaded spreadsheet to a directory that could be saved, or what is wrong with it, row by row. */

import { gunzipSync, gzipSync } from 'node:zlib';
import { directory as directorySchema } from '../../../../schemas/directory.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { tableWith } from '../../../platform/workbook/sheet-table.ts';
import type { SheetTable } from '../../../platform/workbook/sheet-table.ts';
import { readSpreadsheet } from '../../../platform/workbook/spreadsheet.ts';
import type { SheetNames } from '../../../platform/workbook/spreadsheet.ts';
import { isDescriptionColumn } from './description-columns.ts';
import { directoryColumns, readDirectoryTable } from './directory-csv.ts';
import type { ReadDirectory, RowError } from './directory-csv.ts';
import { isDateColumn } from './date-columns.ts';
import type { ListedChanges } from './listed.ts';
import { ministryColumns, readMinistryTable } from './ministry-list.ts';
import { listColumns, listSynonyms, readMunicipalityList } from './municipality-list.ts';

/** What an officer should know of the file before applying it. */
export interface ReadFrom {
  /** Of a workbook: the sheet that was read, and those that were not. */
  readonly sheet?: SheetNames | undefined;
  readonly hiddenColumns: readonly string[];
  /** Codes of municipalities and ids of councils that stand in rows that are hidden. */
  readonly hidden: ReadonlySet<string>;
}

export type ImportedDirectory =
  | { readonly ok: true; readonly directory: Directory; readonly from: ReadFrom }
  /** `listed` where a list lacks municipalities of the directory, and nothing else is wrong: who comes after them is to be asked. */
  | { readonly ok: false; readonly errors: readonly RowError[]; readonly listed?: ListedChanges };

/** @param row none for the whole file */
function refusal(message: string, row = 0): ImportedDirectory {
  return { ok: false, errors: [{ row, message }] };
}

/** The row of the spreadsheet that a path of the directory stands in; 0 where there is none. */
function rowAt(path: readonly PropertyKey[], { rows }: ReadDirectory): number {
  const [list, index] = path;
  if (list === 'prefecture') return rows.prefecture ?? 0;
  if (typeof index !== 'number') return 0;
  if (list === 'municipalities') return rows.municipalities[index] ?? 0;
  if (list === 'units') return rows.units?.[index] ?? 0;
  return list === 'councils' ? (rows.councils[index] ?? 0) : 0;
}

function hiddenUnits({ municipalities, councils }: Directory, read: ReadDirectory, table: SheetTable): Set<string> {
  const hidden = new Set(table.rows.filter(({ isHidden }) => isHidden).map(({ number }) => number));
  const isHidden = (row: number | undefined): boolean => row !== undefined && hidden.has(row);
  return new Set([
    ...municipalities.filter((_, index) => isHidden(read.rows.municipalities[index])).map(({ code }) => code),
    ...councils.filter((_, index) => isHidden(read.rows.councils[index])).map(({ id }) => id),
  ]);
}

function checked(
  read: ReadDirectory,
  table: SheetTable,
  sheet: SheetNames | undefined,
  validFrom: string | undefined,
): ImportedDirectory {
  // What follows from a cell without a value would only be said a second time.
  if (table.faults.length > 0) return { ok: false, errors: table.faults };
  if (read.errors.length > 0) return { ok: false, errors: read.errors };
  if (read.listed !== undefined) return { ok: false, errors: [], listed: read.listed };
  const candidate =
    typeof read.candidate === 'object'
      ? { ...read.candidate, ...(validFrom === undefined ? {} : { validFrom }) }
      : read.candidate;
  const parsed = directorySchema.safeParse(candidate);
  if (parsed.success) {
    const { hiddenColumns } = table;
    const hidden = hiddenUnits(parsed.data, read, table);
    return { ok: true, directory: parsed.data, from: { sheet, hiddenColumns, hidden } };
  }
  const errors = parsed.error.issues.map(({ path, message }) => ({ row: rowAt(path, read), message }));
  return { ok: false, errors: errors.toSorted((a, b) => a.row - b.row) };
}

export interface ImportRequest {
  readonly bytes: Uint8Array;
  readonly current: Directory | undefined;
  /** For the Ministry's list, where there is no directory yet. */
  readonly prefecture: string;
  /** From which day it holds; absent, for any day. */
  readonly validFrom?: string | undefined;
}

/** After any merger that is known: where a list says of no day what it is of. */
const lastDay = '9999-12-31';

export async function importDirectory({
  bytes,
  current,
  prefecture,
  validFrom,
}: ImportRequest): Promise<ImportedDirectory> {
  const read = await readSpreadsheet(bytes);
  if (!read.ok) return refusal(`${read.refusal.message}（${read.refusal.code}）`, read.refusal.row);
  const { sheet } = read.value;
  const own = tableWith(
    read.value,
    directoryColumns,
    {},
    (heading) => isDescriptionColumn(heading) || isDateColumn(heading),
  );
  if (own !== undefined) return checked(readDirectoryTable(own, current), own, sheet, validFrom);
  const ministry = tableWith(read.value, ministryColumns);
  if (ministry !== undefined)
    return checked(
      readMinistryTable(ministry, { current, day: validFrom ?? lastDay, prefecture }),
      ministry,
      sheet,
      validFrom,
    );
  const list = tableWith(read.value, listColumns, listSynonyms);
  if (list !== undefined)
    return checked(
      readMunicipalityList(list, { current, day: validFrom ?? lastDay, prefecture }),
      list,
      sheet,
      validFrom,
    );
  return refusal(
    `${sheet === undefined ? '' : `シート「${sheet.name}」に`}見出しの行が見つかりません。名簿のCSV（${directoryColumns.join('、')}）、総務省の一覧（${ministryColumns.join('、')}）又は市町村の一覧（${listColumns.join('、')}）のファイルを選んでください。`,
  );
}

/** What any directory unpacks to at most. */
const maxOutputLength = 2 * 1024 * 1024;

/** A directory that waits in a form to be applied: packed, so that 1,700 municipalities fit on the page. */
export function packDirectory(directory: Directory): string {
  return gzipSync(JSON.stringify(directory), { level: 9 }).toString('base64url');
}

/** Checked again as a whole; none when it is not what was packed. */
export function unpackDirectory(packed: string): Directory | undefined {
  try {
    const json: unknown = JSON.parse(
      gunzipSync(Buffer.from(packed, 'base64url'), { maxOutputLength }).toString('utf8'),
    );
    return directorySchema.safeParse(json).data;
  } catch {
    return undefined;
  }
}
