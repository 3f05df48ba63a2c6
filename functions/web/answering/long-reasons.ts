/** Reasons that were typed and are far too long, for the page and for a reason: the page gets their beginning. */

import { beginningOf, textBytes } from '../parts.ts';
import { firstOf } from '../posted/posted.ts';
import type { Posted } from '../posted/posted.ts';
import type { Paths, ReturnPlace } from '../paths.ts';
import type { Drawer } from '../drawer.ts';
import { isReasonName } from './reason-field.tsx';

/** A reason heavier than this is not shown whole. */
const mostReasonBytes = 12_000;
/** As long as a reason may be. */
const mostCharacters = 1000;

export interface ShownReasons {
  /** With the beginnings of those that are too heavy. */
  readonly post: Posted;
  /** Where these are whole, by the names of their fields. */
  readonly files: ReadonlyMap<string, string>;
}

interface Reasoning {
  readonly place: ReturnPlace;
  readonly visit: { readonly drawer: Drawer; readonly paths: Paths };
}

/** What cannot be kept stays whole in the page. */
export async function shownReasons({ visit, place }: Reasoning, post: Posted): Promise<ShownReasons> {
  const heavy = new Map([...post].filter(([name]) => isReasonName(name) && textBytes(firstOf(post, name) ?? '') > mostReasonBytes));
  const kept = heavy.size === 0 ? undefined : await visit.drawer.keep(heavy);
  if (kept === undefined) return { post, files: new Map() };
  const beginnings = Array.from(heavy, ([name, values]): [string, string[]] => [name, values.map((text) => beginningOf(text, mostCharacters))]);
  return {
    post: new Map([...post, ...beginnings]),
    files: new Map(Array.from(heavy.keys(), (name) => [name, visit.paths.typedText(place, name, kept)])),
  };
}
