/**
 * What a form post says, by name. Names are the paths of questions, list entries by their ids
 * (`sites.main.visits.v1.heldOn`); a mark behind a colon says what a value alone cannot.
 *
 * Every question on a page posts its name at least once, if only empty, so that a question that a page did not show is
 * told from one that was emptied.
 */

/** Read by asking for the names that the definition gives, never by walking what was posted. */
export type Posted = ReadonlyMap<string, readonly string[]>;

/** 該当するものはない: an empty list, which is an answer. */
export function noneMark(path: string): string {
  return `${path}:none`;
}

/** 該当なし: `null`, where the question declares it. */
export function notApplicableMark(path: string): string {
  return `${path}:na`;
}

/** The entries of a list have their fields on this page: those that are not named were removed. */
export function entriesMark(path: string): string {
  return `${path}:entries`;
}

/** 不明: left blank for a reason, which is posted beside it. */
export function blankMark(path: string): string {
  return `${path}:blank`;
}

export function whyMark(path: string): string {
  return `${path}:why`;
}

/** The reason that was kept when the page was opened: it goes with 不明, and is no reason that somebody types without. */
export function keptWhyMark(path: string): string {
  return `${path}:kept`;
}

/** Filled in from the last round and not yet looked at. */
export function prefilledMark(path: string): string {
  return `${path}:prefilled`;
}

/** The officer has looked at what was filled in. */
export function confirmedMark(path: string): string {
  return `${path}:confirmed`;
}

/** The value of a radio that says 該当なし; no option is called so. */
export const notApplicableOption = '-';

export function posted(params: URLSearchParams): Posted {
  const values = new Map<string, string[]>();
  for (const [name, value] of params) {
    const before = values.get(name);
    if (before === undefined) values.set(name, [value]);
    else before.push(value);
  }
  return values;
}

export function firstOf(post: Posted, name: string): string | undefined {
  return post.get(name)?.[0];
}

export function valuesOf(post: Posted, name: string): string[] {
  return (post.get(name) ?? []).filter((value) => value !== '');
}

export function isMarked(post: Posted, name: string): boolean {
  return valuesOf(post, name).length > 0;
}

/** What a page shows of a post: the stored answers where it had no field of a question. */
export function overStored(own: Posted, post: Posted): Posted {
  // A mark goes with its question: an unticked one was not posted.
  const others = [...own].filter(([name]) => !post.has(name.split(':')[0] ?? ''));
  return new Map([...others, ...post]);
}
