/**
 * Giving log numbers. Whoever is about to read a round first numbers what waits: the events are listed once, then moved
 * into the log some at a time, each time in one transaction that moves the counter on, puts the entries and removes their
 * events. So the log has no gap, every event is numbered once, whoever dies where, and two who number at once meet only
 * each other. What was acknowledged before a reader began is in the number that it reads.
 */

import type { ReturnKey } from '../../schemas/return.ts';
import { loggedAt, returnName } from '../domain/log.ts';
import type { LogEntry } from '../domain/log.ts';
import { backoff } from './backoff.ts';
import type { StorageContext } from './context.ts';
import { metaOf } from './disposals.ts';
import { waitingEvents, waitingOf } from './events.ts';
import { changeText, logItem } from './items.ts';
import type { EventItem, MetaItem } from './items.ts';
import { eventKey, isRoundId, logKey, metaKey, spread } from './keys.ts';
import { readItem, readPage } from './reads.ts';
import { isConflict, isRefusal, lostAnswers, putNew, send } from './transact.ts';
import type { Write } from './transact.ts';

/** Milliseconds after which a reader reads what is numbered by then. */
const patience = 5000;

/** What a transaction takes: 100 items, and 4 MB of them; the text of an event is counted where it is put and where it is removed. */
const mostItems = 100;
const mostBytes = 3_500_000;

/** Events that one transaction numbers at most: the counter, and an entry and an event for each. */
const batchSize = Math.floor((mostItems - 1) / 2);

/** The entry itself; of an entry about the round its item is the proof that the transaction was written. */
export function putEntry(table: string, round: string, entry: LogEntry, operation?: string): Write {
  const proof = operation === undefined ? {} : { operation };
  return putNew(table, { ...logKey(round, entry.seq), entry: changeText(entry), ...proof });
}

/** Moves the counter on to an entry. */
export function countEntry(
  table: string,
  round: string,
  before: Pick<MetaItem, 'seq'>,
  { seq, numberedAt }: Place,
): Write {
  return {
    Update: {
      TableName: table,
      Key: metaKey(round),
      UpdateExpression: 'SET seq = :seq, numberedAt = :numberedAt',
      ConditionExpression: 'seq = :before',
      ExpressionAttributeValues: { ':seq': seq, ':numberedAt': numberedAt, ':before': before.seq },
    },
  };
}

interface Place {
  readonly seq: number;
  readonly numberedAt: string;
}

/** The next number and its moment, which is never before that of the number before. */
export async function nextPlace(context: StorageContext, round: string, meta: MetaItem | undefined): Promise<Place> {
  const now = context.now().toISOString();
  if (meta === undefined) return { seq: 1, numberedAt: now };
  const last = meta.numberedAt ?? loggedAt(logItem.parse(await readItem(context, logKey(round, meta.seq))).entry);
  return { seq: meta.seq + 1, numberedAt: now > last ? now : last };
}

/** Fails where an event of the return that came before has no number yet: the list was read while both were written. */
function afterOthers(table: string, key: ReturnKey, event: number): Write {
  return {
    ConditionCheck: {
      TableName: table,
      Key: eventKey(key, event - 1),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

function nameOf({ event: { return: of } }: EventItem): string {
  return returnName(of.form, of.unit);
}

interface Batch {
  readonly writes: readonly Write[];
  /** How many events from the beginning of the list it numbers. */
  readonly size: number;
}

/** Numbers as many events from the beginning of the list as one transaction takes. */
async function nextBatch(
  context: StorageContext,
  round: string,
  meta: MetaItem,
  waiting: readonly EventItem[],
): Promise<Batch> {
  const { table } = context;
  const { seq: first, numberedAt } = await nextPlace(context, round, meta);
  const writes: Write[] = [];
  const taken = new Map<string, number>();
  let bytes = 0;
  let size = 0;
  for (const { pk, sk, event } of waiting) {
    const { form, unit } = event.return;
    const isNext = event.event === 1 || taken.get(`${form}#${unit}`) === event.event - 1;
    const check = isNext ? [] : [afterOthers(table, { round, form, unit }, event.event)];
    bytes += 2 * Buffer.byteLength(JSON.stringify(event));
    const added = [
      ...check,
      putEntry(table, round, { seq: first + size, numberedAt, ...event }),
      { Delete: { TableName: table, Key: { pk, sk }, ConditionExpression: 'attribute_exists(pk)' } },
    ];
    if (size > 0 && (1 + writes.length + added.length > mostItems || bytes > mostBytes)) break;
    writes.push(...added);
    taken.set(`${form}#${unit}`, event.event);
    size += 1;
  }
  return { writes: [countEntry(table, round, meta, { seq: first + size - 1, numberedAt }), ...writes], size };
}

export interface Numbered {
  readonly meta: MetaItem;
  /** Nothing of what waited when the call began is left. */
  readonly isComplete: boolean;
}

/**
 * Numbers what waits in a round, for some five seconds at most, and reads its META. `undefined` for what is no round, or
 * was disposed of.
 *
 * @throws what AWS throws, when another try cannot help
 */
export async function numberWaiting(context: StorageContext, round: string): Promise<Numbered | undefined> {
  if (!isRoundId(round)) return undefined;
  const until = context.now().getTime() + patience;
  const pause = backoff(context);
  let waiting = await waitingOf(context, round);
  // Of these returns later lists count whole: the first one may have missed an event before one that it has.
  const wanted = new Set(waiting.map(nameOf));
  let lost = 0;
  for (;;) {
    // After the list: what is no longer in that is counted here.
    const meta = metaOf(await readItem(context, metaKey(round)));
    if (meta === undefined) return undefined;
    if (waiting.length === 0) return { meta, isComplete: true };
    if (context.now().getTime() > until) return { meta, isComplete: false };
    const { writes, size } = await nextBatch(context, round, meta, waiting);
    try {
      await send(context, writes);
      waiting = waiting.slice(size);
      continue;
    } catch (error) {
      // Whether it was written or not, the list says so: nothing is numbered twice.
      if (!isConflict(error)) lost += 1;
      if (lost > lostAnswers || (!isConflict(error) && isRefusal(error))) throw error;
    }
    if (!(await pause())) return { meta, isComplete: false };
    waiting = (await waitingOf(context, round)).filter((item) => wanted.has(nameOf(item)));
  }
}

/**
 * What a writer does now and then, so that not everything waits for the next reader: one in so many of a partition's
 * writers numbers one batch where there is a whole one. It fails silently, since the next one does the same.
 */
export async function numberInPassing(context: StorageContext, key: ReturnKey, event: number): Promise<void> {
  const { pk, sk } = eventKey(key, event);
  if (spread(sk, batchSize) !== 0) return;
  try {
    // Counted first, by their keys: mostly there is no batch, and the writer's answer waits for this.
    const { items, more } = await readPage(context, { pk, attributes: ['sk'] }, batchSize);
    if (items.length < batchSize && !more) return;
    const waiting = await waitingEvents(context, [pk]);
    const meta = metaOf(await readItem(context, metaKey(key.round)));
    if (meta === undefined || waiting.length < batchSize) return;
    const { writes } = await nextBatch(context, key.round, meta, waiting);
    await send(context, writes);
  } catch {
    // Somebody else has numbered, or the next one will.
  }
}
