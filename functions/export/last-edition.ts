/** What the public knows: the newest published edition of a round. */

import { summary } from '../../schemas/export.ts';
import type { Summary } from '../../schemas/export.ts';
import type { RoundState } from '../domain/log.ts';
import { exportFileKey } from '../storage/bucket-keys.ts';
import type { ExportDeps } from './deps.ts';
import { tablesInBucket } from './edition-tables.ts';
import type { EditionTables } from './edition-tables.ts';

export interface LastEdition extends Pick<Summary, 'asOf' | 'rows'> {
  readonly edition: number;
  readonly tables: EditionTables;
}

const summaryPath = 'public/summary.json';
const packagePath = 'public/datapackage.json';

/** Read from the export that was published; none where nothing was, or where that export has no summary or data package. */
export async function lastEdition(
  { exports, bucket }: Pick<ExportDeps, 'exports' | 'bucket'>,
  round: string,
  published: RoundState['published'],
): Promise<LastEdition | undefined> {
  if (published === undefined) return undefined;
  const { edition, exportId } = published;
  const paths = new Set((await exports.export(round, exportId))?.manifest?.files.map(({ path }) => path));
  if (!paths.has(summaryPath) || !paths.has(packagePath)) return undefined;
  const read = (path: string): Promise<string> => bucket.readText(exportFileKey(round, exportId, path));
  const { asOf, rows } = summary.parse(JSON.parse(await read(summaryPath)));
  const tables = tablesInBucket(bucket, JSON.parse(await read(packagePath)), (path) =>
    exportFileKey(round, exportId, `public/${path}`),
  );
  return { edition, asOf, rows, tables };
}
