/** Releasing Σ figures: the prefecture's decision to print them although the difference tells the answers of some units. */

import type { FiguresReleased } from '../domain/log.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { logKey } from './keys.ts';
import { countEntry, nextPlace, numberWaiting, putEntry } from './numbering.ts';
import { transact } from './transact.ts';
import type { TransactionStep } from './transact.ts';

interface FigureReleases {
  /**
   * Writes the next log entry of the round.
   *
   * @param seen the log number that whoever decided saw the units of; refuses `precondition-failed` when there is a newer one
   */
  releaseFigures(
    round: string,
    release: Pick<FiguresReleased, 'questions' | 'reason'>,
    actor: string,
    seen: number,
  ): Promise<Outcome<null>>;
}

export function createFigureReleases(context: StorageContext): FigureReleases {
  const { table, now } = context;
  return {
    releaseFigures: (round, { questions, reason }, actor, seen) =>
      transact<null>(context, async (operation) => {
        const numbered = await numberWaiting(context, round);
        if (numbered === undefined) return refused('not-found');
        const { meta, isComplete } = numbered;
        if (!isComplete || meta.seq !== seen) return refused('precondition-failed');
        const place = await nextPlace(context, round, meta);
        const entry: FiguresReleased = {
          ...place,
          actor,
          at: now().toISOString(),
          what: 'figuresReleased',
          questions,
          reason,
        };
        const writes = [countEntry(table, round, meta, place), putEntry(table, round, entry, operation)];
        return done<TransactionStep<null>>({ kind: 'write', writes, proof: logKey(round, entry.seq), value: null });
      }),
  };
}
