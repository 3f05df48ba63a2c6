import { readdirSync, readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { noAlarm } from '../../infra/constructs/alarms.ts';
import { operatorMetrics } from '../../functions/platform/metrics.ts';
import { directoryForTest } from './directories.ts';
import { functionNamed, grantsOf, ofType, one, root, synthesisOf, text } from './synthesis.ts';

const saitama = synthesisOf('saitama');

const alarm = z.object({
  id: z.string(),
  Properties: z.object({
    AlarmActions: z.array(z.unknown()),
    OKActions: z.array(z.unknown()).optional(),
    AlarmDescription: z.string(),
    ComparisonOperator: z.string(),
    EvaluationPeriods: z.number(),
    Threshold: z.number(),
    TreatMissingData: z.string(),
    MetricName: z.string().optional(),
    Namespace: z.string().optional(),
    Period: z.number().optional(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).optional(),
  }),
});
const alarms = ofType(saitama, 'AWS::CloudWatch::Alarm').map((each) => alarm.parse(each));
const topic = one(ofType(saitama, 'AWS::SNS::Topic'));
const queue = one(ofType(saitama, 'AWS::SQS::Queue'));
const key = one(ofType(saitama, 'AWS::KMS::Key'));
/** Those of this repository; what the deployment itself runs while it deploys is none of them. */
const functions = ofType(saitama, 'AWS::Lambda::Function').filter(({ id }) => id.includes('NodeFunction'));

/** The alarm below the construct with this name. */
function alarmNamed(prefix: string): z.output<typeof alarm>['Properties'] {
  return one(alarms.filter(({ id }) => id.startsWith(prefix))).Properties;
}

const statements = z.object({ Statement: z.array(z.looseObject({ Effect: z.string(), Principal: z.unknown() })) });

describe('every alarm', () => {
  it('reaches the recipients', () => {
    expect(alarms.length).toBeGreaterThan(10);
    for (const { Properties } of alarms) expect(Properties.AlarmActions).toEqual([{ Ref: topic.id }]);
    const recipients = ofType(saitama, 'AWS::SNS::Subscription').map(({ Properties }) => [
      Properties['Protocol'],
      Properties['Endpoint'],
      Properties['TopicArn'],
    ]);
    expect(recipients).toEqual([['email', 'chousa@saitama.example', { Ref: topic.id }]]);
  });

  it('says in Japanese what happened, what to do first, and where the runbook goes on', () => {
    for (const { Properties } of alarms)
      expect(Properties.AlarmDescription).toMatch(/^[^\n]*[ぁ-ん][^\n]*。\nまず: [^\n]*。\n手引: 「[^\n]+」$/);
  });
});

describe('an alarm', () => {
  it.each([
    ['ExportFailed', 'ExportsFailed', 1],
    ['ExportStorageErrors', 'StorageErrors', 5],
    ['HttpStorageErrors', 'StorageErrors', 5],
    ['HttpRefusedTokens', 'RefusedTokens', 50],
    ['ExportNodeErrors', 'Errors', 1],
    ['HttpNodeErrors', 'Errors', 1],
    ['ExportNodeThrottles', 'Throttles', 1],
    ['HttpNodeThrottles', 'Throttles', 1],
    ['DeadLettersWaiting', 'ApproximateNumberOfMessagesVisible', 1],
    ['GatewayServerErrors', '5XXError', 5],
    ['TableConflicts', 'TransactionConflict', 100],
    ['BackupCheckOverdue', 'Errors', 1],
  ])('%s rings when there are so many %s', (prefix, metric, threshold) => {
    expect(alarmNamed(prefix)).toMatchObject({
      MetricName: metric,
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  it('rings when a daily export is missing: silence is what it looks for, over the day and what a run may take', () => {
    expect(alarmNamed('DailyExportsMissing')).toMatchObject({
      Namespace: 'Yoriai/saitama',
      MetricName: 'ScheduledRuns',
      Dimensions: [{ Name: 'service', Value: 'export' }],
      Period: 3600,
      EvaluationPeriods: 26,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      OKActions: [{ Ref: topic.id }],
    });
  });

  it('rings before a function runs out of time', () => {
    for (const name of ['Http', 'Export'] as const) {
      const { Timeout } = z.object({ Timeout: z.number() }).parse(functionNamed(saitama, name).Properties);
      expect(alarmNamed(`${name}NodeNearTimeout`).Threshold).toBe(Timeout * 800);
    }
  });

  it('rings when the table turns requests away', () => {
    const { Properties } = one(
      ofType(saitama, 'AWS::CloudWatch::Alarm').filter(({ id }) => id.startsWith('TableThrottles')),
    );
    expect(JSON.stringify(Properties['Metrics'])).toMatch(
      /ReadThrottleEvents.*WriteThrottleEvents|WriteThrottleEvents.*ReadThrottleEvents/,
    );
  });

  it('is watching what some function really counts, in the deployment’s own namespace', () => {
    const own = alarms.filter(({ Properties }) => Properties.Namespace?.startsWith('Yoriai') === true);
    expect(own.length).toBeGreaterThan(0);
    for (const { Properties } of own) {
      expect(Properties.Namespace).toBe('Yoriai/saitama');
      expect(operatorMetrics).toContain(Properties.MetricName);
    }
    for (const { Properties } of functions)
      expect(JSON.stringify(Properties['Environment'])).toContain('Yoriai/saitama');
  });

  it('can be left out by name and with a reason only', () => {
    const stack = new Stack(new App({ outdir: directoryForTest(), builtinCloudFormationValidation: false }), 'Test');
    const metric = new Metric({ namespace: 'N', metricName: 'M' });
    noAlarm('試験環境').add(stack, 'Quiet', { metric, threshold: 1, happened: '', first: '', runbook: '' });
    expect(stack.node.metadata).toContainEqual(expect.objectContaining({ type: 'no-alarm', data: 'Quiet: 試験環境' }));
  });

  it('has a construct that demands it: none is optional', () => {
    const folder = new URL('infra/constructs/', root);
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    const sources = files.map((name) => readFileSync(new URL(name, folder), 'utf8'));
    expect(sources.filter((source) => source.includes('alarms: Alarms')).length).toBeGreaterThan(5);
    expect(sources.filter((source) => source.includes('alarms?:'))).toEqual([]);
  });
});

describe('what a service tells by itself', () => {
  const rule = z.object({
    EventPattern: z.unknown(),
    State: z.literal('ENABLED'),
    Targets: z.tuple([
      z.object({
        Arn: z.unknown(),
        InputTransformer: z.object({ InputPathsMap: z.record(z.string(), z.string()), InputTemplate: z.string() }),
      }),
    ]),
  });
  const rules = ofType(saitama, 'AWS::Events::Rule').map(({ Properties }) => rule.parse(Properties));
  const completed = z.object({
    'detail-type': z.array(z.string()),
    detail: z.object({ state: z.tuple([z.literal('COMPLETED')]), statusMessage: z.unknown() }),
  });
  const jobs = { source: ['aws.backup'], 'detail-type': ['Backup Job State Change', 'Copy Job State Change'] };

  it('of backups is that one never began, failed, was given up or lacks something', () => {
    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([
      { ...jobs, detail: { state: ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'] } },
      {
        ...jobs,
        'detail-type': ['Backup Job State Change'],
        detail: { state: ['COMPLETED'], statusMessage: [{ wildcard: '* *' }] },
      },
    ]);
  });

  it('of a copy or a backup that is well is nothing, whether its message is missing, empty or null', () => {
    const ofCompleted = rules.map(({ EventPattern }) => completed.safeParse(EventPattern).data).filter(Boolean);
    expect(ofCompleted).toHaveLength(1);
    for (const pattern of ofCompleted) {
      // AWS Backup speaks of issues in messages of backups alone; a copy that is well has a message.
      expect(pattern?.['detail-type']).not.toContain('Copy Job State Change');
      // "Anything but" fits a null; a wildcard fits texts only, and this one none without a space.
      expect(pattern?.detail.statusMessage).toEqual([{ wildcard: '* *' }]);
    }
  });

  it('reaches the recipients, in Japanese, with the state and the reason', () => {
    for (const { Targets } of rules) {
      const [{ Arn, InputTransformer }] = Targets;
      expect(Arn).toEqual({ Ref: topic.id });
      expect(InputTransformer.InputTemplate).toMatch(/まず: .*手引: 「復元」/s);
      expect(Object.values(InputTransformer.InputPathsMap)).toEqual(
        expect.arrayContaining(['$.detail.state', '$.detail.statusMessage']),
      );
    }
  });
});

describe('the topic of the alarms', () => {
  it('is encrypted with the key, with which CloudWatch may encrypt for this account only', () => {
    expect(topic.Properties['KmsMasterKeyId']).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
    const granted = statements
      .parse(key.Properties['KeyPolicy'])
      .Statement.filter(({ Principal }) => JSON.stringify(Principal).includes('cloudwatch.amazonaws.com'));
    expect(granted).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  it('takes messages of this account’s CloudWatch, and none without TLS', () => {
    const { Properties } = one(ofType(saitama, 'AWS::SNS::TopicPolicy'));
    const { Statement } = statements.parse(Properties['PolicyDocument']);
    expect(Statement).toMatchObject([
      { Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' },
    ]);
  });
});

describe('work that nobody waits for', () => {
  it('is kept when it cannot be done: for two weeks, encrypted, over TLS only', () => {
    expect(queue.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3600 });
    const { Properties } = one(ofType(saitama, 'AWS::SQS::QueuePolicy'));
    expect(statements.parse(Properties['PolicyDocument']).Statement).toMatchObject([
      { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('is repeated by Lambda until the lease of a run that was cut off has ended, and then left', () => {
    const config = one(ofType(saitama, 'AWS::Lambda::EventInvokeConfig').filter(({ id }) => id.startsWith('Export')));
    expect(config.Properties).toMatchObject({
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3600,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue.id, 'Arn'] } } },
    });
    expect(text(config.Properties['FunctionName'])).toBe(`<${functionNamed(saitama, 'Export').id}>`);
  });

  it('is left by the one whose it is, who may do nothing else with the queue', () => {
    const onQueue = grantsOf(saitama, 'Export').filter(({ resources }) => resources.includes(`<${queue.id}.Arn>`));
    expect(onQueue.map(({ actions }) => actions)).toEqual([['sqs:SendMessage']]);
    expect(grantsOf(saitama, 'Http').filter(({ resources }) => resources.includes(`<${queue.id}.Arn>`))).toEqual([]);
  });

  it('is handed over again for an hour, and then left as well', () => {
    const schedules = ofType(saitama, 'AWS::Scheduler::Schedule');
    for (const { Properties } of schedules)
      expect(Properties['Target']).toMatchObject({
        RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queue.id, 'Arn'] } },
      });
  });
});

describe('the log of every function', () => {
  it('is JSON, with the platform’s own lines only where something is wrong', () => {
    expect(functions.length).toBeGreaterThan(1);
    for (const { Properties } of functions)
      expect(Properties['LoggingConfig']).toMatchObject({
        LogFormat: 'JSON',
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'WARN',
      });
  });
});

describe('the dashboard', () => {
  const { Properties } = one(ofType(saitama, 'AWS::CloudWatch::Dashboard'));
  const body = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).parse(Properties['DashboardBody']);
  const written = body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'x')).join('');
  const { widgets } = z
    .object({ widgets: z.array(z.object({ properties: z.object({ title: z.string() }) })) })
    .parse(JSON.parse(written));

  it('shows traffic, errors, latency, the work, storage, dead letters and what the firewall blocked', () => {
    expect(widgets.map(({ properties }) => properties.title)).toEqual([
      '要求の数',
      'エラー',
      '応答時間（ミリ秒）',
      '提出',
      '競合と拒否',
      '出力と公表',
      '保存先',
      '残っている処理',
      '遮断（ファイアウォール）',
      '関数の実行時間（最大、ミリ秒）',
      '関数の同時実行と制限',
      '廃棄',
      'お知らせメール',
    ]);
  });

  it('shows everything that the functions count', () => {
    expect(operatorMetrics.filter((name) => !written.includes(`"${name}"`))).toEqual([]);
  });

  it('has no name of its own that another deployment would have too', () => {
    expect(Properties).not.toHaveProperty('DashboardName');
  });
});
