/** Finding entries in a round's log, newest first. */

import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { LogPageEntry } from '../storage/log.ts';
import type { Service } from './service.ts';

const readAtOnce = 500;

/**
 * Every entry that `isWanted`, newest first. The log is kept oldest first and has no index, so this reads through it:
 * a round of 1,700 units has some ten thousand short entries. Refuses `not-found`.
 */
export async function searchLog(
  { store }: Pick<Service, 'store'>,
  round: string,
  isWanted: (entry: LogPageEntry) => boolean,
): Promise<Outcome<LogPageEntry[]>> {
  const found: LogPageEntry[] = [];
  let cursor: string | undefined;
  do {
    const read = await store.log(round, { cursor, limit: readAtOnce });
    if (!read.ok) return read;
    found.push(...read.value.entries.filter(isWanted));
    cursor = read.value.next;
  } while (cursor !== undefined);
  return done(found.toReversed());
}
