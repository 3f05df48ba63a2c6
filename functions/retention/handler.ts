/** The Lambda that disposes of rounds whose retention has ended. It is started daily, perhaps more than once. */

import { forms } from '../../schemas/forms/catalogue.ts';
import { disposalEnvironment, readEnvironment } from '../platform/environment.ts';
import { createOperatorLog } from '../platform/logger.ts';
import { createOperatorMetrics } from '../platform/metrics.ts';
import { inRequest } from '../platform/request-context.ts';
import { bucketClient } from '../storage/bucket.ts';
import { tableClient } from '../storage/client.ts';
import { createDisposalFiles } from '../storage/disposal-files.ts';
import { createDisposalSteps } from '../storage/disposal-steps.ts';
import { createDisposals } from '../storage/disposals.ts';
import { runtimeStorage } from '../storage/runtime.ts';
import { catalogOf } from '../storage/table-catalog.ts';
import { disposalEvent } from './request.ts';
import { runDueDisposals } from './run.ts';

const environment = readEnvironment(disposalEnvironment, process.env);
const metrics = createOperatorMetrics(environment.METRICS_NAMESPACE, 'disposal');
const countFailure = (): void => metrics.count('StorageErrors');
const table = runtimeStorage(tableClient(environment.DYNAMODB_ENDPOINT, countFailure), environment.TABLE_NAME, forms);

const deps = {
  disposals: createDisposals(table),
  steps: createDisposalSteps(table),
  files: createDisposalFiles({
    client: bucketClient(environment.S3_ENDPOINT, countFailure),
    bucket: environment.BUCKET_NAME,
  }),
  catalog: catalogOf(environment),
  roundYears: environment.RETENTION_YEARS,
  now: table.now,
  log: createOperatorLog('disposal'),
  metrics,
};

async function run(event: unknown): Promise<void> {
  const { at } = disposalEvent.parse(event);
  try {
    await runDueDisposals(deps, at);
    metrics.count('ScheduledRuns');
  } catch (error) {
    deps.log.error('run-failed', error);
    // oxlint-disable-next-line preserve-caught-error -- the runtime would log its message, which may quote an answer
    throw new Error('disposal failed');
  }
}

export function handler(event: unknown, context?: { readonly awsRequestId: string }): Promise<void> {
  return context === undefined ? run(event) : inRequest({ requestId: context.awsRequestId }, () => run(event));
}
