/**
 * Published editions of a round. A number is reserved under a lease before anything is copied, so that two publications
 * never mix; an abandoned number is taken over. Once an edition is sealed only its log entry is missing, and whoever
 * comes next writes that first.
 */

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LogEntry } from '../domain/log.ts';
import { contentOf, editionToFill } from '../domain/publication.ts';
import type { PublishedContent } from '../domain/publication.ts';
import type { NewestEdition } from '../domain/publication.ts';
import { manifest as manifestSchema } from '../../schemas/export.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { editionItem, exportItem, isLive, leaseFrom, putOver, Superseded, valueWritten } from './export-items.ts';
import type { ExportItem } from './export-items.ts';
import type { EditionItem } from './export-items.ts';
import { editionKey, editionPrefix, exportKey, logKey } from './keys.ts';
import { countEntry, nextPlace, numberWaiting, putEntry } from './numbering.ts';
import { readItem } from './reads.ts';
import { putNew, transact } from './transact.ts';
import type { TransactionStep } from './transact.ts';

export interface Reservation {
  readonly round: string;
  readonly edition: number;
  readonly exportId: string;
  readonly owner: string;
  readonly actor: string;
  /** When the edition was sealed: every file is copied and checked. */
  readonly publishedAt?: string;
}

export interface Publications {
  newestEdition(round: string): Promise<NewestEdition | undefined>;
  /**
   * The number to fill next. It may be a sealed one of another export, to be completed first. Refuses `not-found`,
   * `export-not-done`, `already-published`, `older-than-published` and `publication-running`.
   */
  reserveEdition(round: string, exportId: string, actor: string): Promise<Outcome<Reservation>>;
  /** Extends the lease. Throws Superseded when it was lost. */
  renewEdition(reservation: Reservation): Promise<void>;
  /** Every file is copied and checked. Throws Superseded. */
  sealEdition(reservation: Reservation): Promise<Reservation>;
  /** Writes the next log entry and marks edition and export as published. Throws Superseded. */
  completeEdition(reservation: Reservation): Promise<void>;
  /** Gives the number back at once instead of when the lease ends. */
  releaseEdition(reservation: Reservation): Promise<void>;
}

function reservationOf(round: string, item: EditionItem): Reservation {
  const { edition, exportId, owner, actor, publishedAt } = item;
  return { round, edition, exportId, owner, actor, ...(publishedAt === undefined ? {} : { publishedAt }) };
}

async function lastReserved({ client, table }: StorageContext, round: string): Promise<EditionItem | undefined> {
  const { Items } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': editionKey(round, 1).pk, ':prefix': editionPrefix },
    }),
  );
  return editionItem.optional().parse(Items?.[0]);
}

/**
 * The edition's place in the log; of one published by a release that did not keep it, that of its export, which is before.
 *
 * @param last the last number that was reserved, published or not
 */
async function newestOf(
  context: StorageContext,
  round: string,
  last: EditionItem | undefined,
): Promise<NewestEdition | undefined> {
  const edition = last?.status === 'published' ? last.edition : (last?.edition ?? 1) - 1;
  if (edition === 0) return undefined;
  const { seq, exportId } = editionItem.parse(await readItem(context, editionKey(round, edition)));
  if (seq !== undefined) return { edition, seq };
  const { asOf } = exportItem.parse(await readItem(context, exportKey(round, exportId)));
  return { edition, seq: asOf?.seq ?? 0 };
}

/** Of an export that is still being written nothing is known. */
function contentIn({ manifest, asOf }: ExportItem): PublishedContent {
  return manifest === undefined
    ? { seq: asOf?.seq ?? 0, accepted: 0 }
    : contentOf(manifestSchema.parse(JSON.parse(manifest)));
}

async function reserveEdition(
  context: StorageContext,
  round: string,
  exportId: string,
  actor: string,
): Promise<Outcome<Reservation>> {
  const { table, now } = context;
  const owner = context.randomId();
  return transact<Reservation>(context, async (operation) => {
    const at = now();
    const wanted = exportItem.optional().parse(await readItem(context, exportKey(round, exportId)));
    const last = await lastReserved(context, round);
    const filled = editionToFill(
      wanted && { ...wanted, isLive: isLive(wanted, at), ...contentIn(wanted) },
      last && { ...last, isLive: isLive(last, at) },
      await newestOf(context, round, last),
    );
    if (!filled.ok) return filled;
    const { edition, what } = filled.value;
    const ours = { owner, until: leaseFrom(at), operation };
    const item: EditionItem =
      what === 'complete' && last !== undefined
        ? { ...last, ...ours }
        : { edition, exportId, status: 'copying', actor, ...ours };
    const key = editionKey(round, edition);
    const put = { ...key, ...item };
    const write = last?.edition === edition ? putOver(table, put, last.operation) : putNew(table, put);
    const value = reservationOf(round, item);
    return done<TransactionStep<Reservation>>({ kind: 'write', writes: [write], proof: key, value });
  });
}

async function heldEdition(context: StorageContext, { round, edition, owner }: Reservation): Promise<EditionItem> {
  const item = editionItem.parse(await readItem(context, editionKey(round, edition)));
  if (item.owner !== owner) throw new Superseded(`edition ${edition} is no longer this publication's`);
  return item;
}

/** Changes the held edition; the change is ours or none at all. */
async function changeEdition(
  context: StorageContext,
  reservation: Reservation,
  change: Partial<EditionItem>,
): Promise<Reservation> {
  const key = editionKey(reservation.round, reservation.edition);
  const outcome = await transact<Reservation>(context, async (operation) => {
    const seen = await heldEdition(context, reservation);
    const item = { ...seen, ...change, operation };
    const value = reservationOf(reservation.round, item);
    const writes = [putOver(context.table, { ...key, ...item }, seen.operation)];
    return done<TransactionStep<Reservation>>({ kind: 'write', writes, proof: key, value });
  });
  return valueWritten(outcome);
}

async function completeEdition(context: StorageContext, reservation: Reservation): Promise<void> {
  const { table, now } = context;
  const { round, edition, exportId, actor } = reservation;
  const outcome = await transact<null>(context, async (operation) => {
    const seen = await heldEdition(context, reservation);
    if (seen.status === 'published') return done<TransactionStep<null>>({ kind: 'settled', value: null });
    const of = exportItem.parse(await readItem(context, exportKey(round, exportId)));
    const numbered = await numberWaiting(context, round);
    if (numbered === undefined) throw new Error(`no round ${round}`);
    const place = await nextPlace(context, round, numbered.meta);
    const entry: LogEntry = { ...place, actor, at: now().toISOString(), what: 'published', exportId, edition };
    const published: EditionItem = { ...seen, status: 'published', seq: entry.seq, operation };
    const writes = [
      countEntry(table, round, numbered.meta, place),
      putEntry(table, round, entry, operation),
      putOver(table, { ...editionKey(round, edition), ...published }, seen.operation),
      putOver(table, { ...of, ...exportKey(round, exportId), edition, operation }, of.operation),
    ];
    return done<TransactionStep<null>>({ kind: 'write', writes, proof: logKey(round, entry.seq), value: null });
  });
  valueWritten(outcome);
}

export function createPublications(context: StorageContext): Publications {
  const { now } = context;
  return {
    newestEdition: async (round) => newestOf(context, round, await lastReserved(context, round)),
    reserveEdition: (round, exportId, actor) => reserveEdition(context, round, exportId, actor),
    renewEdition: async (reservation) => {
      await changeEdition(context, reservation, { until: leaseFrom(now()) });
    },
    sealEdition: (reservation) =>
      changeEdition(context, reservation, {
        status: 'sealed',
        publishedAt: now().toISOString(),
        until: leaseFrom(now()),
      }),
    completeEdition: (reservation) => completeEdition(context, reservation),
    releaseEdition: async (reservation) => {
      await changeEdition(context, reservation, { until: now().toISOString() });
    },
  };
}
