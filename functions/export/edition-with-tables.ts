/** The newest published edition of a round with its tables: what the public knows. */

import type { PrintedEdition } from '../service/held-figures.ts';
import { exportFileKey } from '../storage/bucket-keys.ts';
import type { ExportDeps } from './deps.ts';
import { tablesInBucket } from './files/edition-tables.ts';
import type { EditionTables } from './files/edition-tables.ts';

export interface EditionWithTables extends Omit<PrintedEdition, 'exportId'> {
  readonly tables: EditionTables;
}

export async function editionWithTables(
  { bucket }: Pick<ExportDeps, 'bucket'>,
  round: string,
  printed: PrintedEdition | undefined,
): Promise<EditionWithTables | undefined> {
  if (printed === undefined) return undefined;
  const keyOf = (path: string): string => exportFileKey(round, printed.exportId, `public/${path}`);
  const descriptor: unknown = JSON.parse(await bucket.readText(keyOf('datapackage.json')));
  return { ...printed, tables: tablesInBucket(bucket, descriptor, keyOf) };
}
