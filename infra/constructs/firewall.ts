import { Duration, Stack } from 'aws-cdk-lib';
import type { IResolvable } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Edge } from '../prefectures/edge.ts';
import type { SignInWay } from '../prefectures/identity.ts';
import type { Alarms } from './alarms.ts';
import { sumOver } from './alarms.ts';
import { allowed, notAllowed, onlyPrefecture, rulesFor, signInPosts, tooMany } from './firewall-rules.ts';
import type { Protected } from './firewall-rules.ts';
import type { Opening } from './opening.ts';
import { refusalBody } from './refusals.ts';

interface FirewallProps {
  readonly what: Protected;
  readonly resourceArn: string;
  readonly edge: Edge;
  readonly signIn: SignInWay;
  readonly opening: Opening;
  /** From which alone somebody may come while the site is closed; from anywhere without. */
  readonly prefectureNetworks?: readonly string[] | undefined;
  readonly log: CfnDeliveryStream;
  readonly alarms: Alarms;
}

const associations = { site: 'OfStage', signIn: 'OfUserPool', pool: 'OfUserPool' } as const satisfies Record<
  Protected,
  string
>;

/** Headers that carry a session, a token, or the query of the page before: in no log and no sample. */
const secretHeaders = ['cookie', 'authorization', 'x-csrf', 'referer'];

function seen(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  // A sample would show a request as it came.
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}

/** What becomes of whom no rule concerns. */
function defaultFor(what: Protected, { kind }: Edge): wafv2.CfnWebACL.DefaultActionProperty {
  // Of a pool behind our own pages nobody but the application asks anything: nobody reads words of ours.
  if (what === 'pool') return { block: {} };
  if (kind !== 'allowlist') return { allow: {} };
  return { block: { customResponse: { responseCode: 403, customResponseBodyKey: notAllowed } } };
}

/** What is refused before anybody looks at it: too many requests, known attacks, networks that are not listed. */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const { what, resourceArn, edge, signIn, log, alarms } = props;
    const { stackName, region } = Stack.of(this);
    const name = what === 'site' ? stackName : `${stackName}-sign-in`;
    const acl = new wafv2.CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: defaultFor(what, edge),
      rules: this.#rules(props),
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
      visibilityConfig: seen(name),
    });
    // oxlint-disable-next-line no-new -- a construct joins the tree by being made
    new wafv2.CfnWebACLAssociation(this, associations[what], { resourceArn, webAclArn: acl.attrArn });
    this.#keepLog(acl, log);
    const watch = (id: string, rule: string, tooMuch: string): void =>
      alarms.add(this, id, {
        metric: new Metric({
          namespace: 'AWS/WAFV2',
          metricName: 'BlockedRequests',
          dimensionsMap: { WebACL: name, Region: region, Rule: rule },
          ...sumOver(Duration.minutes(5)),
        }),
        threshold: 1,
        happened: `1つの接続元からの${tooMuch}が多すぎるため、一時的に遮断しました。`,
        first: '市町村が共同で使う接続元でないか、遮断の記録で接続元を確認してください。',
        runbook: '市町村から「利用できない」と連絡があった',
      });
    watch('RateLimited', 'RateLimit', what === 'site' ? '通信' : 'サインインの試み');
    if (what === 'site' && signIn === 'own') watch('SignInRateLimited', signInPosts, 'サインインの試み');
  }

  #rules({
    what,
    edge,
    signIn,
    opening,
    prefectureNetworks,
  }: FirewallProps): (wafv2.CfnWebACL.RuleProperty | IResolvable)[] {
    const refusing = rulesFor(what, edge.kind, signIn).map((rule, priority) => ({
      ...rule,
      priority,
      visibilityConfig: seen(rule.name),
    }));
    if (what === 'pool') return refusing;
    const incident =
      prefectureNetworks === undefined
        ? []
        : [
            opening.whileClosed({
              Name: 'Incident',
              Priority: refusing.length,
              VisibilityConfig: {
                MetricName: 'Incident',
                CloudWatchMetricsEnabled: true,
                SampledRequestsEnabled: false,
              },
              ...onlyPrefecture(this.#networks('Prefecture', prefectureNetworks)),
            }),
          ];
    if (edge.kind !== 'allowlist') return [...refusing, ...incident];
    const last = allowed(this.#networks('Networks', edge.networks));
    return [
      ...refusing,
      ...incident,
      { ...last, priority: refusing.length + incident.length, visibilityConfig: seen(last.name) },
    ];
  }

  #networks(id: string, addresses: readonly string[]): string {
    return new wafv2.CfnIPSet(this, id, { scope: 'REGIONAL', ipAddressVersion: 'IPV4', addresses: [...addresses] })
      .attrArn;
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
