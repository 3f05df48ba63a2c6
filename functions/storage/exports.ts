/**
 * The records of exports. One export of a round runs at a time: `#RUNNING` names the one started last, and that one
 * holds the place until its record says that it has ended or its lease has run out.
 */

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { manifest as manifestSchema } from '../../schemas/export.ts';
import type { AsOf, Manifest } from '../../schemas/export.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import {
  Superseded,
  exportIdAfter,
  exportItem,
  isLive,
  latestItem,
  leaseFrom,
  putOver,
  runningItem,
  valueWritten,
} from './export-items.ts';
import type { ExportItem } from './export-items.ts';
import { exportIdPattern, exportKey, latestExportKey, runningExportKey } from './keys.ts';
import { readItem } from './reads.ts';
import { putNew, transact } from './transact.ts';
import type { TransactionStep, Write } from './transact.ts';

export interface ExportSummary {
  readonly exportId: string;
  readonly status: 'running' | 'done' | 'failed';
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly asOf?: AsOf;
  /** Returns written, out of how many. */
  readonly done: number;
  readonly total: number;
  readonly problem?: ProblemCode;
  readonly edition?: number;
  /** The edition was taken back. */
  readonly isWithdrawn?: true;
}

export interface ExportRecord extends ExportSummary {
  readonly manifest?: Manifest;
}

interface ExportPage {
  readonly exports: ExportSummary[];
  /** The cursor of the next page; absent on the last. */
  readonly next?: string;
}

interface ExportProgress {
  readonly asOf: AsOf;
  readonly done: number;
  readonly total: number;
}

/** `claimed`: this run writes it. `written`: only `latest.json` is left to do. `settled`: nothing is. */
type Claim = 'claimed' | 'written' | 'settled';

export interface Exports {
  /** Refuses `export-running`, with the id of the one that runs. */
  startExport(round: string, actor: string): Promise<Outcome<{ exportId: string }>>;
  claimExport(round: string, exportId: string, run: string): Promise<Claim>;
  /** Records how far it is and extends its lease. Throws Superseded when the run no longer holds it. */
  renewExport(round: string, exportId: string, run: string, progress: ExportProgress): Promise<void>;
  /**
   * Every file lies in the bucket as the manifest says: makes it the latest export unless one of a greater log number
   * is. Throws Superseded.
   */
  exportWritten(round: string, exportId: string, run: string, manifest: Manifest): Promise<void>;
  /** `latest.json` says so too. */
  exportDone(round: string, exportId: string): Promise<void>;
  /** Ends an export that no other run has claimed; one that is written already stays so. */
  exportFailed(round: string, exportId: string, run: string, problem: ProblemCode): Promise<void>;
  export(round: string, exportId: string): Promise<ExportRecord | undefined>;
  /** Newest first. Refuses `malformed-request` for a cursor that is none. */
  exports(
    round: string,
    page: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Outcome<ExportPage>>;
  /** The good export with the greatest log number. */
  latestExport(round: string): Promise<{ readonly exportId: string; readonly asOf: AsOf } | undefined>;
}

/** What stands, whoever wrote it last: an abandoned export has failed, or is done if everything was written. */
function statusOf(item: ExportItem, now: Date): ExportSummary['status'] {
  if (item.status === 'done' || item.status === 'failed') return item.status;
  if (isLive(item, now)) return 'running';
  return item.status === 'written' ? 'done' : 'failed';
}

function summaryOf(item: ExportItem, now: Date): ExportSummary {
  const status = statusOf(item, now);
  const problem = item.problem ?? (status === 'failed' ? 'internal' : undefined);
  return {
    exportId: item.sk,
    status,
    requestedBy: item.requestedBy,
    requestedAt: item.requestedAt,
    ...(item.asOf === undefined ? {} : { asOf: item.asOf }),
    done: item.done,
    total: item.total,
    ...(problem === undefined ? {} : { problem }),
    ...(item.edition === undefined ? {} : { edition: item.edition }),
    ...(item.isWithdrawn === undefined ? {} : { isWithdrawn: item.isWithdrawn }),
  };
}

function recordOf(item: ExportItem, now: Date): ExportRecord {
  const summary = summaryOf(item, now);
  if (summary.status !== 'done' || item.manifest === undefined) return summary;
  return { ...summary, manifest: manifestSchema.parse(JSON.parse(item.manifest)) };
}

/** `alter` gives the record as it shall be, or `undefined` to leave it; `beside` adds writes to the same transaction. */
async function changeExport(
  context: StorageContext,
  round: string,
  exportId: string,
  alter: (item: ExportItem) => ExportItem | undefined,
  beside: (operation: string) => Promise<Write[]> = async () => [],
): Promise<ExportItem> {
  const key = exportKey(round, exportId);
  const outcome = await transact<ExportItem>(context, async (operation) => {
    const seen = exportItem.parse(await readItem(context, key));
    const altered = alter(seen);
    if (altered === undefined) return done<TransactionStep<ExportItem>>({ kind: 'settled', value: seen });
    const item = { ...altered, operation };
    const writes = [putOver(context.table, { ...item, ...key }, seen.operation), ...(await beside(operation))];
    return done<TransactionStep<ExportItem>>({ kind: 'write', writes, proof: key, value: item });
  });
  return valueWritten(outcome);
}

async function startExport(
  context: StorageContext,
  round: string,
  actor: string,
): Promise<Outcome<{ exportId: string }>> {
  const { table, now } = context;
  return transact<{ exportId: string }>(context, async (operation) => {
    const at = now();
    const running = runningItem.optional().parse(await readItem(context, runningExportKey(round)));
    const previous = running && exportItem.parse(await readItem(context, exportKey(round, running.exportId)));
    if (previous !== undefined && statusOf(previous, at) === 'running')
      return refused('export-running', { exportId: previous.sk });

    const exportId = exportIdAfter(previous?.sk, at, context.random);
    const place = { ...runningExportKey(round), exportId, operation };
    const record = { ...exportKey(round, exportId), ...newExport(actor, at), operation };
    const writes = [
      running === undefined ? putNew(table, place) : putOver(table, place, running.operation),
      putNew(table, record),
      ...abandoned(table, round, previous, operation),
    ];
    return done<TransactionStep<{ exportId: string }>>({
      kind: 'write',
      writes,
      proof: runningExportKey(round),
      value: { exportId },
    });
  });
}

function newExport(actor: string, at: Date): Omit<ExportItem, 'sk' | 'operation'> {
  return {
    status: 'running',
    requestedBy: actor,
    requestedAt: at.toISOString(),
    until: leaseFrom(at),
    done: 0,
    total: 0,
  };
}

/** Settles the record of an abandoned export, so that a run which is still alive after all finds its place taken. */
function abandoned(table: string, round: string, previous: ExportItem | undefined, operation: string): Write[] {
  if (previous === undefined || previous.status === 'done' || previous.status === 'failed') return [];
  const settled =
    previous.status === 'written'
      ? { status: 'done' }
      : { status: 'failed', problem: 'internal' satisfies ProblemCode };
  return [putOver(table, { ...previous, ...exportKey(round, previous.sk), ...settled, operation }, previous.operation)];
}

function held(item: ExportItem, run: string): ExportItem {
  if (item.status !== 'running' || item.run !== run) throw new Superseded(`export ${item.sk} is no longer this run's`);
  return item;
}

/** `#LATEST` never goes back to a smaller log number. */
async function moveLatest(
  context: StorageContext,
  round: string,
  { exportId, asOf }: Manifest,
  operation: string,
): Promise<Write[]> {
  const key = latestExportKey(round);
  const seen = latestItem.optional().parse(await readItem(context, key));
  const item = { ...key, exportId, asOf, operation };
  if (seen === undefined) return [putNew(context.table, item)];
  return seen.asOf.seq <= asOf.seq ? [putOver(context.table, item, seen.operation)] : [];
}

async function listExports(
  { client, table, now }: StorageContext,
  round: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Outcome<ExportPage>> {
  if (cursor !== undefined && !exportIdPattern.test(cursor)) return refused('malformed-request');
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: limit + 1,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: {
        ':pk': exportKey(round, '').pk,
        ':first': '0',
        // Ids begin with a digit, and this character follows the 9.
        ':last': ':',
      },
      ...(cursor === undefined ? {} : { ExclusiveStartKey: exportKey(round, cursor) }),
    }),
  );
  const exports = Items.slice(0, limit).map((item) => summaryOf(exportItem.parse(item), now()));
  const last = exports.at(-1);
  return done({ exports, ...(Items.length > limit && last !== undefined ? { next: last.exportId } : {}) });
}

export function createExports(context: StorageContext): Exports {
  const { now } = context;
  return {
    startExport: (round, actor) => startExport(context, round, actor),
    claimExport: async (round, exportId, run) => {
      const item = await changeExport(context, round, exportId, (seen) =>
        seen.status === 'running' && seen.run === undefined && isLive(seen, now())
          ? { ...seen, run, until: leaseFrom(now()) }
          : undefined,
      );
      if (item.status === 'written') return 'written';
      return item.status === 'running' && item.run === run ? 'claimed' : 'settled';
    },
    renewExport: async (round, exportId, run, progress) => {
      await changeExport(context, round, exportId, (seen) => ({
        ...held(seen, run),
        ...progress,
        until: leaseFrom(now()),
      }));
    },
    exportWritten: async (round, exportId, run, manifest) => {
      await changeExport(
        context,
        round,
        exportId,
        (seen) => ({
          ...held(seen, run),
          status: 'written',
          asOf: manifest.asOf,
          manifest: JSON.stringify(manifest),
          until: leaseFrom(now()),
        }),
        (operation) => moveLatest(context, round, manifest, operation),
      );
    },
    exportDone: async (round, exportId) => {
      await changeExport(context, round, exportId, (seen) =>
        seen.status === 'written' ? { ...seen, status: 'done' } : undefined,
      );
    },
    exportFailed: async (round, exportId, run, problem) => {
      await changeExport(context, round, exportId, (seen) =>
        seen.status === 'running' && (seen.run ?? run) === run ? { ...seen, status: 'failed', problem } : undefined,
      );
    },
    export: async (round, exportId) => {
      if (!exportIdPattern.test(exportId)) return undefined;
      const item = await readItem(context, exportKey(round, exportId));
      return item === undefined ? undefined : recordOf(exportItem.parse(item), now());
    },
    exports: (round, page) => listExports(context, round, page),
    latestExport: async (round) => {
      const item = latestItem.optional().parse(await readItem(context, latestExportKey(round)));
      return item && { exportId: item.exportId, asOf: item.asOf };
    },
  };
}
