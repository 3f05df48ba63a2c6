/** Answers filled in from the last round: stored only after the officer has changed them or said that they still hold. */

import { lineFeeds } from '../../../schemas/values/text.ts';
import { confirmedMark, entriesMark, firstOf, isMarked, prefilledMark, valuesOf } from './posted.ts';
import type { Posted } from './posted.ts';

/** What the mark remembers of the answer filled in. */
function contentOf(post: Posted, path: string): string {
  return lineFeeds(valuesOf(post, path).join('\n'));
}

export function prefill(post: Posted, prefilled: Posted): Posted {
  const merged = new Map(post);
  const lists: string[] = [];
  for (const [path, values] of prefilled) {
    const isMark = path.includes(':');
    const isSaid = (name: string): boolean => name.startsWith(`${path}:`) && name !== entriesMark(path);
    const isOpen = valuesOf(post, path).length === 0 && ![...post.keys()].some(isSaid);
    if (isMark || !isOpen) continue;
    const marks = [...prefilled.keys()].filter((name) => name.startsWith(`${path}:`));
    if (valuesOf(prefilled, path).length === 0 && marks.every((mark) => mark === entriesMark(path))) continue;
    merged.set(path, values);
    for (const mark of marks) merged.set(mark, prefilled.get(mark) ?? []);
    // Entries are looked at together, as their list.
    if (lists.some((list) => path.startsWith(`${list}.`))) continue;
    if (prefilled.has(entriesMark(path))) lists.push(path);
    // Never empty, or the mark would read as none.
    merged.set(prefilledMark(path), [`=${contentOf(prefilled, path)}`]);
  }
  return merged;
}

export function isUnconfirmed(post: Posted, path: string): boolean {
  const prefilled = firstOf(post, prefilledMark(path));
  if (prefilled === undefined || isMarked(post, confirmedMark(path))) return false;
  return lineFeeds(prefilled) === `=${contentOf(post, path)}`;
}
