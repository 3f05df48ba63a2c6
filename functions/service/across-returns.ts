/** The checks across returns, applied to what a round's municipalities and councils have submitted. */

import { isContent } from '../../schemas/compile.ts';
import { unitsByCode } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { Form } from '../../schemas/form.ts';
import { acrossReturns } from '../../schemas/forms/across-returns.ts';
import type { AcrossFinding } from '../../schemas/forms/across-returns.ts';
import { councilReport2024 } from '../../schemas/forms/council-report/v2024.ts';
import { municipalSurvey2024 } from '../../schemas/forms/municipal-survey/v2024.ts';
import type { Round } from '../../schemas/round.ts';
import { isCounted, trackedReturn } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { perLogNumber } from './per-log-number.ts';
import type { Service } from './service.ts';

/** The answers of one form's current versions by unit; a round that pins another version of the form has none. */
async function answersOf<A>(
  { store }: Pick<Service, 'store'>,
  round: Round,
  state: RoundState,
  directory: Directory,
  form: Form<A>,
): Promise<ReadonlyMap<string, A>> {
  const answers = new Map<string, A>();
  if (round.forms[form.id] !== form.version) return answers;
  const current = [...unitsByCode(directory, form.units).keys()].flatMap((unit) => {
    const standing = trackedReturn(state, form.id, unit);
    return isCounted(standing, 'internal') ? [{ form: form.id, unit, version: standing.version }] : [];
  });
  for await (const version of store.versionsOf(current, round.id)) {
    const value: unknown = version.answers;
    if (isContent(form, value)) answers.set(version.unit, value);
  }
  return answers;
}

async function findAcross(service: Pick<Service, 'store'>, round: Round, state: RoundState): Promise<readonly AcrossFinding[]> {
  const directory = await service.store.directoryVersion(state.directoryVersion);
  const [municipalSurvey, councilReport] = await Promise.all([
    answersOf(service, round, state, directory, municipalSurvey2024),
    answersOf(service, round, state, directory, councilReport2024),
  ]);
  return acrossReturns({ directory, municipalSurvey, councilReport });
}

const kept = perLogNumber(findAcross);

/** Every disagreement between the returns of a round that are submitted or accepted, at the log number of `state`. */
export function acrossReturnsOf(
  service: Pick<Service, 'store'>,
  round: Round,
  state: RoundState,
): Promise<readonly AcrossFinding[]> {
  return kept(service, round.id, state.asOf.seq, round, state);
}
