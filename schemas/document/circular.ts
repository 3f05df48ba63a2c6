/** Computed values that need each other. */

/** Of questions by id, each with the ids that its formula reads, those that need themselves in the end. */
export function circularIds(reads: ReadonlyMap<string, readonly string[]>): string[] {
  function needs(id: string, wanted: string, seen: Set<string>): boolean {
    if (seen.has(id)) return false;
    seen.add(id);
    return (reads.get(id) ?? []).some((read) => read === wanted || needs(read, wanted, seen));
  }
  return [...reads.keys()].filter((id) => needs(id, id, new Set()));
}
