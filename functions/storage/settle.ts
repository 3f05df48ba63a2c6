/**
 * Settling a round that nobody uses meanwhile: after it was restored from a copy, and before an earlier release goes on
 * with it. A copy may hold an event beside its entry, which is dropped; what waits is numbered; HEAD says the log number
 * of its last change, as releases up to 0.3 expect, and what they do not know and would leave behind as it was is removed:
 * the gates, and the moment of the last number in META.
 */

import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { returnName } from '../domain/log.ts';
import type { ReturnEntry } from '../domain/log.ts';
import type { StorageContext } from './context.ts';
import { waitingOf } from './events.ts';
import { logItem } from './items.ts';
import type { MetaItem } from './items.ts';
import { gatePartition, headKey, logKey, metaKey } from './keys.ts';
import type { ItemKey } from './keys.ts';
import { numberWaiting } from './numbering.ts';
import { readAll, readItemRange } from './reads.ts';

export interface SettledRound {
  /** Events that had an entry already. */
  readonly dropped: number;
  /** The last log number. */
  readonly seq: number;
  readonly returns: number;
  /** What releases up to 0.3 would take for something else, or not read. */
  readonly unknownBefore: readonly Unknown[];
}

type Unknown = 'draft' | 'units' | 'figuresReleased' | 'exceptions';

interface Entries {
  /** The newest entry of each return. */
  readonly last: ReadonlyMap<string, ReturnEntry>;
  /** Σ figures were released: an entry that releases up to 0.3 do not know. */
  readonly hasReleases: boolean;
}

async function readEntries(context: StorageContext, round: string): Promise<Entries> {
  const last = new Map<string, ReturnEntry>();
  let hasReleases = false;
  for await (const item of readItemRange(context, { pk: logKey(round, 1).pk })) {
    const { entry } = logItem.parse(item);
    if ('return' in entry) last.set(returnName(entry.return.form, entry.return.unit), entry);
    hasReleases ||= entry.what === 'figuresReleased';
  }
  return { last, hasReleases };
}

/** They show a draft to municipalities, ask a form of all units, and stop at an entry that they do not know. */
function unknownIn({ draft, units }: MetaItem, hasReleases: boolean): Unknown[] {
  return [
    ...(draft === undefined ? [] : (['draft'] as const)),
    ...(units === undefined ? [] : (['units'] as const)),
    ...(hasReleases ? (['figuresReleased'] as const) : []),
  ];
}

async function remove({ client, table }: StorageContext, { pk, sk }: ItemKey): Promise<void> {
  await client.send(new DeleteCommand({ TableName: table, Key: { pk, sk } }));
}

async function dropLogged(context: StorageContext, round: string): Promise<number> {
  const { last } = await readEntries(context, round);
  const logged = (await waitingOf(context, round)).filter(({ event }) => {
    const entry = last.get(returnName(event.return.form, event.return.unit));
    return entry !== undefined && event.event <= (entry.event ?? entry.seq);
  });
  for (const item of logged) await remove(context, item);
  return logged.length;
}

/**
 * May be repeated, and ends the same wherever it was cut off. `undefined` for what is no round, or was disposed of.
 *
 * @throws ConditionalCheckFailedException where the round is changed meanwhile
 */
export async function settleRound(context: StorageContext, round: string): Promise<SettledRound | undefined> {
  const { client, table } = context;
  const dropped = await dropLogged(context, round);
  let numbered = await numberWaiting(context, round);
  while (numbered?.isComplete === false) numbered = await numberWaiting(context, round);
  if (numbered === undefined) return undefined;
  const { last, hasReleases } = await readEntries(context, round);
  for (const { return: of, seq, event } of last.values())
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: headKey({ ...of, round }),
        UpdateExpression: 'SET seq = :seq',
        ConditionExpression: event === undefined ? 'seq = :seq' : 'events = :event',
        ExpressionAttributeValues: { ':seq': seq, ...(event === undefined ? {} : { ':event': event }) },
      }),
    );
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: metaKey(round),
      UpdateExpression: 'REMOVE numberedAt',
      ConditionExpression: 'seq = :seq',
      ExpressionAttributeValues: { ':seq': numbered.meta.seq },
    }),
  );
  for (const { sk } of await readAll(context, { pk: gatePartition(round), attributes: ['sk'] }))
    await remove(context, { pk: gatePartition(round), sk: String(sk) });
  const hasExceptions = [...last.values()].some(
    ({ after: { extension, absence, proxy } }) =>
      extension !== undefined || absence !== undefined || proxy !== undefined,
  );
  const unknownBefore = [...unknownIn(numbered.meta, hasReleases), ...(hasExceptions ? (['exceptions'] as const) : [])];
  return { dropped, seq: numbered.meta.seq, returns: last.size, unknownBefore };
}
