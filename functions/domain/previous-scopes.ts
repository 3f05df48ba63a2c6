/** What conditions and formulas know of the last answers. */

import type { Answers, JsonObject } from '../../schemas/values/json.ts';
import type { Form, Item, ResolvedExpression } from '../../schemas/form.ts';
import type { Version } from '../../schemas/return.ts';
import { namedEntries, valueAt } from './answers.ts';
import { onlyQuestions } from './question-subset.ts';

/** As it was asked when a version of it was submitted, whatever has been corrected or accepted since. */
export function formOfVersion(form: Form, { previous }: Pick<Version, 'previous'>): Form {
  return form.knowing({ previous });
}

/** What a version keeps of the last answers: what its conditions and formulas read. */
export function keptOfLastTime({ readsOfLastTime }: Form, last: Answers | undefined): Pick<Version, 'previous'> {
  if (last === undefined || readsOfLastTime.length === 0) return {};
  return { previous: onlyQuestions(last, readsOfLastTime) };
}

function listWith(items: readonly Item[], children: readonly Item[]): Item | undefined {
  for (const item of items) {
    if (item.children === children) return item;
    const inside = item.kind.nesting === 'fields' ? listWith(item.children, children) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** The last answers around a place: of each entry the one with the same id. */
export function previousScopes(
  previous: Answers | undefined,
  scopes: readonly JsonObject[],
  items: ResolvedExpression['scopes'],
): (JsonObject | undefined)[] {
  const around: (JsonObject | undefined)[] = [previous];
  for (const [index, entry] of scopes.slice(1).entries()) {
    const list = listWith(items[index] ?? [], items[index + 1] ?? []);
    const before = valueAt(around[index] ?? {}, list?.keys ?? []);
    around.push(namedEntries(before).find(({ entry: { id } }) => id !== undefined && id === entry['id'])?.entry);
  }
  return around;
}
