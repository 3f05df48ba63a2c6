/** The returns of a form that count as of a log number, and their versions: one loop for summary, export and checks. */

import { askedUnits } from '../../schemas/asked-units.ts';
import type { Directory, ReportingUnit } from '../../schemas/directory.ts';
import type { FormCounts } from '../../schemas/export.ts';
import type { Form } from '../../schemas/form.ts';
import type { Version } from '../../schemas/return.ts';
import type { Standing } from '../domain/life.ts';
import { countedVersion, trackedReturn } from '../domain/log.ts';
import type { CountedVersion, RoundState } from '../domain/log.ts';
import type { Store } from '../storage/store.ts';

export interface CountedReturn extends CountedVersion {
  readonly unit: ReportingUnit;
  readonly standing: Standing;
}

export interface CountedForm {
  readonly form: Form;
  readonly counts: FormCounts;
  /** All that are asked, in the order of the directory. */
  readonly units: readonly ReportingUnit[];
  /** Those of them that will not answer (回答なし). */
  readonly absent: ReadonlySet<string>;
  readonly returns: readonly CountedReturn[];
}

export function countedForm(form: Form, directory: Directory, state: RoundState): CountedForm {
  const units = [...askedUnits(directory, state.definition ?? {}, form).values()];
  const counts = { expected: units.length, submitted: 0, accepted: 0, correcting: 0 };
  const absent = new Set<string>();
  const returns = units.flatMap((unit): CountedReturn[] => {
    const standing = trackedReturn(state, form.id, unit.code);
    const counted = countedVersion(standing);
    if (counted === undefined) {
      if (standing.absence !== undefined) absent.add(unit.code);
      return [];
    }
    counts[counted.state] += 1;
    if (counted.state !== standing.state) counts.correcting += 1;
    return [{ unit, standing, ...counted }];
  });
  return { form, counts: absent.size === 0 ? counts : { ...counts, absent: absent.size }, units, absent, returns };
}

/** Each of the returns with the version of it that is named. */
export async function* versionsOfReturns<
  R extends { readonly unit: { readonly code: string }; readonly version: number },
>(
  store: Pick<Store, 'versionsOf'>,
  round: string,
  { form, returns }: { readonly form: Form; readonly returns: readonly R[] },
): AsyncGenerator<R & { readonly read: Version }> {
  const named = returns.map(({ unit, version }) => ({ form: form.id, unit: unit.code, version }));
  let index = 0;
  for await (const read of store.versionsOf(named, round)) {
    const counted = returns[index];
    if (counted?.unit.code !== read.unit || counted.version !== read.version)
      throw new Error(`${form.id}: version ${read.version} of ${read.unit} out of order`);
    index += 1;
    yield { ...counted, read };
  }
  if (index !== returns.length) throw new Error(`${form.id}: ${returns.length - index} versions missing`);
}
