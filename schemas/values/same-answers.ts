/** Equality of answers as JSON: the order of keys does not count, an absent member is the same as an undefined one. */
export function sameAnswers(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const inA = new Map<string, unknown>(Object.entries(a).filter(([, value]) => value !== undefined));
  const inB = new Map<string, unknown>(Object.entries(b).filter(([, value]) => value !== undefined));
  return inA.size === inB.size && [...inA].every(([key, value]) => inB.has(key) && sameAnswers(value, inB.get(key)));
}
