/** Rows of tables as a page shows them. */

import type { JsonObject } from '../../../schemas/values/json.ts';
import { isObject } from '../../../schemas/values/json.ts';
import type { Item } from '../../../schemas/form.ts';
import { namedEntries } from '../answers.ts';
import { pathBelow } from '../question-path.ts';
import type { Posted } from './posted.ts';

/** What a page shows of a post without the rows of which nothing was read. */
export function withoutUnread(items: readonly Item[], post: Posted, base: string, value: JsonObject): Posted {
  const shown = new Map(post);
  for (const item of items) {
    const path = pathBelow(base, item.key);
    const answer = value[item.key];
    if (item.kind.nesting === 'fields' && isObject(answer))
      for (const [name, values] of withoutUnread(item.children, shown, path, answer)) shown.set(name, values);
    if (item.kind.layout !== 'table') continue;
    const read = new Set(namedEntries(answer).map(({ name }) => name));
    const names = shown.get(path);
    if (names !== undefined)
      shown.set(
        path,
        names.filter((name) => name === '' || read.has(name)),
      );
  }
  return shown;
}
