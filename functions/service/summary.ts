/** The summary of a round: the same folds and tallies that an export makes. */

import type { Summary } from '../../schemas/export.ts';
import type { Round } from '../../schemas/round.ts';
import { roundAsOf } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { summarise } from '../domain/summary.ts';
import { Tally } from '../domain/tally.ts';
import { formsOf } from '../../schemas/round-forms.ts';
import { countedForm, versionsOfReturns } from './counted-returns.ts';
import type { Service } from './service.ts';

export async function summaryOf(
  { store, forms }: Pick<Service, 'store' | 'forms'>,
  current: Round,
  state: RoundState,
): Promise<Summary> {
  const round = roundAsOf(current, state);
  const directory = await store.directoryVersion(state.directoryVersion);
  const tallies: Tally[] = [];
  for (const form of formsOf(forms, round)) {
    const tally = new Tally(form);
    for await (const { unit, read } of versionsOfReturns(store, round.id, countedForm(form, directory, state)))
      tally.add(read.answers, unit, read.previous);
    tallies.push(tally);
  }
  return summarise(tallies, state.asOf, { round, directory, audience: 'internal' });
}
