/** Releasing Σ figures: the prefecture's decision to print them although the difference tells the answers of some units. */

import type { FiguresReleased } from '../domain/log.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { metaOf } from './disposals.ts';
import { logKey, metaKey } from './keys.ts';
import { countEntry, putEntry } from './numbered.ts';
import { readItem } from './reads.ts';
import { transact } from './transact.ts';
import type { Step } from './transact.ts';

export interface FigureReleases {
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
        const meta = metaOf(await readItem(context, metaKey(round)));
        if (meta === undefined) return refused('not-found');
        if (meta.seq !== seen) return refused('precondition-failed');
        const at = now().toISOString();
        const entry: FiguresReleased = { seq: seen + 1, actor, at, what: 'figuresReleased', questions, reason };
        const writes = [countEntry(table, round, entry), putEntry(table, round, entry, operation)];
        return done<Step<null>>({ kind: 'write', writes, proof: logKey(round, entry.seq), value: null });
      }),
  };
}
