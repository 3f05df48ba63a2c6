/** The numbered log: the writes that move a round one entry on. */

import type { ReturnKey } from '../../schemas/return.ts';
import type { Transition } from '../domain/life.ts';
import type { LogEntry } from '../domain/log.ts';
import type { HeadItem, MetaItem } from './items.ts';
import { headKey, logKey, metaKey } from './keys.ts';
import type { Key } from './keys.ts';
import type { Write } from './transact.ts';

/** Puts an item that must not exist yet. */
export function putNew(table: string, item: Key & Readonly<Record<string, unknown>>): Write {
  return { Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** The entry itself; its item is the proof that the transaction was written. */
export function putEntry(table: string, round: string, entry: LogEntry, operation: string): Write {
  return putNew(table, { ...logKey(round, entry.seq), entry: JSON.stringify(entry), operation });
}

/** Moves the counter on to an entry. Since it moves with every change of the round's definition too, it guards that. */
export function countEntry(table: string, round: string, { seq }: Pick<LogEntry, 'seq'>): Write {
  return {
    Update: {
      TableName: table,
      Key: metaKey(round),
      UpdateExpression: 'SET seq = :seq',
      ConditionExpression: 'seq = :before',
      ExpressionAttributeValues: { ':seq': seq, ':before': seq - 1 },
    },
  };
}

interface Change {
  readonly key: ReturnKey;
  readonly meta: Pick<MetaItem, 'seq'>;
  /** What stood, as read; absent before the first save. */
  readonly head: HeadItem | undefined;
  readonly transition: Transition;
  readonly actor: string;
  readonly at: string;
  readonly operation: string;
}

/** META, HEAD and LOG of a change of a return's state; every such change is these three and perhaps more. */
export function changeWrites(table: string, change: Change): { readonly writes: Write[]; readonly proof: Key } {
  const { key, meta, head, transition, actor, at, operation } = change;
  const seq = meta.seq + 1;
  const { what, before, after, imported } = transition;
  const mark = imported === undefined ? {} : { imported };
  const entry: LogEntry = { seq, actor, at, what, return: { form: key.form, unit: key.unit }, before, after, ...mark };
  const newHead = { ...headKey(key), standing: JSON.stringify(after), seq, at, actor };
  const headWrite: Write =
    head === undefined
      ? putNew(table, newHead)
      : {
          Put: {
            TableName: table,
            Item: newHead,
            ConditionExpression: 'seq = :before',
            ExpressionAttributeValues: { ':before': head.seq },
          },
        };
  return {
    writes: [countEntry(table, key.round, entry), headWrite, putEntry(table, key.round, entry, operation)],
    proof: logKey(key.round, seq),
  };
}
