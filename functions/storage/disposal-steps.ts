/**
 * The steps of a disposal. Each may be repeated, and a run that ends anywhere is taken up by the next: the record is
 * written first and closes the round; what will be removed is counted before any of it is; a return's HEAD goes last, so
 * that what is left of the return is still found. What lies under SESSION# names no round, and is gone after two weeks.
 */

import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Disposal, Removed } from '../../schemas/disposal.ts';
import type { ReturnKey } from '../../schemas/return.ts';
import type { RetainedRound } from '../domain/disposal.ts';
import { notStarted } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { backoff } from './backoff.ts';
import type { StorageContext } from './context.ts';
import { waitingOf } from './events.ts';
import { closeRound } from './disposals.ts';
import { putOver } from './export-items.ts';
import { closeGates } from './gates.ts';
import { disposedItem, logItem, metaItem } from './items.ts';
import {
  accessKey,
  editionPrefix,
  eventPartitions,
  exportKey,
  filesPartition,
  gatePartition,
  headKey,
  headPrefix,
  idempotencyKey,
  logKey,
  mailKey,
  metaKey,
  returnOfHead,
  roundListKey,
  versionKey,
  versionPrefix,
} from './keys.ts';
import type { ItemKey } from './keys.ts';
import { noteKeysOf } from './notes.ts';
import { readAll, readItem, readItemRange } from './reads.ts';
import { roundsOf } from './round-list.ts';
import { createRoundSettings } from './round-settings.ts';
import { sha256 } from './seal.ts';
import { transact } from './transact.ts';
import type { TransactionStep } from './transact.ts';

export interface DisposalSteps {
  /** Every round that is not disposed of, and when it came in. */
  retainedRounds(): Promise<RetainedRound[]>;
  /** Closes the round to everybody and writes the record. Without effect where that was done. Refuses `not-found`. */
  beginDisposal(round: string): Promise<Outcome<Disposal>>;
  /** What is there to be removed, but for the files. Nothing is added from then on. */
  countItems(round: string): Promise<Omit<Removed, 'files' | 'uploads'>>;
  /** Completes the record with what was counted, or with the end. */
  recordDisposal(round: string, progress: Pick<Disposal, 'removed'> | Pick<Disposal, 'disposedAt'>): Promise<Disposal>;
  /** Removes every item of the round but the record; gives how many there were. */
  removeItems(round: string): Promise<number>;
}

/** As many as a BatchWriteItem takes. */
const batchSize = 25;

type Deletion = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

async function deleteItems(context: StorageContext, keys: readonly ItemKey[]): Promise<void> {
  const { client, table } = context;
  const pause = backoff(context);
  let left: Deletion = keys.map((key) => ({ DeleteRequest: { Key: key } }));
  while (left.length > 0) {
    const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { [table]: left } }));
    const unprocessed = UnprocessedItems?.[table] ?? [];
    if (unprocessed.length === left.length && !(await pause()))
      throw new Error(`${left.length} items stayed unprocessed`);
    left = unprocessed;
  }
}

async function removePartition(context: StorageContext, pk: string, but?: string): Promise<number> {
  let removed = 0;
  let batch: ItemKey[] = [];
  for await (const { sk } of readItemRange(context, { pk, attributes: ['sk'] })) {
    if (sk === but) continue;
    batch.push({ pk, sk: String(sk) });
    if (batch.length < batchSize) continue;
    await deleteItems(context, batch);
    removed += batch.length;
    batch = [];
  }
  await deleteItems(context, batch);
  return removed + batch.length;
}

/** What the prefecture noted about the round; notes about its forms and units stay. */
async function removeNotes(context: StorageContext, round: string): Promise<number> {
  const keys = await noteKeysOf(context, round);
  for (let from = 0; from < keys.length; from += batchSize)
    await deleteItems(context, keys.slice(from, from + batchSize));
  return keys.length;
}

async function headsOf(context: StorageContext, round: string): Promise<string[]> {
  const heads = await readAll(context, { pk: metaKey(round).pk, prefix: headPrefix, attributes: ['sk'] });
  return heads.map(({ sk }) => String(sk));
}

/** No change of the return that has read it before can be written any more. */
async function closeHead({ client, table }: StorageContext, key: ReturnKey): Promise<void> {
  const item = { ...headKey(key), standing: JSON.stringify(notStarted) };
  await client.send(new PutCommand({ TableName: table, Item: item }));
}

export function createDisposalSteps(context: StorageContext): DisposalSteps {
  const { table, now } = context;

  return {
    retainedRounds: async () => {
      const rounds = roundsOf(await readItem(context, roundListKey));
      return Promise.all(
        rounds.map(async (round) => {
          const { entry } = logItem.parse(await readItem(context, logKey(round.id, 1)));
          return { round, cameInAt: entry.at };
        }),
      );
    },

    beginDisposal: (round) =>
      transact<Disposal>(context, async (operation) => {
        const item = await readItem(context, metaKey(round));
        if (item === undefined) return refused('not-found');
        if ('disposal' in item)
          return done<TransactionStep<Disposal>>({ kind: 'settled', value: disposedItem.parse(item).disposal });
        const { seq, definition } = metaItem.parse(item);
        const { name, fiscalYear, referenceDate } = definition;
        const begunAt = now().toISOString();
        const { settings } = await createRoundSettings(context).publicAddress(round);
        const wasPublic = settings.isOpen ? ({ wasPublic: true } as const) : {};
        const disposal: Disposal = { round, name, fiscalYear, referenceDate, actor: 'system', ...wasPublic, begunAt };
        const writes = [...closeRound(table, disposal, { seq }, operation), ...closeGates(table, round)];
        return done<TransactionStep<Disposal>>({ kind: 'write', writes, proof: metaKey(round), value: disposal });
      }),

    countItems: async (round) => {
      const heads = await headsOf(context, round);
      for (const sk of heads) await closeHead(context, { ...returnOfHead(sk), round });
      const hashes: string[] = [];
      for (const sk of heads) {
        const { pk } = versionKey({ ...returnOfHead(sk), round }, 1);
        const versions = await readAll(context, { pk, prefix: versionPrefix, attributes: ['sha256'] });
        hashes.push(...versions.map((version) => String(version['sha256'])));
      }
      const log = await readAll(context, { pk: logKey(round, 1).pk, attributes: ['sk'] });
      const editions = await readAll(context, {
        pk: exportKey(round, '').pk,
        prefix: editionPrefix,
        attributes: ['edition', 'withdrawal'],
      });
      const withdrawn = editions
        .filter((item) => item['withdrawal'] !== undefined)
        .map((item) => Number(item['edition']));
      return {
        returns: heads.length,
        versions: hashes.length,
        // What waits for a number gets none any more.
        logEntries: log.length + (await waitingOf(context, round)).length,
        editions: editions.length,
        ...(withdrawn.length === 0 ? {} : { withdrawnEditions: withdrawn }),
        sha256: sha256(
          hashes
            .toSorted()
            .map((hash) => `${hash}\n`)
            .join(''),
        ),
      };
    },

    recordDisposal: async (round, progress) => {
      const outcome = await transact<Disposal>(context, async (operation) => {
        const seen = disposedItem.parse(await readItem(context, metaKey(round)));
        const disposal = { ...progress, ...seen.disposal };
        const record = { ...metaKey(round), disposal: JSON.stringify(disposal), operation };
        const writes = [putOver(table, record, seen.operation)];
        return done<TransactionStep<Disposal>>({ kind: 'write', writes, proof: metaKey(round), value: disposal });
      });
      if (!outcome.ok) throw new Error(`not written: ${outcome.problem.code}`);
      return outcome.value;
    },

    removeItems: async (round) => {
      let removed = 0;
      for (const sk of await headsOf(context, round)) {
        const key = { ...returnOfHead(sk), round };
        removed += await removePartition(context, versionKey(key, 1).pk);
        removed += await removePartition(context, idempotencyKey(key, '').pk);
        await deleteItems(context, [{ pk: metaKey(round).pk, sk }]);
        removed += 1;
      }
      removed += await removePartition(context, metaKey(round).pk, metaKey(round).sk);
      const others = [
        logKey(round, 1).pk,
        accessKey(round, '', '').pk,
        exportKey(round, '').pk,
        mailKey(round, '', '').pk,
      ];
      for (const pk of [...eventPartitions(round), ...others, gatePartition(round), filesPartition(round)])
        removed += await removePartition(context, pk);
      return removed + (await removeNotes(context, round));
    },
  };
}
