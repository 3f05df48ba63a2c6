/** The figures that the public knows: those of the newest published edition of a round. */

import { summary } from '../../schemas/export.ts';
import type { Summary } from '../../schemas/export.ts';
import type { RoundState } from '../domain/log.ts';
import { exportFileKey } from '../storage/bucket-keys.ts';
import type { ExportDeps } from './deps.ts';

export interface LastEdition extends Pick<Summary, 'asOf' | 'rows'> {
  readonly edition: number;
}

const summaryPath = 'public/summary.json';

/** Read from the export that was published; none where nothing was, or where that export has no summary. */
export async function lastEdition(
  { exports, bucket }: Pick<ExportDeps, 'exports' | 'bucket'>,
  round: string,
  published: RoundState['published'],
): Promise<LastEdition | undefined> {
  if (published === undefined) return undefined;
  const { edition, exportId } = published;
  const record = await exports.export(round, exportId);
  if (record?.manifest?.files.some(({ path }) => path === summaryPath) !== true) return undefined;
  const text = await bucket.readText(exportFileKey(round, exportId, summaryPath));
  const { asOf, rows } = summary.parse(JSON.parse(text));
  return { edition, asOf, rows };
}
