/** What is refused of entries that refer to each other: one that is not there, and one that refers to itself in the end. */

import type { EditCheck } from '../../schemas/kinds/edit-check.ts';
import type { Item } from '../../schemas/form.ts';
import type { Json } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import { valueAt } from './answers.ts';

/** The references of an entry, those in its groups too; lists inside it have their own. */
function referencesIn(items: readonly Item[]): Item[] {
  return items.flatMap((item) => {
    if (item.kind.refersTo === 'entries') return [item];
    return item.kind.nesting === 'fields' ? referencesIn(item.children) : [];
  });
}

/** Of each entry by its id, the one that it refers to. */
function references(entries: unknown, keys: readonly string[]): Map<string, Json | undefined> {
  const all: readonly Json[] = Array.isArray(entries) ? entries : [];
  return new Map(
    all.flatMap((entry): [string, Json | undefined][] => {
      const id = isObject(entry) ? entry['id'] : undefined;
      return isObject(entry) && typeof id === 'string' ? [[id, valueAt(entry, keys)]] : [];
    }),
  );
}

type References = ReturnType<typeof references>;

function isUnknown(id: string, all: References): boolean {
  const other = all.get(id);
  return typeof other === 'string' && !all.has(other);
}

/** Whether following the references of an entry leads back to it. */
function isCircular(id: string, all: References): boolean {
  const visited = new Set<string>();
  for (let at = all.get(id); typeof at === 'string' && !visited.has(at); at = all.get(at)) {
    if (at === id) return true;
    visited.add(at);
  }
  return false;
}

function checksOf({ key, keys, definition: { label } }: Item, list: string): EditCheck[] {
  const path = keys.join('.');
  const where = (isWrong: typeof isUnknown) => (entries: unknown) => {
    const all = references(entries, keys);
    return [...all.keys()].filter((id) => isWrong(id, all)).map((id) => `${id}.${path}`);
  };
  return [
    {
      name: `unknown-${key}`,
      severity: 'refuse',
      message: `「${label}」に選んだものが見つかりません。「${list}」に記入したものから選び直してください。`,
      find: where(isUnknown),
    },
    {
      name: `${key}-cycle`,
      severity: 'refuse',
      message: `「${label}」をたどると自分自身に戻ります。選び直してください。`,
      find: where(isCircular),
    },
  ];
}

const known = new WeakMap<Item, readonly EditCheck[]>();

/** Of a list, over all its entries. */
export function referenceChecks(list: Item): readonly EditCheck[] {
  const checks =
    known.get(list) ?? referencesIn(list.children).flatMap((each) => checksOf(each, list.definition.label));
  known.set(list, checks);
  return checks;
}
