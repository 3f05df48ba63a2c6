/**
 * What somebody from outside can work out from published sums, written apart from the rule that it judges: he knows who
 * answered when, of which class everybody was and who answered otherwise later, and of all answers nothing.
 */

/** A published number: the sum of these answers. */
export interface PublishedSum {
  readonly value: number;
  /** By unit its answer, as a name that is another one where it answered otherwise. */
  readonly over: ReadonlyMap<string, string>;
}

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

function fraction(over: bigint, under = 1n): Fraction {
  let [a, b] = [over < 0n ? -over : over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? { over: 0n, under: 1n } : { over: over / a, under: under / a };
}

const nothing = fraction(0n);

function less(a: Fraction, b: Fraction, times: Fraction): Fraction {
  const [over, under] = [b.over * times.over, b.under * times.under];
  return fraction(a.over * under - over * a.under, a.under * under);
}

function divided(a: Fraction, b: Fraction): Fraction {
  return b.over < 0n ? fraction(-a.over * b.under, a.under * -b.over) : fraction(a.over * b.under, a.under * b.over);
}

/** Gaussian elimination: the rows of which none follows from the others. */
function independent(rows: readonly (readonly Fraction[])[]): (readonly Fraction[])[] {
  const found: (readonly Fraction[])[] = [];
  for (const row of rows) {
    let rest = row;
    for (const known of found) {
      const at = known.findIndex(({ over }) => over !== 0n);
      const times = divided(rest[at] ?? nothing, known[at] ?? nothing);
      if (times.over !== 0n) rest = rest.map((value, index) => less(value, known[index] ?? nothing, times));
    }
    if (rest.some(({ over }) => over !== 0n)) found.push(rest);
  }
  return found;
}

/** Answers that all sums count alike: nothing tells them apart, and their sum is all that can be known of them. */
interface Alike {
  readonly units: readonly string[];
  /** The places of the sums that count them. */
  readonly sums: readonly number[];
}

function unknownsOf(sums: readonly PublishedSum[]): Alike[] {
  const answers = new Map<string, { readonly unit: string; readonly sums: number[] }>();
  for (const [place, { over }] of sums.entries())
    for (const [unit, answer] of over) {
      const name = JSON.stringify([unit, answer]);
      const known = answers.get(name) ?? { unit, sums: [] };
      known.sums.push(place);
      answers.set(name, known);
    }
  return [...Map.groupBy(answers.values(), ({ sums }) => sums.join()).values()].map((alike) => ({
    units: alike.map(({ unit }) => unit),
    sums: alike[0]?.sums ?? [],
  }));
}

/**
 * The units of which some sum of published numbers tells an answer, or by how much it was changed: of all that the equations
 * say something is left when everybody else's answers are struck out of them.
 */
export function unitsSolved(sums: readonly PublishedSum[]): string[] {
  const unknowns = unknownsOf(sums);
  const rankOf = (columns: readonly Alike[]): number =>
    independent(sums.map((_, place) => columns.map((each) => fraction(each.sums.includes(place) ? 1n : 0n)))).length;
  const all = rankOf(unknowns);
  const isOnlyOf = (unit: string, { units }: Alike): boolean => units.every((each) => each === unit);
  return [...new Set(unknowns.flatMap(({ units }) => (units.length === 1 ? units : [])))]
    .filter((unit) => rankOf(unknowns.filter((each) => !isOnlyOf(unit, each))) < all)
    .toSorted();
}

/** Whether the numbers can all be true with so many in each group, tried out with what can still come. */
function isPossible(groups: readonly Alike[], left: readonly number[], at = 0): boolean {
  const room = left.map((_, sum) =>
    groups.slice(at).reduce((all, { sums, units }) => all + (sums.includes(sum) ? units.length : 0), 0),
  );
  if (left.some((value, sum) => value < 0 || value > (room[sum] ?? 0))) return false;
  const group = groups[at];
  if (group === undefined) return true;
  return [...Array(group.units.length + 1).keys()].some((count) =>
    isPossible(
      groups,
      left.map((value, sum) => (group.sums.includes(sum) ? value - count : value)),
      at + 1,
    ),
  );
}

/** The units of whom it is certain whether they chose, where every answer is 0 or 1: of those who all did alike each one is. */
export function unitsCertain(sums: readonly PublishedSum[]): string[] {
  const groups = unknownsOf(sums);
  const values = sums.map(({ value }) => value);
  const certain = groups.filter((group) => {
    const others = groups.filter((each) => each !== group);
    const possible = [...Array(group.units.length + 1).keys()].filter((count) =>
      isPossible(
        others,
        values.map((value, sum) => (group.sums.includes(sum) ? value - count : value)),
      ),
    );
    const [only, another] = possible;
    return another === undefined && (only === 0 || only === group.units.length);
  });
  return [...new Set(certain.flatMap(({ units }) => units))].toSorted();
}
