import type { Outcome } from '../domain/outcome.ts';
import type { OperatorMetric, OperatorMetrics } from '../platform/metrics.ts';

/**
 * The same action, counted when it is done; refusals and failures are counted where they are answered.
 *
 * @param isNew whether it was done now; what is only said once more does not count
 */
export function counting<Given extends readonly unknown[], T>(
  metrics: OperatorMetrics,
  metric: OperatorMetric,
  action: (...given: Given) => Promise<Outcome<T>>,
  isNew: (value: T) => boolean = () => true,
): (...given: Given) => Promise<Outcome<T>> {
  return async (...given) => {
    const outcome = await action(...given);
    if (outcome.ok && isNew(outcome.value)) metrics.count(metric);
    return outcome;
  };
}
