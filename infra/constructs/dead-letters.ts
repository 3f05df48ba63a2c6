import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';

interface DeadLettersProps {
  readonly alarms: Alarms;
}

/**
 * Work that nobody waits for and that could not be done in spite of every retry: what was asked for, and why it failed.
 * Ids only, no answers. Nothing is taken from here by itself: the operator repeats it and removes the message.
 */
export class DeadLetters extends Construct {
  readonly arn: string;
  readonly queue: sqs.IQueue;

  constructor(scope: Construct, id: string, { alarms }: DeadLettersProps) {
    super(scope, id);
    this.queue = new sqs.Queue(this, 'Queue', {
      // With a key of ours everyone who leaves a letter would need rights on it, and a key that is lost would silence this too.
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.arn = this.queue.queueArn;
    alarms.add(this, 'Waiting', {
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      tellsEnd: true,
      happened: '再試行しても完了しなかった処理が残っています。',
      first: 'SQS のメッセージで、どの処理が、なぜ終わらなかったかを確認してください（14日で消えます）。',
      runbook: '処理が残っている',
    });
  }

  grantLeaving(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }),
    );
  }
}
