/** The entries of a list in a return, each with the answers around it. */

import type { Item } from '../../../schemas/form.ts';
import { isObject } from '../../../schemas/values/json.ts';
import { valueAt } from '../answers.ts';
import type { Scopes } from '../asked.ts';
import type { OneReturn } from './variables.ts';

export interface OneEntry extends OneReturn {
  /** The answers, then the entries of the lists around, the innermost last. */
  readonly scopes: Scopes;
}

/**
 * Of the innermost of some lists, which stand in one another. None where the return says that there are none, and nothing where
 * it does not say; without any list the return itself is the one.
 */
export function entriesOf(lists: readonly Item[], of: OneReturn): OneEntry[] | undefined {
  let found: Scopes[] = [[of.answers]];
  for (const { keys } of lists) {
    const answered = found.flatMap((scopes) => {
      const entries = valueAt(scopes.at(-1) ?? {}, keys);
      return Array.isArray(entries) ? [entries.filter(isObject).map((entry) => [...scopes, entry])] : [];
    });
    if (answered.length === 0 && found.length > 0) return undefined;
    found = answered.flat();
  }
  return found.map((scopes) => ({ ...of, scopes }));
}
