/** The reporting units of a directory as sets, worked out once for each immutable directory. */

import { reportingUnits } from '../../schemas/directory.ts';
import type { Directory, UnitKind } from '../../schemas/directory.ts';

const known = new WeakMap<Directory, Map<UnitKind, ReadonlySet<string>>>();

/** The codes of the units expected to answer a form of this kind. */
export function unitCodes(directory: Directory, kind: UnitKind): ReadonlySet<string> {
  const kinds = known.get(directory) ?? new Map<UnitKind, ReadonlySet<string>>();
  known.set(directory, kinds);
  const codes = kinds.get(kind) ?? new Set(reportingUnits(directory, kind).map(({ code }) => code));
  kinds.set(kind, codes);
  return codes;
}
