/**
 * Events: what happened to a return and has no log number yet. A change of a return's state writes its HEAD and an event,
 * items that no other return writes; numbering.ts turns events into log entries.
 */

import type { ReturnKey } from '../../schemas/return.ts';
import type { Transition } from '../domain/life.ts';
import type { ReturnEvent } from '../domain/log.ts';
import type { StorageContext } from './context.ts';
import { changeText, eventItem } from './items.ts';
import type { EventItem, HeadItem } from './items.ts';
import { eventKey, eventPartitions, headKey } from './keys.ts';
import type { ItemKey } from './keys.ts';
import { readAll } from './reads.ts';
import { putNew } from './transact.ts';
import type { Write } from './transact.ts';

/** So many tokens of changes are kept in HEAD: more than one return changes while an answer is being looked for. */
const keptOperations = 8;

interface Change {
  readonly key: ReturnKey;
  /** What stood, as read; absent before the first save. */
  readonly head: HeadItem | undefined;
  /** In their order; what stands is what the last one leaves. */
  readonly transitions: readonly [Transition, ...Transition[]];
  readonly actor: string;
  readonly at: string;
  readonly operation: string;
}

type EventSource = Pick<Change, 'key' | 'actor' | 'at'> & { readonly transition: Transition };

/**
 * The number of a return's last event. Returns of releases up to 0.3 go on from the log number of their last change,
 * which is at least as great as the count, so that no event of a return ever has the number of another.
 */
export function lastEvent(head: Pick<HeadItem, 'events' | 'seq'> | undefined): number {
  return head?.events ?? head?.seq ?? 0;
}

/** Fails unless HEAD is the one that was read. */
function unchangedHead({ events, seq }: HeadItem) {
  return events === undefined
    ? {
        ConditionExpression: 'seq = :before AND attribute_not_exists(events)',
        ExpressionAttributeValues: { ':before': seq },
      }
    : { ConditionExpression: 'events = :before', ExpressionAttributeValues: { ':before': events } };
}

function eventOf({ key, transition, actor, at }: EventSource, number: number): ReturnEvent {
  const { what, before, after, imported, undone, onBehalf } = transition;
  return {
    event: number,
    actor,
    at,
    what,
    return: { form: key.form, unit: key.unit },
    before,
    after,
    ...(imported === undefined ? {} : { imported }),
    ...(undone === undefined ? {} : { undone }),
    ...(onBehalf === undefined ? {} : { onBehalf }),
  };
}

/** HEAD and the events of a change of a return's state; every such change is these and perhaps more. */
export function changeWrites(table: string, change: Change): { readonly writes: Write[]; readonly proof: ItemKey } {
  const { key, head, transitions, actor, at, operation } = change;
  const last = lastEvent(head);
  const events = transitions.map((transition, index) => eventOf({ key, transition, actor, at }, last + 1 + index));
  const operations = [operation, ...(head?.operations ?? [])].slice(0, keptOperations);
  const standing = JSON.stringify(transitions.at(-1)?.after);
  const newHead = { ...headKey(key), standing, events: last + transitions.length, operations, at, actor };
  const headWrite: Write =
    head === undefined ? putNew(table, newHead) : { Put: { TableName: table, Item: newHead, ...unchangedHead(head) } };
  return {
    writes: [
      headWrite,
      ...events.map((event) => putNew(table, { ...eventKey(key, event.event), event: changeText(event) })),
    ],
    proof: headKey(key),
  };
}

/** By time, but those of one return in their own order, whatever the clocks of the functions said. */
function inOrder(events: readonly EventItem[]): EventItem[] {
  let [name, time] = ['', ''];
  return events
    .map((item) => {
      const { at, return: of } = item.event;
      const own = `${of.form}#${of.unit}`;
      time = own === name && time > at ? time : at;
      name = own;
      return { item, time };
    })
    .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    .map(({ item }) => item);
}

/** Every event of these partitions that has no number yet, in the order in which they are numbered. */
export async function waitingEvents(
  context: StorageContext,
  partitions: readonly string[],
): Promise<readonly EventItem[]> {
  const items = await Promise.all(partitions.map((pk) => readAll(context, { pk })));
  return inOrder(items.flat().map((item) => eventItem.parse(item)));
}

/** The same of a whole round. */
export function waitingOf(context: StorageContext, round: string): Promise<readonly EventItem[]> {
  return waitingEvents(context, eventPartitions(round));
}
