/** The summary of a round: the same folds and tallies that an export makes. */

import type { Directory } from '../../schemas/directory.ts';
import type { AsOf, Summary, SummaryRow } from '../../schemas/export.ts';
import type { Round } from '../../schemas/round.ts';
import { roundAsOf } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { summarise } from '../domain/summary.ts';
import { ClassTallies, figuresByClass } from '../domain/class-tallies.ts';
import { classesOf, classNamed } from '../../schemas/unit-classes.ts';
import type { UnitClass } from '../../schemas/unit-classes.ts';
import { formsOf } from '../../schemas/round-forms.ts';
import { countedForm, versionsOfReturns } from './counted-returns.ts';
import type { Store } from '../storage/store.ts';
import type { Service } from './service.ts';

interface ReadingReturns {
  readonly store: Pick<Store, 'directoryOfRound' | 'versionsOf'>;
  readonly forms: Service['forms'];
}

interface Tallied {
  readonly round: Round;
  readonly directory: Directory;
  readonly asOf: AsOf;
  readonly tallies: readonly ClassTallies[];
}

/** What is counted of a round, told apart by the classes of its directory. */
export async function talliesOf({ store, forms }: ReadingReturns, current: Round, state: RoundState): Promise<Tallied> {
  const round = roundAsOf(current, state);
  const directory = await store.directoryOfRound(round);
  const tallies: ClassTallies[] = [];
  for (const form of formsOf(forms, round)) {
    const tally = new ClassTallies(form, classesOf(directory));
    for await (const { unit, read } of versionsOfReturns(store, round.id, countedForm(form, directory, state)))
      tally.add(read.answers, unit, read.previous);
    tallies.push(tally);
  }
  return { round, directory, asOf: state.asOf, tallies };
}

export function summaryFrom({ round, directory, asOf, tallies }: Tallied): Summary {
  const wholes = tallies.map((each) => each.whole());
  return summarise(wholes, asOf, { round, directory, audience: 'internal' });
}

export async function summaryOf(service: ReadingReturns, current: Round, state: RoundState): Promise<Summary> {
  return summaryFrom(await talliesOf(service, current, state));
}

/** The figures of each value of a class; none where the directory has no class of that id. */
export function figuresOfClass({ round, directory, tallies }: Tallied, id: string): SummaryOfClass | undefined {
  const by = classNamed(directory, id);
  return by && { by, rows: figuresByClass(tallies, [by], { round, directory }) };
}

export interface SummaryOfClass {
  readonly by: UnitClass;
  readonly rows: readonly SummaryRow[];
}

/** How many returns of a form will not come (回答なし), by the form's id; forms without any are left out. */
export async function absentByForm(
  { store, forms }: ReadingReturns,
  current: Round,
  state: RoundState,
): Promise<ReadonlyMap<string, number>> {
  const directory = await store.directoryOfRound(roundAsOf(current, state));
  const counted = formsOf(forms, roundAsOf(current, state)).map((form) => countedForm(form, directory, state));
  return new Map(
    counted.flatMap(({ form, counts: { absent } }) => (absent === undefined ? [] : [[form.id, absent] as const])),
  );
}
