/**
 * What follows the withdrawal of an edition outside the table: its files, and the round in the public tables. Nobody was
 * shown either since the withdrawal was written. Each step may be repeated; the record that it was done comes last.
 */

import { editionFiles } from '../service/publish.ts';
import { publishedFileKey } from '../storage/bucket-keys.ts';
import type { ExportDeps } from './deps.ts';
import { takeTablesBack } from './register-tables.ts';

/** Takes down every edition of the round that was taken back and is not taken down yet. */
export async function takeDown(
  deps: Pick<ExportDeps, 'exports' | 'publications' | 'bucket' | 'catalog' | 'log'>,
  round: string,
): Promise<void> {
  const { exports, publications, bucket, log } = deps;
  for (const { edition, exportId, withdrawal } of await publications.editions(round)) {
    if (withdrawal === undefined || withdrawal.filesRemovedAt !== undefined) continue;
    const manifest = (await exports.export(round, exportId))?.manifest;
    if (manifest === undefined) throw new Error(`export ${exportId} has no manifest`);
    await takeTablesBack(deps, round);
    const paths = ['manifest.json', ...editionFiles(manifest).map(({ path }) => path)];
    await bucket.remove(paths.map((path) => publishedFileKey(round, edition, path)));
    await publications.filesRemoved(round, edition);
    log.info('edition-taken-down', { round, edition, files: paths.length });
  }
}
