/** Several submitted returns with what is to be weighed about each. */

import { formOfVersion } from '../../domain/previous-scopes.ts';
import type { Form } from '../../../schemas/form.ts';
import { askedUnits } from '../../../schemas/asked-units.ts';
import type { ReportingUnit } from '../../../schemas/directory.ts';
import type { Version } from '../../../schemas/return.ts';
import { trackedReturn } from '../../domain/log.ts';
import { namesIn } from '../../domain/print-answer.ts';
import { versionsOfReturns } from '../../service/counted-returns.ts';
import { inBatches } from '../../platform/in-batches.ts';
import type { Visit } from '../shared/visit.ts';
import { remarksOf } from './remarks.ts';
import { reviewFacts } from './review-facts.ts';
import type { ReviewFacts } from './review-facts.ts';
import type { RoundView } from './round-view.ts';
import type { TrackedUnit } from './tracked-units.ts';

export interface Chosen {
  readonly form: Form;
  readonly unit: Pick<ReportingUnit, 'code' | 'name'>;
  readonly version: number;
}

export interface Weighed extends Chosen {
  readonly facts: ReviewFacts;
  /** Why it is to be looked at; none where nothing stands out. */
  readonly remarks: readonly string[];
}

/** A return of the list that waits for a decision; none for any other. */
export function chosenOf({ form: { id }, unit: code, standing }: TrackedUnit, view: RoundView): Chosen[] {
  const form = view.forms.find((each) => each.id === id);
  const unit = form && askedUnits(view.directory, view.round, form).get(code);
  if (form === undefined || unit === undefined || standing.state !== 'submitted') return [];
  return [{ form, unit, version: standing.version }];
}

const atOnce = 20;

/** In the order in which they are given. */
export async function weigh(
  { service }: Pick<Visit, 'service'>,
  view: RoundView,
  chosen: readonly Chosen[],
): Promise<Weighed[]> {
  const { round, state, directory } = view;
  const names = namesIn(directory);
  const rounds = await service.store.rounds();
  const weighed = new Map<string, Weighed>();
  for (const [form, returns] of Map.groupBy(chosen, (each) => each.form)) {
    const read: (Chosen & { readonly read: Version })[] = [];
    for await (const each of versionsOfReturns(service.store, round.id, { form, returns })) read.push(each);
    await inBatches(read, atOnce, async ({ read: version, ...each }) => {
      const standing = trackedReturn(state, form.id, each.unit.code);
      const facts = await reviewFacts(service, view, form, version, standing, rounds);
      const remarks = remarksOf(formOfVersion(form, version), version, standing, facts, names);
      weighed.set(`${form.id}/${each.unit.code}`, { ...each, facts, remarks });
    });
  }
  return chosen.flatMap(({ form, unit }) => weighed.get(`${form.id}/${unit.code}`) ?? []);
}
