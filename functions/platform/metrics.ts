/** What operators count. Numbers only: no ids, no answers, and one dimension, the function that counts. */

import { unlessItFails, writeLine } from './logger.ts';

/** Every metric, by the name under which alarms and the dashboard find it. */
export const operatorMetrics = [
  'Submissions',
  /** Calls with a token that is not taken, and sign-ins that came back without one. */
  'RefusedTokens',
  /** Refused because this person may not. */
  'Refusals',
  /** Refused because somebody else was faster, or the return is at another stage. */
  'Conflicts',
  'ExportsDone',
  'ExportsFailed',
  /** Exports that are complete and whose tables the catalogue does not know, or not all of them. */
  'TablesNotRegistered',
  'Publications',
  /** Daily starts that came to their end, of whichever function. */
  'ScheduledRuns',
  /** Calls of the table or the bucket that failed in spite of the SDK's own retries. */
  'StorageErrors',
  /** Calls of the user pool that failed likewise, by our own sign-in pages. */
  'SignInErrors',
  'Disposals',
  'DisposalsFailed',
  /** Refused by the mail service, or given to it with no answer. */
  'MailsFailed',
  /** Came back, or were complained of. */
  'MailsReturned',
] as const;

export type OperatorMetric = (typeof operatorMetrics)[number];

export type OperatorService = 'http' | 'export' | 'disposal' | 'mail';

export interface OperatorMetrics {
  count(metric: OperatorMetric): void;
}

/**
 * Counts by a line of the log that CloudWatch turns into the metric (embedded metric format): no call, and nothing to
 * be flushed, since each line is written at once. An answer that is still being streamed when its function is frozen
 * loses none.
 *
 * @param namespace of the deployment: two in one account count apart
 */
export function createOperatorMetrics(namespace: string, service: OperatorService): OperatorMetrics {
  return {
    count: (metric) => {
      const described = { Namespace: namespace, Dimensions: [['service']], Metrics: [{ Name: metric, Unit: 'Count' }] };
      const _aws = { Timestamp: Date.now(), CloudWatchMetrics: [described] };
      writeLine(process.stdout, { _aws, service, [metric]: 1 });
    },
  };
}

/** On a laptop, where nobody reads metrics. */
export const noMetrics: OperatorMetrics = { count: () => undefined };

/** The same counter, which never breaks the answer that it counts. */
export function neverFailingMetrics(metrics: OperatorMetrics): OperatorMetrics {
  return { count: (metric) => unlessItFails(() => metrics.count(metric)) };
}
