/** A round as it stands now: its directory, its forms and every expected return. */

import type { Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Round } from '../../../schemas/round.ts';
import { roundAsOf } from '../../domain/log.ts';
import type { RoundState } from '../../domain/log.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import type { Visit } from '../shared/visit.ts';
import { trackedUnits } from './tracked-units.ts';
import type { TrackedUnit } from './tracked-units.ts';

export interface RoundView {
  readonly round: Round;
  readonly state: RoundState;
  readonly directory: Directory;
  readonly forms: readonly Form[];
  readonly units: readonly TrackedUnit[];
}

export async function roundView({ service, now }: Pick<Visit, 'service' | 'now'>, round: Round): Promise<RoundView> {
  const state = await service.store.roundState(round.id);
  if (state === undefined) throw new TypeError(`round ${round.id} has no log`);
  const directory = await service.store.directoryOfRound(roundAsOf(round, state));
  const forms = formsOf(service.forms, round);
  return { round, state, directory, forms, units: trackedUnits(forms, directory, state, { round, now }) };
}
