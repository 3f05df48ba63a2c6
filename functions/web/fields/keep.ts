/**
 * The empty field in which a text is written anew that is too heavy for its page: left empty, the text stays as it is.
 * A mark beside the field says which text that is, so that who wrote something new and clears it again does clear it.
 */

import type { Json } from '../../../schemas/return.ts';
import { firstOf, isMarked, noneMark, notApplicableMark } from './posted.ts';
import type { Posted } from './posted.ts';

const suffix = ':keep';

export function keepMark(path: string): string {
  return `${path}${suffix}`;
}

/** The mark of a text that is not stored, but kept under the name that the page posts. */
export const keepsTyped = 'typed';

/** Tells a stored answer from another one (FNV-1a): browsers, which have no hash at hand that does not wait, do as well. */
export function storedMark(answer: Json): string {
  const text = JSON.stringify(answer);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `${text.length.toString(36)}.${(hash >>> 0).toString(36)}`;
}

/** Nothing was written anew. */
function isLeftEmpty(post: Posted, path: string): boolean {
  return (
    isMarked(post, keepMark(path)) &&
    [path, noneMark(path), notApplicableMark(path)].every((name) => !isMarked(post, name))
  );
}

/** Whether the mark, and an empty field beside it, is of the answer that is stored now. */
export function isOfStored(post: Posted, path: string, stored: Json | undefined): boolean {
  const mark = firstOf(post, keepMark(path));
  return mark !== undefined && stored !== undefined && mark === storedMark(stored);
}

/** Whether the answer stored now stays as it is. */
export function keepsStored(post: Posted, path: string, stored: Json | undefined): boolean {
  return isLeftEmpty(post, path) && isOfStored(post, path, stored);
}

/** The post without the fields in which nothing was written anew, of the questions that `isElsewhere` has the text of. */
export function withoutLeftEmpty(post: Posted, isElsewhere: (path: string) => boolean): Posted {
  const isOut = (path: string): boolean => isElsewhere(path) && isLeftEmpty(post, path);
  return new Map([...post].filter(([name]) => !isOut(name.endsWith(suffix) ? name.slice(0, -suffix.length) : name)));
}

/** What a page shows of a post: the stored answers where it had no field of a question, or nothing was written anew. */
export function overStored(own: Posted, post: Posted): Posted {
  const typed = withoutLeftEmpty(post, () => true);
  // A mark goes with its question: an unticked one was not posted.
  const others = [...own].filter(([name]) => !typed.has(name.split(':')[0] ?? ''));
  return new Map([...others, ...typed]);
}
