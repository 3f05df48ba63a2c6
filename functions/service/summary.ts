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
  const directory = await store.directoryOfRound(round);
  const tallies: Tally[] = [];
  for (const form of formsOf(forms, round)) {
    const tally = new Tally(form);
    for await (const { unit, read } of versionsOfReturns(store, round.id, countedForm(form, directory, state)))
      tally.add(read.answers, unit, read.previous);
    tallies.push(tally);
  }
  return summarise(tallies, state.asOf, { round, directory, audience: 'internal' });
}

/** How many returns of a form will not come (回答なし), by the form's id; forms without any are left out. */
export async function absentByForm(
  { store, forms }: Pick<Service, 'store' | 'forms'>,
  current: Round,
  state: RoundState,
): Promise<ReadonlyMap<string, number>> {
  const directory = await store.directoryOfRound(roundAsOf(current, state));
  const counted = formsOf(forms, roundAsOf(current, state)).map((form) => countedForm(form, directory, state));
  return new Map(
    counted.flatMap(({ form, counts: { absent } }) => (absent === undefined ? [] : [[form.id, absent] as const])),
  );
}
