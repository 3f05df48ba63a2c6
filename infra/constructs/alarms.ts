/**
 * Whom an alarm reaches. Every construct that can fail demands `alarms`, so that none is left unwatched by forgetting;
 * leaving one unwatched takes {@link noAlarm} and a reason.
 */

import { Stack } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { SnsTopic as SnsTopicTarget } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface Watch {
  /** Statistic and period included. */
  readonly metric: cloudwatch.IMetric;
  /** Rings from this value on; with `below`, under it. */
  readonly threshold: number;
  readonly below?: boolean;
  /** Of how many periods, one after the other. Default 1. */
  readonly periods?: number;
  /** What no data at all means. Default: nothing happened, nothing is wrong. */
  readonly silence?: 'fine' | 'alarm';
  /** Whether its end is told as well: for states, not for events, of which the next period simply has none. */
  readonly tellsEnd?: boolean;
  /** In Japanese, one sentence: what happened. */
  readonly happened: string;
  /** In Japanese, one sentence: what to look at first. */
  readonly first: string;
  /** Heading of the runbook's section. */
  readonly runbook: string;
}

/** What a service tells by itself when it happens, once. */
export interface Notice extends Pick<Watch, 'happened' | 'first' | 'runbook'> {
  readonly pattern: EventPattern;
  /** Paths in the event of what is told with it. */
  readonly details: readonly string[];
}

export interface Alarms {
  add(scope: Construct, id: string, watch: Watch): void;
  /** Tells of events below the construct whose they are. Once for each id. */
  tell(scope: Construct, id: string, notice: Notice): void;
}

interface AlarmTopicProps {
  /** Mail addresses. Each confirms its subscription once. */
  readonly recipients: readonly string[];
  readonly key: IKey;
}

/** As CloudWatch shows it and the mail quotes it. */
function descriptionOf({ happened, first, runbook }: Pick<Watch, 'happened' | 'first' | 'runbook'>): string {
  return `${happened}\nまず: ${first}\n手引: 「${runbook}」`;
}

export class AlarmTopic extends Construct implements Alarms {
  readonly #topic: sns.Topic;

  constructor(scope: Construct, id: string, { recipients, key }: AlarmTopicProps) {
    super(scope, id);
    this.#topic = new sns.Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    // CloudWatch itself publishes, for this account's alarms, and must be able to encrypt with the topic's key.
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    this.#topic.grantPublish(cloudWatch);
    key.grant(cloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey*');
    // So does EventBridge, for which neither policy can name an account: its rules are this account's.
    const events = new ServicePrincipal('events.amazonaws.com');
    this.#topic.grantPublish(events);
    key.grant(events, 'kms:Decrypt', 'kms:GenerateDataKey*');
    for (const recipient of recipients) this.#topic.addSubscription(new EmailSubscription(recipient));
  }

  add(scope: Construct, id: string, watch: Watch): void {
    const { metric, threshold, below = false, periods = 1, silence = 'fine', tellsEnd = false } = watch;
    const alarm = new cloudwatch.Alarm(scope, `${id}Alarm`, {
      metric,
      threshold,
      comparisonOperator: below
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData:
        silence === 'alarm' ? cloudwatch.TreatMissingData.BREACHING : cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: descriptionOf(watch),
    });
    const mail = new SnsAction(this.#topic);
    alarm.addAlarmAction(mail);
    if (tellsEnd) alarm.addOkAction(mail);
  }

  tell(scope: Construct, id: string, notice: Notice): void {
    const told = notice.details.map((path) => EventField.fromPath(path)).join(' ');
    const message = RuleTargetInput.fromMultilineText(`${descriptionOf(notice)}\n${told}`);
    // oxlint-disable-next-line no-new -- a construct joins the tree by being made
    new Rule(scope, `${id}Rule`, {
      eventPattern: notice.pattern,
      targets: [new SnsTopicTarget(this.#topic, { message })],
    });
  }

  /** For whoever checks that people have confirmed. */
  get arn(): string {
    return this.#topic.topicArn;
  }
}

/** Leaves a construct unwatched, and the reason in its metadata. */
export function noAlarm(reason: string): Alarms {
  const leave = (scope: Construct, id: string): void => scope.node.addMetadata('no-alarm', `${id}: ${reason}`);
  return { add: leave, tell: leave };
}

export function sumOver(period: Duration): Pick<cloudwatch.MetricOptions, 'statistic' | 'period'> {
  return { statistic: 'Sum', period };
}
