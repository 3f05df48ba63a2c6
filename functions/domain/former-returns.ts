/** Returns of units that ended before the round took the directory it uses: they are read, and neither expected nor counted. Pure. */

import { namesOfUnits } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import { endedUnits, formerUnit, successorsIn } from '../../schemas/directory-on-day.ts';
import type { Form } from '../../schemas/form.ts';
import type { ReturnState } from '../../schemas/return.ts';
import type { AskedUnits } from '../../schemas/round.ts';
import { trackedReturn } from './log.ts';
import type { RoundState } from './log.ts';

export interface FormerReturn {
  readonly form: string;
  readonly title: string;
  readonly unit: string;
  readonly name: string;
  /** The names of those that answer instead. */
  readonly successors: readonly string[];
  readonly state: ReturnState;
}

/** @param directory as the round uses it */
export function formerReturns(
  forms: readonly Pick<Form, 'id' | 'title' | 'units'>[],
  directory: Directory,
  state: RoundState,
): FormerReturn[] {
  const names = namesOfUnits(directory);
  return forms.flatMap(({ id, title, units }) =>
    [...endedUnits(directory).keys()].flatMap((code): FormerReturn[] => {
      const unit = formerUnit(directory, units, code);
      const stands = trackedReturn(state, id, code).state;
      if (unit === undefined || stands === 'notStarted') return [];
      const successors = successorsIn(directory, code).map((each) => names.get(each) ?? each);
      return [{ form: id, title, unit: code, name: unit.name, successors, state: stands }];
    }),
  );
}

/** Whom a round asks by name, where some of them ended: those that came after them are asked instead. */
export function askedAfter(asked: AskedUnits, directory: Directory): AskedUnits {
  return Object.fromEntries(
    Object.entries(asked).map(([form, codes]) => [
      form,
      [...new Set(codes.flatMap((code) => successorsIn(directory, code)))],
    ]),
  );
}
