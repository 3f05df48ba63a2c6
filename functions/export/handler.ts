/** The Lambda that writes exports. It is called asynchronously, perhaps more than once for the same export or day. */

import { tmpdir } from 'node:os';
import { forms } from '../../schemas/forms/catalogue.ts';
import { exportEnvironment, readEnvironment } from '../platform/environment.ts';
import { createOperatorLog } from '../platform/logger.ts';
import { createOperatorMetrics } from '../platform/metrics.ts';
import { inRequest } from '../platform/request-context.ts';
import { tableClient } from '../storage/client.ts';
import { createExports } from '../storage/exports.ts';
import { createPublications } from '../storage/publications.ts';
import { filesWhenAsked } from '../storage/files-when-asked.ts';
import { runtimeStorage } from '../storage/runtime.ts';
import { createStore } from '../storage/store.ts';
import { catalogOf } from '../storage/table-catalog.ts';
import { keepHeapSmall } from './heap.ts';
import { exportEvent } from './request.ts';
import { runExport } from './run.ts';
import { runDueExports } from './scheduled.ts';
import { takeDown } from './take-down.ts';

keepHeapSmall();

const environment = readEnvironment(exportEnvironment, process.env);
const metrics = createOperatorMetrics(environment.METRICS_NAMESPACE, 'export');
const countFailure = (): void => metrics.count('StorageErrors');
const table = runtimeStorage(tableClient(environment.DYNAMODB_ENDPOINT, countFailure), environment.TABLE_NAME, forms);

const deps = {
  store: createStore(table),
  exports: createExports(table),
  publications: createPublications(table),
  ...filesWhenAsked({
    endpoint: environment.S3_ENDPOINT,
    bucket: environment.BUCKET_NAME,
    isScanned: environment.UPLOADS_SCANNED === 'yes',
    onFailure: countFailure,
  }),
  forms,
  catalog: catalogOf(environment),
  licence: environment.DATA_LICENCE,
  division: environment.REPORT_DIVISION,
  workDir: tmpdir(),
  now: table.now,
  randomId: table.randomId,
  log: createOperatorLog('export'),
  metrics,
};

async function run(event: unknown): Promise<void> {
  const request = exportEvent.parse(event);
  try {
    if (!('start' in request)) await runExport(deps, request.round, request.exportId);
    else if (request.start === 'take-down') await takeDown(deps, request.round);
    else {
      await runDueExports(deps, request.at);
      // Told only at the end: a day on which it is missing raises the alarm, whatever kept it from coming this far.
      metrics.count('ScheduledRuns');
    }
  } catch (error) {
    deps.log.error('run-failed', error);
    // oxlint-disable-next-line preserve-caught-error -- the runtime would log its message, which may quote an answer
    throw new Error('export failed');
  }
}

export function handler(event: unknown, context?: { readonly awsRequestId: string }): Promise<void> {
  return context === undefined ? run(event) : inRequest({ requestId: context.awsRequestId }, () => run(event));
}
