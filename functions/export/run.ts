/**
 * One export of a round, from the log to `latest.json`.
 *
 * The files are written to disk, uploaded and read back; then one transaction makes the export the latest one in the
 * table. Before it a failure leaves the last good export in place; after it there is nothing left that could make the
 * export wrong, and whoever runs next finishes it.
 */

import type { LatestExport } from '../../schemas/export.ts';
import { withAttempts } from '../service/attempts.ts';
import { jsonType } from '../service/written-files.ts';
import { exportFileKey, latestFileKey } from '../storage/bucket-keys.ts';
import type { ExportDeps } from './deps.ts';
import { registerLatest } from './register-tables.ts';
import type { ExportedTable } from './register-tables.ts';
import type { Run } from './written-export.ts';

const announcements = 3;

/**
 * Writes `latest.json` as the table has it. S3 cannot refuse the slower of two writers, so each looks at the table
 * again after writing, and whoever finds a newer export there writes once more: the one that is moved last is read
 * by both, and the file never stays at a smaller log number.
 */
async function writeLatest({ exports, bucket }: ExportDeps, round: string): Promise<void> {
  let latest = await exports.latestExport(round);
  while (latest !== undefined) {
    const { exportId, asOf } = latest;
    const pointer: LatestExport = { exportId, asOf, manifest: exportFileKey(round, exportId, 'manifest.json') };
    await bucket.putText(latestFileKey(round), `${JSON.stringify(pointer)}\n`, jsonType);
    const after = await exports.latestExport(round);
    latest = after?.exportId === exportId ? undefined : after;
  }
}

async function announce(deps: ExportDeps, { round, exportId }: Run): Promise<void> {
  await withAttempts(
    announcements,
    async () => {
      await writeLatest(deps, round);
      await deps.exports.exportDone(round, exportId);
    },
    (error, attempt) => deps.log.error('export-not-announced', error, { round, exportId, attempt }),
  );
}

async function fail(deps: ExportDeps, { round, exportId, run }: Run): Promise<void> {
  try {
    await deps.exports.exportFailed(round, exportId, run, 'internal');
  } catch (error) {
    // Its lease will run out, and then it reads as failed as well.
    deps.log.error('export-failure-not-recorded', error, { round, exportId });
  }
}

async function write(deps: ExportDeps, run: Run): Promise<ExportedTable[]> {
  const { writtenExport } = await import('./written-export.ts');
  return writtenExport(deps, run);
}

/**
 * Writes an export that was started. Called again for the same export it does nothing, or finishes what only lacked
 * `latest.json`.
 *
 * @throws whatever made it fail, after the record says so and the way is free for the next export
 */
export async function runExport(deps: ExportDeps, round: string, exportId: string): Promise<void> {
  const run: Run = { round, exportId, run: deps.randomId() };
  try {
    const claim = await deps.exports.claimExport(round, exportId, run.run);
    deps.log.info('export-claimed', { round, exportId, claim });
    if (claim === 'settled') return;
    const tables = claim === 'claimed' ? await write(deps, run) : [];
    await announce(deps, run);
    deps.log.info('export-done', { round, exportId });
    deps.metrics.count('ExportsDone');
    if (tables.length > 0) await registerLatest(deps, run, tables);
  } catch (error) {
    deps.log.error('export-failed', error, { round, exportId });
    deps.metrics.count('ExportsFailed');
    await fail(deps, run);
    throw error;
  }
}
