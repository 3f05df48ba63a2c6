/** The Lambda that writes exports. It is called asynchronously, perhaps more than once for the same export or day. */

import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { forms } from '../../schemas/forms/catalogue.ts';
import { exportEnvironment, readEnvironment } from '../platform/environment.ts';
import { createOperatorLog } from '../platform/logger.ts';
import { bucketClient, createBucket } from '../storage/bucket.ts';
import { tableClient } from '../storage/client.ts';
import { createExports } from '../storage/exports.ts';
import { createStore } from '../storage/store.ts';
import { exportEvent } from './request.ts';
import { runExport } from './run.ts';
import { runDueExports } from './scheduled.ts';

const environment = readEnvironment(exportEnvironment, process.env);
const now = (): Date => new Date();

const table = {
  client: tableClient(environment.DYNAMODB_ENDPOINT),
  table: environment.TABLE_NAME,
  forms,
  now,
  randomId: randomUUID,
  wait: (milliseconds: number) => wait(milliseconds),
  random: Math.random,
};

const deps = {
  store: createStore(table),
  exports: createExports(table),
  bucket: createBucket({ client: bucketClient(environment.S3_ENDPOINT), bucket: environment.BUCKET_NAME }),
  forms,
  licence: environment.DATA_LICENCE,
  workDir: tmpdir(),
  now,
  randomId: randomUUID,
  log: createOperatorLog('export'),
};

/** @param event an {@link exportEvent} */
export async function handler(event: unknown): Promise<void> {
  const request = exportEvent.parse(event);
  if ('start' in request) await runDueExports(deps, request.at);
  else await runExport(deps, request.round, request.exportId);
}
