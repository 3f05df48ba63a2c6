/** From an uploaded spreadsheet to a directory that could be saved, or what is wrong with it, row by row. */

import { directory as directorySchema } from '../../../../schemas/directory.ts';
import type { Directory } from '../../../../schemas/directory.ts';
import { columns as ownColumns, readDirectoryTable } from './directory-csv.ts';
import type { ReadDirectory, RowError } from './directory-csv.ts';
import { columns as ministryColumns, readMinistryTable } from './ministry-list.ts';
import { readSpreadsheet, tableWith } from './spreadsheet.ts';

export type ImportedDirectory =
  | { readonly ok: true; readonly directory: Directory }
  | { readonly ok: false; readonly errors: readonly RowError[] };

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
  return list === 'councils' ? (rows.councils[index] ?? 0) : 0;
}

function checked(read: ReadDirectory, validFrom: string | undefined): ImportedDirectory {
  if (read.errors.length > 0) return { ok: false, errors: read.errors };
  const candidate =
    typeof read.candidate === 'object'
      ? { ...read.candidate, ...(validFrom === undefined ? {} : { validFrom }) }
      : read.candidate;
  const parsed = directorySchema.safeParse(candidate);
  if (parsed.success) return { ok: true, directory: parsed.data };
  const errors = parsed.error.issues.map(({ path, message }) => ({ row: rowAt(path, read), message }));
  return { ok: false, errors: errors.toSorted((a, b) => a.row - b.row) };
}

export interface ImportRequest {
  readonly bytes: Uint8Array;
  /** The directory in force on the day from which it holds; none before the first. */
  readonly current: Directory | undefined;
  /** For the Ministry's list, where there is no directory yet. */
  readonly prefecture: string;
  /** From which day it holds; absent, for any day. */
  readonly validFrom?: string | undefined;
}

/** Tells the two formats by their headings. */
export async function importDirectory({
  bytes,
  current,
  prefecture,
  validFrom,
}: ImportRequest): Promise<ImportedDirectory> {
  const sheet = await readSpreadsheet(bytes);
  if (!sheet.ok) return refusal(sheet.fault.message, sheet.fault.row);
  const { rows } = sheet;
  const own = tableWith(rows, ownColumns);
  if (own !== undefined) return checked(readDirectoryTable(own, current), validFrom);
  const ministry = tableWith(rows, ministryColumns);
  if (ministry !== undefined) return checked(readMinistryTable(ministry, current, prefecture), validFrom);
  return refusal(
    `見出しの行が見つかりません。名簿のCSV（${ownColumns.join('、')}）又は総務省の一覧（${ministryColumns.join('、')}）のファイルを選んでください。`,
  );
}
