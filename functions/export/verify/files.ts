/** The files of a folder against its manifest: which there must be, their bytes, hashes and rows. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { ExportedFile } from '../../../schemas/export.ts';
import { directoryPath, membersPath } from '../files/directory-files.ts';
import type { Folder } from './folder.ts';
import { hashOfFile, recordsOf, rowsOfParquet } from './reading.ts';

const described = z.object({ resources: z.array(z.object({ path: z.string(), bytes: z.int(), hash: z.string() })) });

/** What every export and every edition has, whatever was asked and answered. */
const always: readonly string[] = [
  'summary.csv',
  'summary.json',
  directoryPath,
  membersPath,
  'codebook.csv',
  'datapackage.json',
];

/** @param prefixes of the folders that stand for themselves; @param forms whose returns must be in each; @param others files beside */
export function verifyCompleteness(
  folder: Folder,
  prefixes: readonly string[],
  forms: readonly string[],
  others: readonly string[] = [],
): void {
  if (folder.files.length === 0) folder.report('manifest.json', '目録にファイルが1つもありません。');
  const named = new Set(folder.files.map(({ path }) => path));
  const ofForms = forms.flatMap((form) => [`${form}.csv`, `${form}.json`]);
  const internal = prefixes.includes('internal/') ? ['internal/summary.units.csv'] : [];
  const expected = [
    ...prefixes.flatMap((prefix) => [...ofForms, ...always].map((path) => `${prefix}${path}`)),
    ...internal,
    ...others,
  ];
  for (const path of expected)
    if (!named.has(path)) folder.report(path, '出力に必ずあるファイルが、目録にありません。');
}

async function verifyFile(folder: Folder, path: string, bytes: number, sha256: string): Promise<void> {
  try {
    const found = await hashOfFile(folder.at(path));
    if (found.bytes !== bytes) folder.report(path, `大きさが違います（目録 ${bytes}、実際 ${found.bytes} バイト）。`);
    if (found.sha256 !== sha256) folder.report(path, 'ハッシュ値（SHA-256）が目録と違います。');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    folder.giveUp(path, isMissing ? 'ファイルがありません。' : 'ファイルを読み取れません。');
  }
}

async function verifyStrays(folder: Folder, beside?: string): Promise<void> {
  const named = new Set(['manifest.json', ...folder.files.map(({ path }) => path)]);
  const root = folder.at('/');
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name).slice(root.length);
    const isBeside = beside !== undefined && path.startsWith(beside);
    if (!isBeside && !named.has(path)) folder.report(path, '目録にないファイルです。');
  }
}

async function verifyRows(folder: Folder, { path, rows }: ExportedFile): Promise<void> {
  let count: number | undefined = 0;
  if (path.endsWith('.csv')) for await (const _record of recordsOf(folder.at(path))) count += 1;
  else count = await rowsOfParquet(folder.at(path));
  if (count === undefined) folder.giveUp(path, 'Parquetとして読み取れません。');
  else if (count !== rows) folder.report(path, `行の数が違います（目録 ${rows}、実際 ${count}）。`);
}

/** @param beside the prefix of files that another manifest names */
export async function verifyFiles(folder: Folder, beside?: string): Promise<void> {
  for (const file of folder.files) {
    const { path, bytes, sha256 } = file;
    await verifyFile(folder, path, bytes, sha256);
    if (/\.(?:csv|parquet)$/.test(path)) await folder.reading(path, () => verifyRows(folder, file));
  }
  await verifyStrays(folder, beside);
}

/** @param prefix of the folder whose files the data package describes, such as `public/` */
export async function verifyDataPackage(folder: Folder, prefix: string): Promise<void> {
  const path = `${prefix}datapackage.json`;
  await folder.reading(path, async () => {
    const { resources } = described.parse(JSON.parse(await readFile(folder.at(path), 'utf8')));
    for (const { path: of, bytes, hash } of resources) {
      const file = folder.files.find((each) => each.path === `${prefix}${of}`);
      if (file === undefined) folder.report(path, `${of} は目録にありません。`);
      else if (file.bytes !== bytes || `sha256:${file.sha256}` !== hash)
        folder.report(path, `${of} の大きさかハッシュ値が目録と違います。`);
    }
  });
}
