import { Duration, Stack } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { DeadLetters } from './dead-letters.ts';

/** A function that does something every day, or every few minutes, and counts how often it came to its end. */
export interface DailyTask {
  readonly arn: string;
  grantStarting(grantee: iam.IGrantable): void;
  /** What it is sent; {@link scheduledTime} in it becomes the time. */
  readonly dailyInput: object;
  /** Counts one at the end of each run. */
  dailyRuns(period: Duration): IMetric;
  /** In Japanese: 定例の出力. */
  readonly title: string;
  /** Heading of the runbook's section about a run that is missing. */
  readonly runbook: string;
}

interface ScheduleProps {
  readonly task: DailyTask;
  /** `03:00`, in Japan; or how many minutes lie between two starts. */
  readonly at: string | { readonly everyMinutes: number };
  readonly deadLetters: DeadLetters;
  readonly alarms: Alarms;
}

/** What EventBridge Scheduler puts in place of this: the time that was scheduled, the same in every delivery. */
export const scheduledTime = '<aws.scheduler.scheduled-time>';
/** In seconds. */
const hour = 3600;
/** From one run to the next, and two hours for the longest of them with its retries. */
const hoursWithoutRun = { daily: 26, often: 2 };

/**
 * Starts a task once a day, or every few minutes. The scheduler only hands over: it repeats a hand-over that failed for an hour, and then
 * leaves a dead letter; what goes wrong afterwards is repeated by Lambda.
 */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { task, at, deadLetters, alarms }: ScheduleProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    task.grantStarting(role);
    deadLetters.grantLeaving(role);
    const [hours, minutes] = typeof at === 'string' ? at.split(':').map(Number) : [];
    const most = typeof at === 'string' ? hoursWithoutRun.daily : hoursWithoutRun.often;
    const daily = new scheduler.CfnSchedule(this, 'Daily', {
      scheduleExpression:
        typeof at === 'string' ? `cron(${minutes} ${hours} * * ? *)` : `rate(${at.everyMinutes} minutes)`,
      scheduleExpressionTimezone: 'Asia/Tokyo',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: task.arn,
        roleArn: role.roleArn,
        input: JSON.stringify(task.dailyInput),
        retryPolicy: { maximumRetryAttempts: 5, maximumEventAgeInSeconds: hour },
        deadLetterConfig: { arn: deadLetters.arn },
      },
    });
    // It may call only once it is allowed to.
    daily.node.addDependency(role);
    // Silence is what is being looked for. A new deployment therefore starts in alarm, truthfully, since nothing has run
    // yet, and tells of its end after the first night: which also shows that the mails arrive.
    alarms.add(this, 'Missing', {
      metric: task.dailyRuns(Duration.hours(1)),
      threshold: 1,
      below: true,
      periods: most,
      silence: 'alarm',
      tellsEnd: true,
      happened: `${task.title}が${most}時間以上、最後まで実行されていません（新しく配備した日は、最初の実行までこの状態です）。`,
      first: 'EventBridge Scheduler のスケジュールが有効か、前回の実行がどこで止まったかをログで確認してください。',
      runbook: task.runbook,
    });
  }
}
