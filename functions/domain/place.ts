/** Where something stands in a return, spelt out as a path only when there is something to report of it. */

import type { Json } from '../../schemas/return.ts';
import { entryNames } from './answers.ts';

/** A question below `around`, or an entry of the list at `around`. */
export type Place =
  | { readonly around: Place | undefined; readonly key: string }
  | { readonly around: Place; readonly entries: readonly Json[]; readonly index: number };

/** Keys, and list entries by their names: `sites.main.visits.v1.heldOn`. */
export function pathOf(place: Place): string {
  const name = 'key' in place ? place.key : (entryNames(place.entries)[place.index] ?? String(place.index));
  return place.around === undefined ? name : `${pathOf(place.around)}.${name}`;
}
