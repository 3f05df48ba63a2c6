/** How answers of several kinds are printed alike. */

import type { Json } from '../values/json.ts';

export const noneOfThese = '該当するものはない';
export const noEntries = 'なし';

/** What printing has to look up besides the definition. */
export interface Names {
  readonly municipalities: ReadonlyMap<string, string>;
  /** The names of the entries of the list around, for references among them. */
  readonly entries: ReadonlyMap<string, string>;
}

/** A value that does not fit its definition (a draft may hold one) is shown as it is. */
export function asTyped(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function textsIn(value: readonly Json[]): string[] {
  return value.filter((each) => typeof each === 'string');
}
