/** Which rounds a daily start exports. */

import { endOf, startOf } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';

interface LastExport {
  readonly exportId: string;
  readonly requestedAt: string;
  readonly status: 'running' | 'done' | 'failed';
}

export interface ExportableRound {
  readonly round: Round;
  /** Number of its newest log entry that is not a publication, which follows from an export and calls for none. */
  readonly changedSeq: number;
  /** The export started last, whatever became of it. */
  readonly last?: LastExport;
  readonly exportedSeq?: number;
}

export interface BegunExport {
  readonly round: string;
  readonly exportId: string;
}

export interface DueExports {
  readonly due: readonly string[];
  /** Of rounds that were due, or are again should this export fail. */
  readonly running: readonly BegunExport[];
  /** The start has been answered by these. */
  readonly done: readonly BegunExport[];
}

/** The same start delivered again finds the export that it made; a failed one is made again. */
function isAnswer({ status, requestedAt }: LastExport, start: Date): boolean {
  return status === 'done' && Date.parse(requestedAt) >= start.getTime();
}

/**
 * An open round on every day, until it closes; none before it opens, and no draft; afterwards when its log has moved on since the last good export. A round
 * without a day of closing takes late returns for ever: it counts as closed from its due date on.
 */
function isWanted({ round, exportedSeq, changedSeq }: ExportableRound, start: Date): boolean {
  const at = start.getTime();
  if (round.draft || at < startOf(round.opensAt)) return false;
  return at < endOf(round.closesAt ?? round.dueAt) || exportedSeq === undefined || changedSeq > exportedSeq;
}

/**
 * What a start finds, each in the order given. A round is exported once for every start, however often that is
 * delivered: by an export that was requested since the start was scheduled and is done.
 *
 * @param start when the day's start was scheduled, not when it was delivered
 */
export function dueExports(rounds: readonly ExportableRound[], start: Date): DueExports {
  const due: string[] = [];
  const running: BegunExport[] = [];
  const done: BegunExport[] = [];
  for (const each of rounds) {
    const { round, last } = each;
    if (last !== undefined && isAnswer(last, start)) done.push({ round: round.id, exportId: last.exportId });
    else if (!isWanted(each, start)) continue;
    else if (last?.status === 'running') running.push({ round: round.id, exportId: last.exportId });
    else due.push(round.id);
  }
  return { due, running, done };
}
