/** Starting an export: its record first, so that only one runs, then the hand-over to whoever writes it. */

import { refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { OperatorLog } from '../platform/logger.ts';
import type { ExportDispatcher } from '../storage/export-dispatch.ts';
import type { Exports } from '../storage/exports.ts';

export interface StartDeps {
  readonly exports: Exports;
  readonly dispatch: ExportDispatcher;
  readonly randomId: () => string;
  readonly log: OperatorLog;
}

/**
 * Starts an export of a round that exists. Refuses `export-running` with the id of the one that runs, and `internal`
 * when nobody could be told to write it; the next call may then start another.
 */
export async function requestExport(
  { exports, dispatch, randomId, log }: StartDeps,
  round: string,
  actor: string,
): Promise<Outcome<{ exportId: string }>> {
  const started = await exports.startExport(round, actor);
  if (!started.ok) return started;
  const { exportId } = started.value;
  try {
    await dispatch(round, exportId);
    return started;
  } catch (error) {
    log.error('export-not-dispatched', error, { round, exportId });
    await exports.exportFailed(round, exportId, randomId(), 'internal');
    return refused('internal', { exportId });
  }
}
