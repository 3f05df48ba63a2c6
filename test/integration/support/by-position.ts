/** Answers to be compared whoever stored them. */

import type { Json } from '../../../schemas/values/json.ts';

/** Ids are the server's, so that entries count by position, and so do references to them. */
export function byPosition(value: Json | undefined, ids: ReadonlyMap<string, number> = new Map()): unknown {
  if (Array.isArray(value)) {
    const inside = new Map(
      value.flatMap((entry, index): [string, number][] =>
        typeof entry === 'object' && entry !== null && !Array.isArray(entry) && typeof entry['id'] === 'string'
          ? [[entry['id'], index]]
          : [],
      ),
    );
    return value.map((entry) => byPosition(entry, inside.size > 0 ? inside : ids));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
      if (key === 'id') return [];
      return [[key, key === 'parent' && typeof part === 'string' ? ids.get(part) : byPosition(part, ids)]];
    }),
  );
}
