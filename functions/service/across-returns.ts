/** The checks across returns, applied to what a round's units have submitted. */

import type { AcrossFinding } from '../../schemas/form-extras.ts';
import { formsOf } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';
import { AcrossReturns } from '../domain/across-returns.ts';
import { roundAsOf, trackedReturn } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { countedForm, versionsOfReturns } from './counted-returns.ts';
import { perLogNumber } from './per-log-number.ts';
import type { Service } from './service.ts';

export interface FoundAcross {
  readonly findings: readonly AcrossFinding[];
  /** Whether any check is run in the round. */
  readonly isRun: boolean;
  /** Titles of the round's forms whose returns are not checked, though the checks read such forms. */
  readonly unchecked: readonly string[];
}

type Served = Pick<Service, 'store' | 'forms'>;

/** Of each unit what counts, or, of a correction that was submitted again, the version that is to be decided about. */
async function findAcross({ store, forms }: Served, round: Round, state: RoundState): Promise<FoundAcross> {
  const directory = await store.directoryOfRound(roundAsOf(round, state));
  const across = new AcrossReturns(formsOf(forms, round));
  for (const form of across.checked) {
    const returns = countedForm(form, directory, state).returns.map((counted) => {
      const standing = trackedReturn(state, form.id, counted.unit.code);
      return standing.state === 'submitted' ? { ...counted, version: standing.version } : counted;
    });
    for await (const { unit, read } of versionsOfReturns(store, round.id, { form, returns }))
      across.add(form, unit.code, read.answers);
  }
  const { isRun, unchecked } = across;
  return { findings: across.find(directory), isRun, unchecked: unchecked.map(({ title }) => title) };
}

const kept = perLogNumber(findAcross);

export function acrossReturnsOf(service: Served, round: Round, state: RoundState): Promise<FoundAcross> {
  return kept(service, round.id, state.asOf.seq, round, state);
}
