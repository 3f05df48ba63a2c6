/** The summary of a round as it stands: the same folds and tallies that an export makes. */

import { unitsByCode } from '../../schemas/directory.ts';
import type { Summary } from '../../schemas/export.ts';
import type { Round } from '../../schemas/round.ts';
import { isCounted, roundAsOf, trackedReturn } from '../domain/log.ts';
import { summarise } from '../domain/summary.ts';
import { Tally } from '../domain/tally.ts';
import { formsOf } from '../../schemas/round-forms.ts';
import type { Service } from './service.ts';

export async function summaryOf({ store, forms }: Pick<Service, 'store' | 'forms'>, current: Round): Promise<Summary> {
  const state = await store.roundState(current.id);
  if (state === undefined) throw new TypeError(`round ${current.id} has no log`);
  const round = roundAsOf(current, state);
  const directory = await store.directoryVersion(state.directoryVersion);
  const tallies: Tally[] = [];
  for (const form of formsOf(forms, round)) {
    const tally = new Tally(form);
    const units = unitsByCode(directory, form.units);
    const counted = [...units.keys()].flatMap((unit) => {
      const standing = trackedReturn(state, form.id, unit);
      return isCounted(standing, 'internal') ? [{ form: form.id, unit, version: standing.version }] : [];
    });
    for await (const { unit, answers } of store.versionsOf(counted, round.id)) {
      const reporting = units.get(unit);
      if (reporting !== undefined) tally.add(answers, reporting);
    }
    tallies.push(tally);
  }
  return summarise(tallies, state.asOf, { round, directory, audience: 'internal' });
}
