/** All units by a number, the greatest first: every one is there, also those that have none. */

import { withValues } from './unit-values.ts';
import type { Missing, UnitValue } from './unit-values.ts';

export interface RankedUnit {
  readonly code: string;
  readonly name: string;
  readonly value?: number | undefined;
  /** The same for the same value: 1, 2, 2, 4. */
  readonly rank?: number | undefined;
  readonly missing?: Missing | undefined;
}

/** The places of values that stand in order: equal ones share theirs. */
export function ranksOf(sorted: readonly number[]): number[] {
  let rank = 0;
  return sorted.map((value, index) => {
    if (sorted[index - 1] !== value) rank = index + 1;
    return rank;
  });
}

/** Units of the same value stay in the order of the directory, as do those without one, which come last. */
export function rankUnits(units: readonly UnitValue<number>[]): RankedUnit[] {
  const sorted = withValues(units).toSorted((a, b) => b.value - a.value);
  const ranks = ranksOf(sorted.map(({ value }) => value));
  const ranked = sorted.map(({ unit: { code, name }, value }, index): RankedUnit => ({
    code,
    name,
    value,
    rank: ranks[index],
  }));
  const others = units.flatMap(({ unit: { code, name }, value, missing }): RankedUnit[] =>
    value === undefined ? [{ code, name, missing }] : [],
  );
  return [...ranked, ...others];
}
