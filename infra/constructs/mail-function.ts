import { Duration, Stack } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import * as ses from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { ScheduledMails } from '../../functions/mail/request.ts';
import type { MailVariables } from '../../functions/platform/environment.ts';
import type { Alarms } from './alarms.ts';
import type { DeadLetters } from './dead-letters.ts';
import { grantCalling } from './grant-calling.ts';
import { NodeFunction } from './node-function.ts';
import { ownMetric } from './own-metric.ts';
import { scheduledTime } from './schedule.ts';
import type { DailyTask } from './schedule.ts';
import { watchStorageErrors } from './storage-errors.ts';

interface MailFunctionProps {
  readonly environment: Omit<MailVariables, 'MAIL_CONFIGURATION_SET'>;
  readonly deadLetters: DeadLetters;
  readonly alarms: Alarms;
}

/** Sends the mails of rounds every few minutes, and hears of those that did not arrive. Only where there is a sender. */
export class MailFunction extends Construct implements IGrantable, DailyTask {
  readonly grantPrincipal: IPrincipal;
  readonly title = 'お知らせメールの送信';
  readonly runbook = 'メールが送られない・届かない';
  readonly dailyInput: ScheduledMails = { start: 'due-mails', at: scheduledTime };
  readonly #function: IFunction;
  readonly #namespace: string;

  constructor(scope: Construct, id: string, { environment, deadLetters, alarms }: MailFunctionProps) {
    super(scope, id);
    this.#namespace = environment.METRICS_NAMESPACE;
    // Whoever is known to have no mailbox, or complained, is written to no more: it would harm those who are.
    const set = new ses.CfnConfigurationSet(this, 'Set', {
      suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    this.#function = new NodeFunction(this, 'Node', {
      title: 'お知らせメール',
      entry: 'functions/mail/handler.ts',
      timeout: Duration.minutes(15),
      memorySize: 512,
      environment: { ...environment, MAIL_CONFIGURATION_SET: set.ref },
      deadLetters,
      alarms,
    }).function;
    this.grantPrincipal = this.#function.grantPrincipal;
    this.#mayWriteAs(environment.MAIL_SENDER, set);
    this.#hearOfReturns(set);
    this.#watch(alarms);
  }

  /** As this address alone, and through this set, which tells what became of a mail. */
  #mayWriteAs(sender: string, set: ses.CfnConfigurationSet): void {
    const stack = Stack.of(this);
    const arnOf = (resource: string, resourceName: string): string =>
      stack.formatArn({ service: 'ses', resource, resourceName });
    this.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail', 'ses:SendRawEmail'],
        resources: [arnOf('identity', sender.slice(sender.indexOf('@') + 1)), arnOf('configuration-set', set.ref)],
        conditions: { StringEquals: { 'ses:FromAddress': sender } },
      }),
    );
  }

  #hearOfReturns(set: ses.CfnConfigurationSet): void {
    const bus = Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
    const told = new ses.CfnConfigurationSetEventDestination(this, 'Returns', {
      configurationSetName: set.ref,
      eventDestination: {
        enabled: true,
        matchingEventTypes: ['bounce', 'complaint', 'reject'],
        eventBridgeDestination: { eventBusArn: bus },
      },
    });
    told.node.addDependency(
      new Rule(this, 'Told', {
        eventPattern: { source: ['aws.ses'], detail: { mail: { tags: { 'ses:configuration-set': [set.ref] } } } },
        targets: [new LambdaFunction(this.#function, { retryAttempts: 5, maxEventAge: Duration.hours(1) })],
      }),
    );
  }

  #watch(alarms: Alarms): void {
    const { runbook } = this;
    alarms.add(this, 'Failed', {
      metric: ownMetric(this.#namespace, 'mail', 'MailsFailed'),
      threshold: 1,
      happened: '市町村へのメールを送れなかったか、送れたかどうかが分かりません。自動では再送されません。',
      first: '画面の「メール」で「失敗」「不明」のメールを確かめ、必要なものを再送してください。',
      runbook,
    });
    alarms.add(this, 'Returned', {
      metric: ownMetric(this.#namespace, 'mail', 'MailsReturned'),
      threshold: 1,
      happened: '市町村へのメールが届かずに戻ったか、迷惑メールとして報告されました。',
      first: '画面の「メール」で「不達」の市町村を確かめ、連絡先のアドレスを直してください。',
      runbook,
    });
    watchStorageErrors(alarms, {
      scope: this,
      namespace: this.#namespace,
      service: 'mail',
      purpose: 'お知らせメール',
    });
  }

  get arn(): string {
    return this.#function.functionArn;
  }

  dailyRuns(period: Duration): IMetric {
    return ownMetric(this.#namespace, 'mail', 'ScheduledRuns', period);
  }

  grantStarting(grantee: IGrantable): void {
    grantCalling(grantee, this.#function);
  }
}
