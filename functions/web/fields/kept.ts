/** What a page posts together with what was too heavy for it and is kept meanwhile. */

import type { Drawer } from '../shared/drawer.ts';
import { withoutLeftEmpty } from './keep.ts';
import { firstOf } from './posted.ts';
import type { Posted } from './posted.ts';

/** Names what is kept for a page. */
export const keptField = 'kept';

/** What was posted, and the kept answers whose fields the page does not have, or had empty to write them anew. `gone` when they are kept no more. */
export async function withKept(post: Posted, drawer: Drawer): Promise<Posted | 'gone'> {
  const name = firstOf(post, keptField);
  if (name === undefined) return post;
  const kept = await drawer.kept(name);
  if (kept === undefined) return 'gone';
  const written = withoutLeftEmpty(post, (path) => kept.has(path));
  return new Map([...kept, ...[...written].filter(([field]) => field !== keptField)]);
}
