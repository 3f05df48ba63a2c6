/** The list of corrections of an edition against what the edition publishes. */

import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describedTables, rowKeys } from '../edition-tables.ts';
import { errataPaths } from '../files/errata-files.ts';
import { verifyDataPackage } from './files.ts';
import type { Folder } from './folder.ts';
import { recordsOf } from './reading.ts';
import type { CsvRecord } from './reading.ts';

const path = errataPaths.returns;

/** Every figure that was corrected or added stands in the summary as it is now, and no other that was removed. */
async function verifyFigures(folder: Folder): Promise<void> {
  await folder.reading(errataPaths.figures, async () => {
    const nameOf = ({ form, question, option, measure }: CsvRecord): string =>
      JSON.stringify([form, question, option, measure]);
    const corrections = new Map<string, CsvRecord>();
    for await (const record of recordsOf(folder.at(errataPaths.figures))) corrections.set(nameOf(record), record);
    await folder.reading('summary.csv', async () => {
      for await (const record of recordsOf(folder.at('summary.csv'))) {
        const name = nameOf(record);
        const correction = corrections.get(name);
        if (correction === undefined) continue;
        corrections.delete(name);
        const { change, after, baseAfter } = correction;
        if (change === 'removed' || after !== record['value'] || baseAfter !== record['base'])
          folder.report(errataPaths.figures, `${name} の訂正が summary.csv と違います。`);
      }
      for (const [name, { change }] of corrections)
        if (change !== 'removed') folder.report(errataPaths.figures, `${name} の集計が summary.csv にありません。`);
    });
  });
}

/** The corrections of one table, by the keys of its rows. */
type Corrections = Map<string, CsvRecord[]>;

function entriesOf(correction: CsvRecord): string[] {
  return Object.keys(correction).flatMap((name) =>
    /^entry\d+$/.test(name) && correction[name] !== '' ? [correction[name] ?? ''] : [],
  );
}

async function verifyTable(
  folder: Folder,
  table: string,
  keys: readonly string[],
  corrections: Corrections,
): Promise<void> {
  const wrong = (key: string, message: string): void => folder.report(path, `${table} ${key} ${message}`);
  await folder.reading(table, async () => {
    for await (const record of recordsOf(folder.at(table))) {
      const key = JSON.stringify(keys.map((name) => record[name]));
      for (const { change, column = '', after } of corrections.get(key) ?? []) {
        if (change === 'removed') wrong(key, 'は削除されていません。');
        // A column that this edition no longer has counts as empty.
        if (change === 'changed' && (record[column] ?? '') !== after) wrong(key, `${column} の訂正が表と違います。`);
      }
      corrections.delete(key);
    }
    for (const [key, rows] of corrections)
      if (rows.some(({ change }) => change !== 'removed')) wrong(key, 'の行が表にありません。');
  });
}

/** Every cell that was corrected stands in its table as it is now, every row that was added too, and none that was removed. */
async function verifyCells(folder: Folder): Promise<void> {
  const keys = new Map<string, readonly string[]>();
  await folder.reading('datapackage.json', async () => {
    const descriptor: unknown = JSON.parse(await readFile(folder.at('datapackage.json'), 'utf8'));
    const { tables } = describedTables(descriptor, async (of) => createReadStream(folder.at(of)));
    for (const each of tables) keys.set(each.path, rowKeys(each));
  });
  const byTable = new Map<string, Corrections>();
  await folder.reading(path, async () => {
    for await (const correction of recordsOf(folder.at(path))) {
      const { table = '', unit = '' } = correction;
      const corrections: Corrections = byTable.get(table) ?? new Map();
      byTable.set(table, corrections);
      const key = JSON.stringify([unit, ...entriesOf(correction)]);
      const ofRow = corrections.get(key);
      if (ofRow === undefined) corrections.set(key, [correction]);
      else ofRow.push(correction);
    }
  });
  for (const [table, corrections] of byTable) {
    const ofRows = keys.get(table);
    if (ofRows !== undefined) await verifyTable(folder, table, ofRows, corrections);
    // Of a form that is asked no more all rows are gone.
    else if ([...corrections.values()].flat().some(({ change }) => change !== 'removed'))
      folder.report(path, `${table} は、公表版にない表です。`);
  }
}

/** Of the second edition and every later one. */
export async function verifyErrata(folder: Folder): Promise<void> {
  const named = new Set(folder.files.map((file) => file.path));
  for (const each of Object.values(errataPaths))
    if (!named.has(each)) folder.report(each, '第2版以降に必ずあるファイルが、目録にありません。');
  await verifyDataPackage(folder, '', errataPaths.dataPackage);
  await verifyFigures(folder);
  await verifyCells(folder);
}
