/** Finding entries in a round's log, newest first. */

import { loggedAt } from '../domain/log.ts';
import type { RoundState } from '../domain/log.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { LogPageEntry } from '../storage/log.ts';
import type { Service } from './service.ts';

/** Most of a round's log is read seldom: where everything is wanted, a page costs no more than it shows. */
const readAtOnce = 500;

export interface LogSearch {
  readonly isWanted: (entry: LogPageEntry) => boolean;
  /** The moments between which entries lie, the second excluded, as instants in UTC. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly cursor?: string | undefined;
  readonly count: number;
  /** Whether the search is for some entries among many. */
  readonly isFiltered: boolean;
}

export interface FoundLog extends Pick<RoundState, 'isBehind'> {
  readonly entries: readonly LogPageEntry[];
  /** Where the next page begins; absent when there is none, or none older is wanted. */
  readonly next?: string;
}

/**
 * Up to `count` entries that are wanted, newest first. Reads from the newest end, and no further back than `from`.
 * Refuses `not-found` and, for a cursor that is none, `malformed-request`.
 */
export async function searchLog(
  { store }: Pick<Service, 'store'>,
  round: string,
  search: LogSearch,
): Promise<Outcome<FoundLog>> {
  const { isWanted, from = '', until, count, isFiltered } = search;
  const found: LogPageEntry[] = [];
  let { cursor } = search;
  let isBehind: true | undefined;
  const page = (next?: string): Outcome<FoundLog> =>
    done({ entries: found, ...(isBehind && { isBehind }), ...(next === undefined ? {} : { next }) });
  for (;;) {
    // One more than are shown tells whether there is a next page.
    const read = await store.newestLog(round, { cursor, until, limit: isFiltered ? readAtOnce : count + 1 });
    if (!read.ok) return read;
    // Only the first page numbers what waits.
    isBehind ??= read.value.isBehind;
    for (const { entry, cursor: behind } of read.value.entries) {
      const at = 'seq' in entry ? loggedAt(entry) : entry.at;
      if (at < from) return page();
      const isFound = (until === undefined || at < until) && isWanted(entry);
      if (isFound && found.length === count) return page(cursor);
      if (isFound) found.push(entry);
      cursor = behind;
    }
    if (read.value.complete) return page();
  }
}
