/** The Lambda that sends the mails of rounds. It is started every few minutes, perhaps more than once. */

import { forms } from '../../schemas/forms/catalogue.ts';
import { mailEnvironment, readEnvironment } from '../platform/environment.ts';
import { createOperatorLog } from '../platform/logger.ts';
import { createOperatorMetrics } from '../platform/metrics.ts';
import { inRequest } from '../platform/request-context.ts';
import { tableClient } from '../storage/client.ts';
import { createSesSender } from '../storage/mail-sender.ts';
import { runtimeStorage } from '../storage/runtime.ts';
import { createStore } from '../storage/store.ts';
import { mailEvent } from './request.ts';
import { noteReturn, runMails } from './run.ts';
import type { MailDeps } from './run.ts';

const environment = readEnvironment(mailEnvironment, process.env);
const metrics = createOperatorMetrics(environment.METRICS_NAMESPACE, 'mail');
const countFailure = (): void => metrics.count('StorageErrors');
const table = runtimeStorage(tableClient(environment.DYNAMODB_ENDPOINT, countFailure), environment.TABLE_NAME, forms);

const deps: MailDeps = {
  store: createStore(table),
  forms,
  sender: createSesSender({
    sender: environment.MAIL_SENDER,
    configurationSet: environment.MAIL_CONFIGURATION_SET,
  }),
  from: environment.MAIL_SENDER,
  site: {
    url: `${environment.SITE_URL}/`,
    prefectureName: environment.PREFECTURE_NAME,
    contact: environment.PREFECTURE_CONTACT,
  },
  now: table.now,
  wait: table.wait,
  randomId: table.randomId,
  log: createOperatorLog('mail'),
  metrics,
};

async function run(event: unknown): Promise<void> {
  const parsed = mailEvent.parse(event);
  try {
    if ('detail' in parsed) await noteReturn(deps, parsed);
    else {
      await runMails(deps, parsed.at);
      metrics.count('ScheduledRuns');
    }
  } catch (error) {
    deps.log.error('run-failed', error);
    // oxlint-disable-next-line preserve-caught-error -- the runtime would log its message, which may quote an address
    throw new Error('mails failed');
  }
}

export function handler(event: unknown, context?: { readonly awsRequestId: string }): Promise<void> {
  return context === undefined ? run(event) : inRequest({ requestId: context.awsRequestId }, () => run(event));
}
