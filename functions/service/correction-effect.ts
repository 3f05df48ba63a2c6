/** What would change in the figures if a correction were accepted: the same tally with another version of one return. */

import type { Version } from '../../schemas/return.ts';
import { figureCorrections } from '../domain/errata.ts';
import type { FigureCorrection } from '../domain/errata.ts';
import { roundAsOf } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { summarise } from '../domain/summary.ts';
import { Tally } from '../domain/tally.ts';
import type { FoundReturn } from './access.ts';
import { countedForm, versionsOfReturns } from './counted-returns.ts';
import type { Service } from './service.ts';

/** @param corrected the version that would count; until it is accepted the one before does */
export async function correctionEffect(
  { store }: Pick<Service, 'store'>,
  { round: current, form, unit }: Pick<FoundReturn, 'round' | 'form' | 'unit'>,
  state: RoundState,
  corrected: Version,
): Promise<FigureCorrection[]> {
  const round = roundAsOf(current, state);
  const directory = await store.directoryOfRound(round);
  const [before, after] = [new Tally(form), new Tally(form)];
  for await (const { unit: each, read } of versionsOfReturns(store, round.id, countedForm(form, directory, state))) {
    const counted = each.code === unit.code ? corrected : read;
    before.add(read.answers, each, read.previous);
    after.add(counted.answers, each, counted.previous);
  }
  const figures = (tally: Tally) => summarise([tally], state.asOf, { round, directory, audience: 'internal' });
  return figureCorrections(figures(before), figures(after));
}
