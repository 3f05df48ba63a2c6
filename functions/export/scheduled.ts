/** The daily start: exports every round that is due, one after the other. */

import { dueExports } from '../domain/due-exports.ts';
import type { ExportableRound } from '../domain/due-exports.ts';
import type { ExportDeps } from './deps.ts';
import { runExport } from './run.ts';

/** As the log of exports names it. */
const scheduleActor = 'schedule';

async function exportableRounds({ store, exports }: ExportDeps): Promise<ExportableRound[]> {
  const rounds: ExportableRound[] = [];
  for (const round of await store.rounds()) {
    const state = await store.roundState(round.id);
    if (state === undefined) continue;
    const [page, latest] = await Promise.all([exports.exports(round.id, { limit: 1 }), exports.latestExport(round.id)]);
    const [last] = page.ok ? page.value.exports : [];
    rounds.push({
      round,
      changedSeq: state.changedSeq,
      ...(last === undefined ? {} : { last }),
      ...(latest === undefined ? {} : { exportedSeq: latest.asOf.seq }),
    });
  }
  return rounds;
}

/**
 * Exports the rounds that are due. A round that is being exported already is left to whoever does; one that fails does
 * not keep the others from being exported.
 *
 * @throws AggregateError when any export failed, so that the schedule starts again and the alarm is raised
 */
export async function runDueExports(deps: ExportDeps, at: string): Promise<void> {
  const due = dueExports(await exportableRounds(deps), new Date(at));
  deps.log.info('exports-due', { rounds: due.join(' '), at });
  const failures: unknown[] = [];
  for (const round of due) {
    try {
      const started = await deps.exports.startExport(round, scheduleActor);
      if (started.ok) await runExport(deps, round, started.value.exportId);
      else deps.log.info('export-not-started', { round, code: started.problem.code });
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${due.length} exports failed`);
}
