/** A reader among municipalities that submit at once: what it must see of the log, and what it never may. */

import { deepStrictEqual, ok } from 'node:assert/strict';
import { checkLedgers } from '../../functions/storage/ledger-check.ts';
import { scan } from '../../infra/operation/restore-drill/items.ts';
import { returnOf, round, saveFirst, succeed, unitsOfSaitama } from '../integration/support/storage.ts';
import type { TestTable } from '../integration/support/storage.ts';

/** Every numbered entry of a return, as `unit event what`, in the order of the log, whose numbers have no gap. */
export async function loggedChanges({ store }: TestTable): Promise<string[]> {
  const lines: string[] = [];
  let cursor: string | undefined;
  let last = 0;
  do {
    const { entries, next } = succeed(await store.log(round, { limit: 500, cursor }));
    for (const entry of entries) {
      if (!('seq' in entry)) continue;
      last += 1;
      deepStrictEqual(entry.seq, last);
      if ('return' in entry) lines.push(`${entry.return.unit} ${entry.event} ${entry.what}`);
    }
    cursor = next;
  } while (cursor !== undefined);
  return lines;
}

/** A return is begun, then submitted and withdrawn again and again; `said` hears of each change once it is acknowledged. */
export async function keepChanging(
  table: TestTable,
  unit: string,
  changes: number,
  said: (line: string) => void,
): Promise<void> {
  const key = returnOf(unit);
  await saveFirst(table, key);
  said(`${unit} 1 started`);
  for (let event = 2; event <= changes; event += 1) {
    if (event % 2 === 0) succeed(await table.store.submit(key, { actor: '市', body: '' }));
    else succeed(await table.store.withdraw(key, '市'));
    said(`${unit} ${event} ${event % 2 === 0 ? 'submitted' : 'withdrawn'}`);
  }
}

interface WatchedChanges {
  readonly submissions: number;
  readonly reads: number;
}

/**
 * All municipalities change their returns at once, each so many times, while a reader reads the whole log over and over.
 *
 * @throws where the reader misses what was acknowledged before it began, or sees a number without its event or one twice
 */
export async function watchChanges(table: TestTable, changesEach: number): Promise<WatchedChanges> {
  const acknowledged = new Set<string>();
  const writing = { isOver: false };
  const writers = Promise.all(
    unitsOfSaitama.map((unit) => keepChanging(table, unit, changesEach, (line) => acknowledged.add(line))),
  ).finally(() => {
    writing.isOver = true;
  });
  let reads = 0;
  while (!writing.isOver) {
    const before = [...acknowledged];
    const seen = await loggedChanges(table);
    const lines = new Set(seen);
    deepStrictEqual(lines.size, seen.length, 'an event is in the log twice');
    deepStrictEqual(
      before.filter((line) => !lines.has(line)),
      [],
      'what was acknowledged is not in the log',
    );
    reads += 1;
  }
  await writers;
  ok(reads > 1, 'the reader never read while others wrote');
  deepStrictEqual((await loggedChanges(table)).toSorted(), [...acknowledged].toSorted());
  deepStrictEqual((await checkLedgers(scan(table.context))).findings, []);
  return { submissions: [...acknowledged].filter((line) => line.endsWith('submitted')).length, reads };
}

/** @param submissions at least so many of all municipalities together, each withdrawn before the next */
export function changesFor(submissions: number): number {
  return 2 * Math.ceil(submissions / unitsOfSaitama.length);
}

export function printWatched({ submissions, reads }: WatchedChanges): string {
  return `a reader read the log ${reads} times during ${submissions} submissions: no gap, nothing twice, nothing missed`;
}
