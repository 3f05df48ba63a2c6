/** Which rounds a daily start exports. */

import { phaseAt } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';

export interface ExportableRound {
  readonly round: Round;
  /** Number of its newest log entry that is not a publication, which follows from an export and calls for none. */
  readonly changedSeq: number;
  /** The export started last, whatever became of it. */
  readonly last?: {
    readonly requestedAt: string;
    readonly status: 'running' | 'done' | 'failed';
    /** Log number that it is as of, once known. */
    readonly asOfSeq?: number;
  };
  /** Log number of the last good export. */
  readonly exportedSeq?: number;
}

/** The same start delivered again finds that its export has been started, and failed ones are tried again. */
function isStarted({ last }: ExportableRound, start: Date): boolean {
  if (last === undefined) return false;
  if (last.status === 'running') return true;
  return last.status === 'done' && Date.parse(last.requestedAt) >= start.getTime();
}

/**
 * The rounds due, in the order given: an open one on every day, and one that is past its due date or closed when its
 * log has moved on since the last good export. None before it opens, none that is being exported or has been exported
 * since the start.
 *
 * @param start when the day's start was scheduled, not when it was delivered
 */
export function dueExports(rounds: readonly ExportableRound[], start: Date): string[] {
  return rounds
    .filter((each) => {
      const phase = phaseAt(each.round, start);
      if (phase === 'notOpen' || isStarted(each, start)) return false;
      return phase === 'open' || each.exportedSeq === undefined || each.changedSeq > each.exportedSeq;
    })
    .map(({ round }) => round.id);
}
