/** The Lambda that writes exports. It is called asynchronously, perhaps more than once for the same export or day. */

import { tmpdir } from 'node:os';
import { forms } from '../../schemas/forms/catalogue.ts';
import { exportEnvironment, readEnvironment } from '../platform/environment.ts';
import { createOperatorLog } from '../platform/logger.ts';
import { bucketClient, createBucket } from '../storage/bucket.ts';
import { tableClient } from '../storage/client.ts';
import { createExports } from '../storage/exports.ts';
import { runtimeStorage } from '../storage/runtime.ts';
import { createStore } from '../storage/store.ts';
import { exportEvent } from './request.ts';
import { runExport } from './run.ts';
import { runDueExports } from './scheduled.ts';

const environment = readEnvironment(exportEnvironment, process.env);
const table = runtimeStorage(tableClient(environment.DYNAMODB_ENDPOINT), environment.TABLE_NAME, forms);

const deps = {
  store: createStore(table),
  exports: createExports(table),
  bucket: createBucket({ client: bucketClient(environment.S3_ENDPOINT), bucket: environment.BUCKET_NAME }),
  forms,
  licence: environment.DATA_LICENCE,
  report: environment.REPORT_DIVISION === undefined ? {} : { division: environment.REPORT_DIVISION },
  workDir: tmpdir(),
  now: table.now,
  randomId: table.randomId,
  log: createOperatorLog('export'),
};

/** @param event an {@link exportEvent} */
export async function handler(event: unknown): Promise<void> {
  const request = exportEvent.parse(event);
  try {
    if ('start' in request) await runDueExports(deps, request.at);
    else await runExport(deps, request.round, request.exportId);
  } catch {
    // The runtime writes what is thrown to the log, and a message may quote an answer; ours was logged without it.
    throw new Error('export failed');
  }
}
