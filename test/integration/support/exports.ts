/** A round with returns, its exports and publications on the real emulators, and failures of any of their calls. */

import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { ExportDeps } from '../../../functions/export/deps.ts';
import type { PublishDeps } from '../../../functions/service/publish.ts';
import { dataPackage } from '../../../functions/export/files/data-package.ts';
import type { Formats } from '../../../functions/export/files/formats.ts';
import { returnTables } from '../../../functions/export/files/return-tables.ts';
import { summaryJson } from '../../../functions/export/files/summary-files.ts';
import { publish } from '../../../functions/service/publish.ts';
import { runExport } from '../../../functions/export/run.ts';
import { requestExport } from '../../../functions/service/start-export.ts';
import type { Outcome } from '../../../functions/domain/outcome.ts';
import { noMetrics } from '../../../functions/platform/metrics.ts';
import { bucketClient, createBucket } from '../../../functions/storage/bucket.ts';
import type { Bucket } from '../../../functions/storage/bucket.ts';
import { exportFileKey, latestFileKey } from '../../../functions/storage/bucket-keys.ts';
import { noUploads } from '../../../functions/service/returns.ts';
import { createExports } from '../../../functions/storage/exports.ts';
import { createPublications } from '../../../functions/storage/publications.ts';
import { latestExport, manifest } from '../../../schemas/export.ts';
import type { LatestExport, Manifest, PublishedEdition } from '../../../schemas/export.ts';
import { Disconnected } from './faults.ts';
import { createRound, returnOf, round, submitFirst, succeed, unitsOfSaitama } from './storage.ts';
import type { TestTable } from './storage.ts';

const silent = { info: () => undefined, error: () => undefined };

/** What is counted, published and corrected, without the workbook and the reports: those take most of an export's time. */
export const tablesOnly: Formats = { returns: [returnTables], documents: [summaryJson, dataPackage] };

/** The calls of several clients in one count. */
class Calls {
  readonly names: string[] = [];
  #nth = 0;
  #when: 'before' | 'after' = 'before';

  /** Fails call number `nth` from now, counted from 1: before it is sent, or after it was answered. */
  fail(nth: number, when: 'before' | 'after'): void {
    this.names.length = 0;
    this.#nth = nth;
    this.#when = when;
  }

  clear(): void {
    this.fail(0, 'before');
  }

  async pass<Answer>(name: string, send: () => Promise<Answer>): Promise<Answer> {
    this.names.push(name);
    const fails = this.names.length === this.#nth;
    if (fails && this.#when === 'before') throw new Disconnected(`${name} was not sent`);
    const answer = await send();
    if (fails) throw new Disconnected(`the answer to ${name} was lost`);
    return answer;
  }
}

export interface ExportSystem {
  readonly table: TestTable;
  readonly bucket: Bucket;
  readonly deps: ExportDeps & PublishDeps;
  readonly calls: Calls;
  /** Starts an export of the system's formats or these, and runs it to its end; gives the outcome of the start. */
  exportRound(formats?: Formats): Promise<Outcome<{ exportId: string }>>;
  publish(exportId: string): Promise<Outcome<PublishedEdition>>;
  manifestOf(exportId: string): Promise<Manifest>;
  latestFile(): Promise<LatestExport>;
}

/** @param formats which files its exports have; default all */
export async function createExportSystem(
  endpoints: { dynamodbEndpoint: string; s3Endpoint: string },
  formats?: Formats,
): Promise<ExportSystem> {
  const table = await createRound(endpoints.dynamodbEndpoint);
  const client = bucketClient(endpoints.s3Endpoint);
  const bucketName = `test-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucketName }));
  const observer = createBucket({ client: bucketClient(endpoints.s3Endpoint), bucket: bucketName });

  const calls = new Calls();
  const first = { step: 'initialize', priority: 'high' } as const;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) =>
        calls.pass(commandName, () => next(args)),
    first,
  );
  table.context.client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) =>
        calls.pass(commandName, () => next(args)),
    first,
  );

  const deps = {
    store: table.store,
    exports: createExports(table.context),
    publications: createPublications(table.context),
    bucket: createBucket({ client, bucket: bucketName }),
    uploads: noUploads,
    forms: table.context.forms,
    workDir: await mkdtemp(join(tmpdir(), 'yoriai-')),
    now: table.context.now,
    randomId: table.context.randomId,
    log: silent,
    metrics: noMetrics,
    ...(formats === undefined ? {} : { formats }),
  };
  return {
    table,
    bucket: observer,
    deps,
    calls,
    exportRound: async (only = formats) => {
      let run: Promise<void> | undefined;
      const dispatch = async (round: string, exportId: string): Promise<void> => {
        run = runExport({ ...deps, ...(only === undefined ? {} : { formats: only }) }, round, exportId);
      };
      const started = await requestExport({ ...deps, dispatch }, round, '県');
      await run?.catch(() => undefined);
      return started;
    },
    publish: (exportId) => publish(deps, round, exportId, '県'),
    manifestOf: async (exportId) =>
      manifest.parse(JSON.parse(await observer.readText(exportFileKey(round, exportId, 'manifest.json')))),
    latestFile: async () => latestExport.parse(JSON.parse(await observer.readText(latestFileKey(round)))),
  };
}

/** The first municipalities submit; of the first `accepted` the prefecture accepts what they say. */
export async function submitReturns({ table }: ExportSystem, submitted: number, accepted: number): Promise<void> {
  for (const [index, unit] of unitsOfSaitama.slice(0, submitted).entries()) {
    const answers = {
      overview: { status: 'established', meetings: index, topics: ['work'] },
      bodies: [{ id: 'b1', name: `全体会,"${unit}"\r\n`, members: 5 }],
      remarks: { memo: '非公表のメモ' },
    };
    await submitFirst(table, returnOf(unit), answers);
    if (index < accepted) succeed(await table.store.decide(returnOf(unit), { version: 1, decision: 'accept' }, '県'));
  }
}
