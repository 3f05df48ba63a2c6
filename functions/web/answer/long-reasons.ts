/** Reasons that were typed and are far too long, for the page and for a reason: they are kept, and the page shows their beginning. */

import { textBytes } from '../shared/parts.ts';
import { firstOf } from '../fields/posted.ts';
import type { Posted } from '../fields/posted.ts';
import type { Paths, ReturnPlace } from '../shared/paths.ts';
import type { Drawer } from '../shared/drawer.ts';
import { isReasonName } from './reason-field.tsx';
import type { KeptReasons } from './reason-field.tsx';

/** A reason heavier than this is not shown whole. */
const mostReasonBytes = 12_000;

interface Reasoning {
  readonly place: ReturnPlace;
  readonly visit: { readonly drawer: Drawer; readonly paths: Paths };
}

/** None where the page can carry all of them, or they cannot be kept. */
export async function keptReasons({ visit, place }: Reasoning, post: Posted): Promise<KeptReasons | undefined> {
  const heavy = new Map(
    [...post].filter(([name]) => isReasonName(name) && textBytes(firstOf(post, name) ?? '') > mostReasonBytes),
  );
  const name = heavy.size === 0 ? undefined : await visit.drawer.keep(heavy);
  if (name === undefined) return undefined;
  return {
    name,
    files: new Map(Array.from(heavy.keys(), (field) => [field, visit.paths.typedText(place, field, name)])),
  };
}
