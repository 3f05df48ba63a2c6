/** The daily start: begins the disposals that are due, and takes every one that is under way as far as it can be taken. */

import type { Disposal } from '../../schemas/disposal.ts';
import { dueDisposals, maySettle } from '../domain/disposal.ts';
import type { OperatorLog } from '../platform/logger.ts';
import type { OperatorMetrics } from '../platform/metrics.ts';
import { exportsFolderKey, uploadsFolderKey } from '../storage/bucket-keys.ts';
import type { DisposalFiles } from '../storage/disposal-files.ts';
import type { DisposalSteps } from '../storage/disposal-steps.ts';
import type { TableCatalog } from '../storage/table-catalog.ts';
import type { Disposals } from '../storage/disposals.ts';

export interface RetentionDeps {
  readonly disposals: Disposals;
  readonly steps: DisposalSteps;
  readonly files: DisposalFiles;
  /** Where the tables of exports are known; a laptop has none. */
  readonly catalog?: Pick<TableCatalog, 'removeRound'> | undefined;
  /** Fiscal years that a round is kept after its own; 0 keeps every round for good. */
  readonly roundYears: number;
  readonly now: () => Date;
  readonly log: OperatorLog;
  readonly metrics: OperatorMetrics;
}

/**
 * Removes what is left of a round. It is complete once a later run has removed what was still being written when the
 * first one closed the round.
 */
async function dispose({ steps, files, catalog, now, log, metrics }: RetentionDeps, begun: Disposal): Promise<void> {
  const { round } = begun;
  const exported = exportsFolderKey(round);
  const sent = uploadsFolderKey(round);
  if (begun.removed === undefined) {
    const counted = await steps.countItems(round);
    const removed = {
      ...counted,
      files: await files.countFiles(exported),
      uploads: await files.countFiles(sent),
    };
    await steps.recordDisposal(round, { removed });
  }
  const items = await steps.removeItems(round);
  await files.removeFiles(exported);
  await files.removeFiles(sent);
  for (const audience of ['internal', 'public'] as const) await catalog?.removeRound(audience, round);
  log.info('round-removed', { round, items });
  if (!maySettle(begun, now())) return;
  await steps.recordDisposal(round, { disposedAt: now().toISOString() });
  log.info('round-disposed', { round });
  metrics.count('Disposals');
}

/**
 * Disposes of the rounds whose retention had ended at `at`. One that fails does not keep the others from it; it is taken
 * up by the next run.
 *
 * @throws AggregateError when any failed, so that the run is repeated and the alarm raised
 */
export async function runDueDisposals(deps: RetentionDeps, at: string): Promise<void> {
  const { disposals, steps, roundYears, now, log, metrics } = deps;
  // Whoever starts it by hand cannot dispose of a round by writing a later time.
  const until = new Date(Math.min(Date.parse(at), now().getTime()));
  const due = dueDisposals(await steps.retainedRounds(), roundYears, until);
  log.info('disposals-due', { rounds: due.join(' '), at });
  for (const round of due) await steps.beginDisposal(round);
  const failures: unknown[] = [];
  for (const begun of await disposals.disposals()) {
    if (begun.disposedAt !== undefined) continue;
    try {
      await dispose(deps, begun);
    } catch (error) {
      log.error('disposal-failed', error, { round: begun.round });
      metrics.count('DisposalsFailed');
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} disposals failed`);
}
