/** What it would change if a round took another version of the directory than the one it pins, and which rounds go on with theirs. */

import { askedUnits } from '../../schemas/asked-units.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { ReturnState } from '../../schemas/return.ts';
import { formsOf } from '../../schemas/round-forms.ts';
import { phaseAt } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';
import { versionOn } from '../domain/directory-calendar.ts';
import { directoryChanges } from '../domain/directory-changes.ts';
import type { DirectoryChange } from '../domain/directory-changes.ts';
import { askedAfter, formerReturns } from '../domain/former-returns.ts';
import type { FormerReturn } from '../domain/former-returns.ts';
import { trackedReturn } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { changesInUse } from '../domain/round-changes.ts';
import type { Service } from './service.ts';

interface ExpectedReturns {
  readonly form: string;
  readonly title: string;
  /** How many returns are expected by the version pinned, and by the other. */
  readonly before: number;
  readonly after: number;
}

export interface ConcernedReturn {
  readonly form: string;
  readonly unit: string;
  readonly unitName: string;
  readonly state: ReturnState;
}

export interface RoundDirectoryChange {
  readonly pinned: number;
  readonly version: number;
  readonly changes: readonly DirectoryChange[];
  readonly expected: readonly ExpectedReturns[];
  readonly returns: readonly ConcernedReturn[];
  /** Those of units that ended by the other version: they would be read, and count no longer. */
  readonly former: readonly FormerReturn[];
  /** Why the round cannot take that version; empty when it can. */
  readonly errors: readonly FieldError[];
}

/** The round as it would ask with another directory: where units that it names ended, those that came after them. */
export function withDirectory(round: Round, directory: Directory): Round {
  const { units } = round;
  return units === undefined ? round : { ...round, units: askedAfter(units, directory) };
}

/** The returns that a round asks, begun or not. */
function askedReturns(
  forms: Service['forms'],
  round: Round,
  directory: Directory,
  state: RoundState,
): ConcernedReturn[] {
  return formsOf(forms, round).flatMap((form) =>
    [...askedUnits(directory, round, form).values()].map(({ code, name }) => ({
      form: form.id,
      unit: code,
      unitName: name,
      state: trackedReturn(state, form.id, code).state,
    })),
  );
}

/**
 * @param wanted the other version; absent, the one in force on the round's reference date
 *
 * Refuses `not-found` where there is no such version.
 */
export async function roundDirectoryChange(
  { store, forms }: Pick<Service, 'store' | 'forms'>,
  round: Round,
  wanted?: number,
): Promise<Outcome<RoundDirectoryChange>> {
  const [calendar, state] = await Promise.all([store.directoryCalendar(), store.roundState(round.id)]);
  const version = wanted ?? versionOn(calendar, round.referenceDate);
  if (version === undefined || version > calendar.newest || state === undefined) return refused('not-found');
  const pinned = state.directoryVersion;
  const [before, after] = await Promise.all([
    store.directoryOfRound({ ...round, directoryVersion: pinned }),
    store.directoryOfRound({ ...round, directoryVersion: version }),
  ]);
  const changes = directoryChanges(before, after);
  const taking = withDirectory(round, after);
  const former = formerReturns(formsOf(forms, round), after, state);
  const changedUnits = new Set(changes.map(({ id }) => id));
  const started = askedReturns(forms, round, before, state).filter((each) => each.state !== 'notStarted');
  return done({
    pinned,
    version,
    changes,
    expected: formsOf(forms, round).map((form) => ({
      form: form.id,
      title: form.title,
      before: askedUnits(before, round, form).size,
      after: askedUnits(after, taking, form).size,
    })),
    returns: started.filter(
      ({ form, unit }) => changedUnits.has(unit) && !former.some((each) => each.form === form && each.unit === unit),
    ),
    former,
    errors: changesInUse(
      { definition: round, directory: before },
      { definition: taking, directory: after },
      // Those of units that had ended are in the round too.
      [...started, ...formerReturns(formsOf(forms, round), before, state)],
      forms,
    ),
  });
}

export interface AffectedRound {
  readonly round: Round;
  readonly titles: ReadonlyMap<string, string>;
  /** What it asks of the units, begun or not. */
  readonly returns: readonly ConcernedReturn[];
}

/** The rounds not yet closed that ask one of some units: they go on with the directory that they pin. */
export async function roundsAsking(
  { store, forms }: Pick<Service, 'store' | 'forms'>,
  units: ReadonlySet<string>,
  now: Date,
): Promise<AffectedRound[]> {
  if (units.size === 0) return [];
  const rounds = (await store.rounds()).filter((round) => phaseAt(round, now) !== 'closed');
  const found = await Promise.all(
    rounds.map(async (round): Promise<AffectedRound[]> => {
      const [directory, state] = await Promise.all([store.directoryOfRound(round), store.roundState(round.id)]);
      if (state === undefined) return [];
      const returns = askedReturns(forms, round, directory, state).filter(({ unit }) => units.has(unit));
      const titles = new Map(formsOf(forms, round).map(({ id, title }) => [id, title]));
      return returns.length === 0 ? [] : [{ round, titles, returns }];
    }),
  );
  return found.flat();
}
