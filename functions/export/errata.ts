/**
 * The list of corrections (正誤表) of an edition. It follows from the files of the two editions alone, so that whoever
 * finishes a publication finds the same one.
 */

import { summary } from '../../schemas/export.ts';
import type { SummaryRow } from '../../schemas/export.ts';
import { figureCorrections } from '../domain/errata.ts';
import type { Bucket } from '../storage/bucket.ts';
import { publishedFileKey } from '../storage/bucket-keys.ts';
import { rowKeys, tablesInBucket } from './edition-tables.ts';
import type { EditionTables } from './edition-tables.ts';
import { errataFiles } from './files/errata-files.ts';
import type { ErrataFile } from './files/errata-files.ts';
import { tableCorrections } from './table-corrections.ts';

interface PublishedEdition {
  readonly figures: readonly SummaryRow[];
  readonly descriptor: unknown;
  readonly tables: EditionTables;
}

async function read(bucket: Bucket, round: string, edition: number): Promise<PublishedEdition> {
  const keyOf = (path: string): string => publishedFileKey(round, edition, path);
  const { rows } = summary.parse(JSON.parse(await bucket.readText(keyOf('summary.json'))));
  const descriptor: unknown = JSON.parse(await bucket.readText(keyOf('datapackage.json')));
  return { figures: rows, descriptor, tables: tablesInBucket(bucket, descriptor, keyOf) };
}

/** How many ids name the row of an entry at most; a column of them is there even where no form has a list. */
function depthOf(...editions: readonly EditionTables[]): number {
  return Math.max(1, ...editions.flatMap(({ tables }) => tables.map((table) => rowKeys(table).length - 1)));
}

/**
 * The corrections of an edition whose files are copied; none for the first.
 *
 * @param step is called now and then while tables are compared
 */
export async function errataOf(
  { bucket, round, edition }: { readonly bucket: Bucket; readonly round: string; readonly edition: number },
  step: () => Promise<void>,
): Promise<readonly ErrataFile[]> {
  if (edition === 1) return [];
  const before = await read(bucket, round, edition - 1);
  const now = await read(bucket, round, edition);
  return errataFiles({
    edition,
    descriptor: now.descriptor,
    figures: figureCorrections(before.figures, now.figures),
    cells: tableCorrections(before.tables, now.tables, step),
    depth: depthOf(before.tables, now.tables),
  });
}
