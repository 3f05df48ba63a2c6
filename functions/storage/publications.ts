/**
 * Published editions of a round. A number is reserved under a lease before anything is copied, so that two publications
 * never mix; an abandoned number is taken over. Once an edition is sealed only its log entry is missing, and whoever
 * comes next writes that first. Withdrawing one is a single transaction; whoever shows an edition asks here first.
 */

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LogEntry } from '../domain/log.ts';
import { contentOf, editionToFill, newestOf, whyNotPublished } from '../domain/publication.ts';
import type { PublishedContent } from '../domain/publication.ts';
import type { NewestEdition } from '../domain/publication.ts';
import { editionWithdrawal } from '../../schemas/edition.ts';
import type { EditionWithdrawal } from '../../schemas/edition.ts';
import { manifest as manifestSchema } from '../../schemas/export.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { editionItem, exportItem, isLive, leaseFrom, putOver, Superseded, valueWritten } from './export-items.ts';
import type { ExportItem } from './export-items.ts';
import type { EditionItem } from './export-items.ts';
import { editionKey, editionPrefix, exportKey, logKey } from './keys.ts';
import { countEntry, nextPlace, numberWaiting, putEntry } from './numbering.ts';
import { readAll, readItem } from './reads.ts';
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

/** An edition that was published, perhaps withdrawn since. */
export interface Edition {
  readonly edition: number;
  readonly exportId: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly withdrawal?: EditionWithdrawal | undefined;
}

export interface Publications {
  newestEdition(round: string): Promise<NewestEdition | undefined>;
  /** Oldest first, those that were withdrawn too. */
  editions(round: string): Promise<readonly Edition[]>;
  /**
   * Writes the next log entry and marks edition and export, at once or not at all. Refuses `not-found` and
   * `edition-withdrawn`.
   */
  withdrawEdition(
    round: string,
    edition: number,
    withdrawal: Pick<EditionWithdrawal, 'actor' | 'reason'>,
  ): Promise<Outcome<null>>;
  /** Of one that was withdrawn: its files lie where editions lie no more. */
  filesRemoved(round: string, edition: number): Promise<void>;
  /**
   * The number to fill next. It may be a sealed one of another export, to be completed first. Refuses `not-found`,
   * `export-not-done`, `already-published`, `older-than-published` and `publication-running`.
   */
  reserveEdition(round: string, exportId: string, actor: string): Promise<Outcome<Reservation>>;
  /** Extends the lease. Throws Superseded when it was lost. */
  renewEdition(reservation: Reservation): Promise<void>;
  /** Every file is copied and checked. Throws Superseded. */
  sealEdition(reservation: Reservation): Promise<Reservation>;
  /** Writes the next log entry and marks edition and export as published. Throws Superseded, also after a withdrawal. */
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

async function publishedItems(context: StorageContext, round: string): Promise<EditionItem[]> {
  const items = await readAll(context, { pk: editionKey(round, 1).pk, prefix: editionPrefix });
  return items.map((item) => editionItem.parse(item)).filter(({ status }) => status === 'published');
}

/** With the edition's place in the log; of one published by a release that did not keep it, that of its export, which is before. */
async function newestEdition(context: StorageContext, round: string): Promise<NewestEdition | undefined> {
  const items = await publishedItems(context, round);
  return newestOf(
    await Promise.all(
      items.map(async ({ edition, exportId, seq, withdrawal }) => ({
        edition,
        withdrawal,
        seq: seq ?? exportItem.parse(await readItem(context, exportKey(round, exportId))).asOf?.seq ?? 0,
      })),
    ),
  );
}

/** Of an export that is still being written nothing is known. */
function contentIn({ manifest, asOf }: ExportItem): PublishedContent {
  return manifest === undefined
    ? { seq: asOf?.seq ?? 0, accepted: 0 }
    : contentOf(manifestSchema.parse(JSON.parse(manifest)));
}

async function contentBehind(
  context: StorageContext,
  { exportId }: Pick<Reservation, 'exportId'>,
  round: string,
): Promise<PublishedContent> {
  return contentIn(exportItem.parse(await readItem(context, exportKey(round, exportId))));
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
    const content = last?.status === 'sealed' ? await contentBehind(context, last, round) : undefined;
    const filled = editionToFill(
      wanted && { ...wanted, isLive: isLive(wanted, at), ...contentIn(wanted) },
      last && { ...last, isLive: isLive(last, at), content },
      await newestEdition(context, round),
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

/** Throws Superseded when an edition was withdrawn while the files were copied. */
async function mustFollow(context: StorageContext, { round, edition, exportId }: Reservation): Promise<void> {
  const content = await contentBehind(context, { exportId }, round);
  const problem = whyNotPublished(await newestEdition(context, round), content);
  if (problem !== undefined) throw new Superseded(`edition ${edition} does not follow: ${problem.code}`);
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
    // After the round's place in the log was read: an edition that is taken back moves it on.
    await mustFollow(context, reservation);
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

async function withdrawEdition(
  context: StorageContext,
  round: string,
  edition: number,
  { actor, reason }: Pick<EditionWithdrawal, 'actor' | 'reason'>,
): Promise<Outcome<null>> {
  const { table, now } = context;
  const key = editionKey(round, edition);
  return transact<null>(context, async (operation) => {
    const seen = editionItem.optional().parse(await readItem(context, key));
    if (seen?.status !== 'published') return refused('not-found');
    if (seen.withdrawal !== undefined) return refused('edition-withdrawn');
    const { exportId } = seen;
    const of = exportItem.parse(await readItem(context, exportKey(round, exportId)));
    const numbered = await numberWaiting(context, round);
    if (numbered === undefined) return refused('not-found');
    const place = await nextPlace(context, round, numbered.meta);
    const withdrawal = { at: now().toISOString(), actor, reason };
    const entry: LogEntry = { ...place, ...withdrawal, what: 'editionWithdrawn', exportId, edition };
    const withdrawn: EditionItem = { ...seen, withdrawal: { ...withdrawal, seq: entry.seq }, operation };
    const writes = [
      countEntry(table, round, numbered.meta, place),
      putEntry(table, round, entry, operation),
      putOver(table, { ...withdrawn, ...key }, seen.operation),
      putOver(table, { ...of, ...exportKey(round, exportId), isWithdrawn: true, operation }, of.operation),
    ];
    return done<TransactionStep<null>>({ kind: 'write', writes, proof: logKey(round, entry.seq), value: null });
  });
}

async function filesRemoved(context: StorageContext, round: string, edition: number): Promise<void> {
  const key = editionKey(round, edition);
  const outcome = await transact<null>(context, async (operation) => {
    const { withdrawal, ...seen } = editionItem.parse(await readItem(context, key));
    if (withdrawal === undefined) throw new Error(`edition ${edition} stands`);
    if (withdrawal.filesRemovedAt !== undefined) return done<TransactionStep<null>>({ kind: 'settled', value: null });
    const removed = { ...seen, withdrawal: { ...withdrawal, filesRemovedAt: context.now().toISOString() }, operation };
    const writes = [putOver(context.table, { ...removed, ...key }, seen.operation)];
    return done<TransactionStep<null>>({ kind: 'write', writes, proof: key, value: null });
  });
  valueWritten(outcome);
}

export function createPublications(context: StorageContext): Publications {
  const { now } = context;
  return {
    newestEdition: (round) => newestEdition(context, round),
    editions: async (round) =>
      (await publishedItems(context, round)).map(({ edition, exportId, actor, publishedAt = '', withdrawal }) => ({
        edition,
        exportId,
        publishedAt,
        publishedBy: actor,
        ...(withdrawal === undefined ? {} : { withdrawal: editionWithdrawal.parse(withdrawal) }),
      })),
    withdrawEdition: (round, edition, withdrawal) => withdrawEdition(context, round, edition, withdrawal),
    filesRemoved: (round, edition) => filesRemoved(context, round, edition),
    reserveEdition: (round, exportId, actor) => reserveEdition(context, round, exportId, actor),
    renewEdition: async (reservation) => {
      await changeEdition(context, reservation, { until: leaseFrom(now()) });
    },
    sealEdition: async (reservation) => {
      await mustFollow(context, reservation);
      return changeEdition(context, reservation, {
        status: 'sealed',
        publishedAt: now().toISOString(),
        until: leaseFrom(now()),
      });
    },
    completeEdition: (reservation) => completeEdition(context, reservation),
    releaseEdition: async (reservation) => {
      await changeEdition(context, reservation, { until: now().toISOString() });
    },
  };
}
