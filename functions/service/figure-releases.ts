/** Releasing Σ figures: which questions the next edition would keep as printed, and which of them the prefecture releases. */

import { questionName } from '../../schemas/export.ts';
import { classNamed } from '../../schemas/unit-classes.ts';
import type { Catalogue } from '../../schemas/form.ts';
import type { Round } from '../../schemas/round.ts';
import { roundAsOf } from '../domain/log.ts';
import type { FiguresReleased, RoundState } from '../domain/log.ts';
import { refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Exports } from '../storage/exports.ts';
import type { Store } from '../storage/store.ts';
import { figuresToPrint, printedEditions } from './held-figures.ts';
import type { FiguresToPrint } from './held-figures.ts';

interface PublishedFigures {
  readonly store: Pick<Store, 'roundState' | 'directoryOfRound' | 'versionsOf' | 'handout'>;
  readonly forms: Catalogue;
  readonly exports: Pick<Exports, 'export'>;
  readonly readExportFile: (round: string, exportId: string, path: string) => Promise<ReadableStream<Uint8Array>>;
}

export async function heldFigures(
  service: PublishedFigures,
  round: Round,
): Promise<FiguresToPrint & { readonly state: RoundState }> {
  const state = await service.store.roundState(round.id);
  if (state === undefined) throw new Error(`round ${round.id} has no log`);
  const read = async (exportId: string, path: string): Promise<string> =>
    new Response(await service.readExportFile(round.id, exportId, path)).text();
  const editions = await printedEditions(service.exports, read, round.id, state.editions);
  const directory = await service.store.directoryOfRound(roundAsOf(round, state));
  const { settings } = await service.store.handout(round.id);
  const by = classNamed(directory, settings.byClass)?.id;
  return { state, ...(await figuresToPrint(service, round, state, editions, by)) };
}

interface Releasing extends PublishedFigures {
  readonly store: PublishedFigures['store'] & Pick<Store, 'releaseFigures'>;
}

interface Release extends Pick<FiguresReleased, 'reason'> {
  /** By their names in the summary; those that are not held are passed over. */
  readonly questions: readonly string[];
  /** The log number that whoever decided saw the units of. */
  readonly seen: number;
}

/** For the units whose answers the figures tell now. Refuses `precondition-failed` when there is a newer log number. */
export async function releaseFigures(
  service: Releasing,
  round: Round,
  { questions: names, reason, seen }: Release,
  actor: string,
): Promise<Outcome<null>> {
  const { state, held } = await heldFigures(service, round);
  const questions = held
    .filter((each) => names.includes(questionName(each)))
    .map(({ form, question, units }) => ({ form, question, units: [...units] }));
  if (state.asOf.seq !== seen || questions.length === 0) return refused('precondition-failed');
  return service.store.releaseFigures(round.id, { questions, reason }, actor, seen);
}
