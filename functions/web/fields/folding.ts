/**
 * Which repeating groups stand on the page of what is around them, and which have a page for each entry: a page with
 * 120 sessions of 30 items each could be neither loaded nor read.
 */

import type { Item } from '../../../schemas/form.ts';
import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { namedEntries } from '../../domain/answers.ts';

/** About how many fields the entries on one page may have together. */
const most = 150;

function fieldsOf({ kind, children }: Item): number {
  if (kind.fields === undefined) return kind.fieldCount;
  return (kind.nesting === 'entries' ? kind.maxEntries : 1) * fieldsOfAll(children);
}

function fieldsOfAll(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + fieldsOf(item), 0);
}

/** About how many fields of one list's entries stand on a page together; more entries get pages of their own. */
const mostTogether = 24;

/** About how many fields a table has on its page, with what stands inside its rows; a longer one is no table any more. */
const mostInTable = 800;

/** An empty table has a row to begin with. */
function fieldsInRows({ children }: Item, entries: Json | undefined): number {
  const rows = namedEntries(entries).map(({ entry }) => entry);
  const fieldsIn = (row: JsonObject): number =>
    children.reduce(
      (sum, child) => sum + (child.kind.nesting === 'entries' ? fieldsInRows(child, row[child.key]) : fieldsOf(child)),
      0,
    );
  return (rows.length === 0 ? [{}] : rows).reduce((sum, row) => sum + fieldsIn(row), 0);
}

/**
 * Whether each entry of a list has a page of its own: always where the list is a section or an entry is large, and for
 * any list that has grown long. Entries of a table stand in its rows.
 */
export function isFolded(item: Item, entries: Json | undefined): boolean {
  if (item.kind.nesting !== 'entries') return false;
  if (item.kind.layout === 'table') return fieldsInRows(item, entries) > mostInTable;
  if (item.id === item.key || fieldsOf(item) > most) return true;
  return Array.isArray(entries) && entries.length * fieldsOfAll(item.children) > mostTogether;
}
