import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { ScheduledStart } from '../../functions/export/request.ts';
import type { ExportFunction } from './export-function.ts';

interface ScheduleProps {
  readonly exporter: ExportFunction;
  /** `03:00`, in Japan. */
  readonly at: string;
}

/** What EventBridge Scheduler puts in place of this: the time that was scheduled, the same in every delivery. */
const scheduledTime = '<aws.scheduler.scheduled-time>';
/** In seconds. */
const hour = 3600;

/** Starts the exports that are due once a day. The function decides which they are. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { exporter, at }: ScheduleProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    exporter.grantStarting(role);
    const [hours, minutes] = at.split(':').map(Number);
    const input: ScheduledStart = { start: 'due-exports', at: scheduledTime };
    const daily = new scheduler.CfnSchedule(this, 'Daily', {
      scheduleExpression: `cron(${minutes} ${hours} * * ? *)`,
      scheduleExpressionTimezone: 'Asia/Tokyo',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: exporter.arn,
        roleArn: role.roleArn,
        input: JSON.stringify(input),
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: hour },
      },
    });
    // It may call only once it is allowed to.
    daily.node.addDependency(role);
  }
}
