/** Answers filled in from the last round: stored only after the officer has changed them or said that they still hold. */

import { lineFeeds } from '../../../schemas/values/text.ts';
import { confirmedMark, firstOf, isMarked, takenMark, valuesOf } from './posted.ts';
import type { Posted } from './posted.ts';

/** What the mark remembers of the answer filled in. */
function contentOf(post: Posted, path: string): string {
  return lineFeeds(valuesOf(post, path).join('\n'));
}

export function takeOver(post: Posted, taken: Posted): Posted {
  const merged = new Map(post);
  for (const [path, values] of taken) {
    const isMark = path.includes(':');
    const isOpen = valuesOf(post, path).length === 0 && ![...post.keys()].some((name) => name.startsWith(`${path}:`));
    if (isMark || !isOpen) continue;
    const marks = [...taken.keys()].filter((name) => name.startsWith(`${path}:`));
    if (valuesOf(taken, path).length === 0 && marks.length === 0) continue;
    merged.set(path, values);
    for (const mark of marks) merged.set(mark, taken.get(mark) ?? []);
    // Never empty, or the mark would be taken for none.
    merged.set(takenMark(path), [`=${contentOf(taken, path)}`]);
  }
  return merged;
}

export function isTakenUnseen(post: Posted, path: string): boolean {
  const taken = firstOf(post, takenMark(path));
  if (taken === undefined || isMarked(post, confirmedMark(path))) return false;
  return lineFeeds(taken) === `=${contentOf(post, path)}`;
}
