/** Two tables by the hashes of their items. Pure. */

type Hashes = ReadonlyMap<string, string>;

/** Keys, sorted, that only one table has or under which the two hold different things. */
export interface Comparison {
  readonly same: number;
  readonly missing: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly string[];
}

/** What never changes once it is written: versions, numbered log entries, directories. */
const immutable = /^(?:RETURN#\S+ V#|LOG#|DIR# V#)/;

export function compare(before: Hashes, after: Hashes): Comparison {
  const inBoth = [...before.keys()].filter((key) => after.has(key));
  const changed = inBoth.filter((key) => before.get(key) !== after.get(key));
  return {
    same: inBoth.length - changed.length,
    missing: [...before.keys()].filter((key) => !after.has(key)).toSorted(),
    added: [...after.keys()].filter((key) => !before.has(key)).toSorted(),
    changed: changed.toSorted(),
  };
}

/**
 * What of a restored table contradicts the one that it was restored from, which has gone on since: something that never
 * changes and is different there, or no longer there at all although its round has not been disposed of.
 *
 * @param disposed rounds that the original has disposed of
 */
export function contradictions(restored: Hashes, original: Hashes, disposed: ReadonlySet<string>): string[] {
  const { missing, changed } = compare(restored, original);
  const isDisposed = (key: string): boolean => disposed.has(key.split(/[# ]/)[1] ?? '');
  return [...changed, ...missing].filter((key) => immutable.test(key) && !isDisposed(key));
}
