import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { OperatorMetric, OperatorService } from '../../functions/platform/metrics.ts';

/** What a function of the deployment counts itself, by the names under which it counts. */
export function ownMetric(
  namespace: string,
  service: OperatorService,
  metricName: OperatorMetric,
  period = Duration.minutes(5),
): Metric {
  return new Metric({ namespace, metricName, dimensionsMap: { service }, statistic: Stats.SUM, period });
}
