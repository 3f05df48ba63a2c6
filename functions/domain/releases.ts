/**
 * What a later edition may print anew of figures that tell totals only (Σ). Who subtracts two editions learns the answers of
 * the units that differ between them; a question is therefore printed anew only where at least three units differ from every
 * edition before, or none does, or the prefecture has released it for the units that the difference would tell.
 */

const fewestToDiffer = 3;

/** What each unit adds to the figures of one question, by unit; of two equal texts neither can be told from the other. */
export type Added = ReadonlyMap<string, string>;

export function unitsThatDiffer(before: Added, now: Added): string[] {
  return [...new Set([...before.keys(), ...now.keys()])]
    .filter((unit) => before.get(unit) !== now.get(unit))
    .toSorted();
}

export function tells(units: readonly string[], released: ReadonlySet<string>): boolean {
  return units.length > 0 && units.length < fewestToDiffer && !units.every((unit) => released.has(unit));
}

/**
 * Whether figures may be printed as they are now.
 *
 * @param differences the units that differ from each moment that the figures were ever printed from; none was printed before
 *   where it is empty
 */
export function mayPrint(differences: readonly (readonly string[])[], released: ReadonlySet<string>): boolean {
  // What has been printed so already tells nothing new.
  return differences.some(({ length }) => length === 0) || !differences.some((units) => tells(units, released));
}
