/** What is expensive to work out over a whole round is kept until the round's log has moved on. */

interface Kept<T> {
  readonly seq: number;
  readonly value: Promise<T>;
}

/**
 * A function whose last result per round is kept as long as the log number stays the same. A failure is not kept.
 *
 * @example const findings = perLogNumber(compute); await findings(service, 'R6', 120, argument);
 */
export function perLogNumber<S extends { readonly store: object }, A extends readonly unknown[], T>(
  compute: (service: S, ...args: A) => Promise<T>,
): (service: S, round: string, seq: number, ...args: A) => Promise<T> {
  const stores = new WeakMap<object, Map<string, Kept<T>>>();
  return (service, round, seq, ...args) => {
    const rounds = stores.get(service.store) ?? new Map<string, Kept<T>>();
    stores.set(service.store, rounds);
    const kept = rounds.get(round);
    if (kept?.seq === seq) return kept.value;
    const value = compute(service, ...args);
    rounds.set(round, { seq, value });
    value.catch(() => {
      if (rounds.get(round)?.value === value) rounds.delete(round);
    });
    return value;
  };
}
