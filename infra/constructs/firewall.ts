import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Edge } from '../prefectures/edge.ts';
import type { Alarms } from './alarms.ts';
import { sumOver } from './alarms.ts';
import { notAllowed, rulesFor, tooMany } from './firewall-rules.ts';
import { refusalBody } from './refusals.ts';

interface FirewallProps {
  readonly edge: Edge;
  /** Of the gateway's stage. */
  readonly stageArn: string;
  readonly log: CfnDeliveryStream;
  readonly alarms: Alarms;
}

/** Headers that carry a session, a token, or the query of the page before: in no log and no sample. */
const secretHeaders = ['cookie', 'authorization', 'x-csrf', 'referer'];

function seen(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  // A sample would show a request as it came.
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

/** What is refused before the gateway looks at it: too many requests, known attacks, networks that are not listed. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, { edge, stageArn, log, alarms }: FirewallProps) {
    super(scope, id);
    const { stackName, region } = Stack.of(this);
    const networks =
      edge.kind === 'allowlist'
        ? new wafv2.CfnIPSet(this, 'Networks', {
            scope: 'REGIONAL',
            ipAddressVersion: 'IPV4',
            addresses: [...edge.networks],
          })
        : undefined;
    const rules = rulesFor(edge.kind, networks?.attrArn);
    const acl = new wafv2.CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction:
        edge.kind === 'allowlist'
          ? { block: { customResponse: { responseCode: 403, customResponseBodyKey: notAllowed } } }
          : { allow: {} },
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: seen(rule.name) })),
      customResponseBodies: Object.fromEntries(
        // The firewall cannot say problem+json; the members are the same.
        ([tooMany, notAllowed] as const).map((code) => [
          code,
          { contentType: 'APPLICATION_JSON', content: refusalBody(code) },
        ]),
      ),
      dataProtectionConfig: {
        dataProtections: [
          { action: 'SUBSTITUTION', field: { fieldType: 'QUERY_STRING' } },
          { action: 'SUBSTITUTION', field: { fieldType: 'BODY' } },
          { action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', fieldKeys: secretHeaders } },
        ],
      },
      visibilityConfig: seen(stackName),
    });
    // oxlint-disable-next-line no-new -- a construct joins the tree by being made
    new wafv2.CfnWebACLAssociation(this, 'OfStage', { resourceArn: stageArn, webAclArn: acl.attrArn });
    this.#keepLog(acl, log);
    alarms.add(this, 'RateLimited', {
      metric: new Metric({
        namespace: 'AWS/WAFV2',
        metricName: 'BlockedRequests',
        dimensionsMap: { WebACL: stackName, Region: region, Rule: 'RateLimit' },
        ...sumOver(Duration.minutes(5)),
      }),
      threshold: 1,
      happened: '1つの接続元からの通信が多すぎるため、一時的に遮断しました。',
      first: '市町村が共同で使う接続元でないか、遮断の記録で接続元を確認してください。',
      runbook: '市町村から「利用できない」と連絡があった',
    });
  }

  /** What was let through unremarked is in the gateway's log already. */
  #keepLog(acl: wafv2.CfnWebACL, log: CfnDeliveryStream): void {
    const kept = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'];
    // oxlint-disable-next-line no-new -- a construct joins the tree by being made
    new wafv2.CfnLoggingConfiguration(this, 'Log', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [log.attrArn],
      redactedFields: [{ queryString: {} }, ...secretHeaders.map((name) => ({ singleHeader: { Name: name } }))],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: kept.map((action) => ({ ActionCondition: { Action: action } })),
          },
        ],
      },
    });
  }
}
