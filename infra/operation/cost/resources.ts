/** What a stack has that is paid for by being there, counted in its template. */

import * as z from 'zod';

export interface Resources {
  readonly keys: number;
  readonly firewalls: number;
  readonly firewallRules: number;
  /** Metrics that alarms watch: one that calculates with two pays for two. */
  readonly alarmMetrics: number;
  readonly dashboards: number;
}

const template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

const watched = z.array(z.object({ MetricStat: z.unknown().optional() }));

function metricsOf(alarm: Readonly<Record<string, unknown>>): number {
  const calculated = watched.safeParse(alarm['Metrics']);
  if (!calculated.success) return 1;
  // One that queries metrics names none, and pays for at least one.
  return Math.max(1, calculated.data.filter(({ MetricStat }) => MetricStat !== undefined).length);
}

export function countResources(written: unknown): Resources {
  const all = Object.values(template.parse(written).Resources);
  const ofType = (type: string): Readonly<Record<string, unknown>>[] =>
    all.flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
  const rules = ofType('AWS::WAFv2::WebACL').map(({ Rules }) => z.array(z.unknown()).parse(Rules).length);
  return {
    keys: ofType('AWS::KMS::Key').length,
    firewalls: rules.length,
    firewallRules: rules.reduce((sum, count) => sum + count, 0),
    alarmMetrics: ofType('AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    dashboards: ofType('AWS::CloudWatch::Dashboard').length,
  };
}
