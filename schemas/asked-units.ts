/** Of whom a round asks a form: the one place that decides it, for the tracker, the figures, the pages and who may do what. */

import { unitsByCode } from './directory.ts';
import type { Directory, ReportingUnit } from './directory.ts';
import type { Form } from './form.ts';
import type { AskedUnits } from './round.ts';

interface Asking {
  readonly units?: AskedUnits | undefined;
}

/**
 * The units that are asked a form, by their codes and in the directory's order: those that the round names for it, or, where it
 * names none, all of the form's kind. A code that the directory lacks asks nobody.
 */
export function askedUnits(
  directory: Directory,
  { units }: Asking,
  form: Pick<Form, 'id' | 'units'>,
): ReadonlyMap<string, ReportingUnit> {
  const all = unitsByCode(directory, form.units);
  const named = units !== undefined && Object.hasOwn(units, form.id) ? units[form.id] : undefined;
  if (named === undefined) return all;
  const wanted = new Set(named);
  return new Map([...all].filter(([code]) => wanted.has(code)));
}
