/**
 * The daily start: exports every round that is due, one after the other, and takes down what was taken back and is not.
 *
 * It is delivered at least once, and again after a delivery that failed or died. What an earlier delivery or an officer
 * has begun is first taken up where that is safe: an export that nobody writes yet is written here, one that only lacks
 * `latest.json` gets it. One that somebody is writing is waited for. Either it ends, or it is renewed no more and its
 * lease runs out, and then the round is exported here. So a delivery ends well only when every round that was due has
 * its export.
 */

import { setTimeout } from 'node:timers/promises';
import { dueExports } from '../domain/due-exports.ts';
import type { BegunExport, ExportableRound } from '../domain/due-exports.ts';
import { lease } from '../storage/export-items.ts';
import type { ExportDeps } from './deps.ts';
import { runExport } from './run.ts';
import { takeDown } from './take-down.ts';

const scheduleActor = 'schedule';

const lookEvery = 10_000;
/** How long it is waited for: the lease of one that died has run out by then, so that whatever still runs is alive. */
const patience = lease + 2 * lookEvery;

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

class Delivery {
  /** Why rounds are not exported; each is tried once in a delivery. */
  readonly failures = new Map<string, unknown>();
  readonly #deps: ExportDeps;
  readonly #start: Date;
  /** Exports of this start that are known to be complete, `latest.json` included. */
  readonly #settled = new Set<string>();

  constructor(deps: ExportDeps, start: Date) {
    this.#deps = deps;
    this.#start = start;
  }

  /** Exports what is due and takes up what was begun. Gives the rounds that somebody else still holds. */
  async look(): Promise<string[]> {
    const rounds = await exportableRounds(this.#deps);
    const { due, running, done } = dueExports(
      rounds.filter(({ round }) => !this.failures.has(round.id)),
      this.#start,
    );
    this.#deps.log.info('exports-due', {
      rounds: due.join(' '),
      running: running.map(({ round }) => round).join(' '),
      at: this.#start.toISOString(),
    });
    for (const begun of done) await this.#finish(begun);
    for (const { round, exportId } of running) await this.#try(round, () => runExport(this.#deps, round, exportId));
    const held = running.map(({ round }) => round);
    for (const round of due) if (!(await this.#export(round))) held.push(round);
    return held.filter((round) => !this.failures.has(round));
  }

  /** What was taken back and is not taken down, because whoever was to do it was not told or failed. */
  async takeDown(): Promise<void> {
    for (const { id } of await this.#deps.store.rounds()) await this.#try(id, () => takeDown(this.#deps, id));
  }

  /** Its record reads as done also when the run that wrote it died before `latest.json`. */
  async #finish({ round, exportId }: BegunExport): Promise<void> {
    if (this.#settled.has(exportId)) return;
    this.#settled.add(exportId);
    await this.#try(round, () => runExport(this.#deps, round, exportId));
  }

  async #export(round: string): Promise<boolean> {
    let isStarted = true;
    await this.#try(round, async () => {
      const started = await this.#deps.exports.startExport(round, scheduleActor);
      isStarted = started.ok;
      if (started.ok) await runExport(this.#deps, round, started.value.exportId);
      else this.#deps.log.info('export-not-started', { round, code: started.problem.code });
    });
    return isStarted;
  }

  async #try(round: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.failures.set(round, error);
    }
  }
}

/**
 * Exports the rounds that are due; one that fails does not keep the others from being exported.
 *
 * @param at when the start was scheduled, the same in every delivery
 * @param wait for so many milliseconds, while somebody else writes an export
 * @throws AggregateError when a round was not exported, also because somebody was still at it: the start is delivered
 *   again, and in the end the alarm is raised
 */
export async function runDueExports(
  deps: ExportDeps,
  at: string,
  wait: (milliseconds: number) => Promise<unknown> = setTimeout,
): Promise<void> {
  const delivery = new Delivery(deps, new Date(at));
  const until = deps.now().getTime() + patience;
  let held = await delivery.look();
  while (held.length > 0 && deps.now().getTime() < until) {
    await wait(lookEvery);
    held = await delivery.look();
  }
  await delivery.takeDown();
  const { failures } = delivery;
  for (const round of held) failures.set(round, new Error(`${round} is being exported by somebody else`));
  if (failures.size > 0)
    throw new AggregateError(failures.values(), `not exported: ${[...failures.keys()].join(', ')}`);
}
