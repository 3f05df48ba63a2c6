import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { Key } from './key.ts';

interface TableProps {
  readonly key: Key;
  readonly alarms: Alarms;
}

/** In five minutes: what a third of a prefecture's submissions in one minute makes, each tried three times. */
const conflictsExpected = 100;

const reading = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];

/** DynamoDB checks each item of a transaction as the single call that it stands for. */
const writing = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'];

/** Partitions that hold one round's items. */
const ofRounds = [
  'ROUND#*',
  'RETURN#*',
  'IDEM#*',
  'EVENT#*',
  'LOG#*',
  'GATE#*',
  'FILES#*',
  'ACCESS#*',
  'EXPORT#*',
  'MAIL#*',
];

/** The one table: rounds, returns and their versions, the log, the directory. It outlives the stack. */
export class Table extends Construct {
  readonly name: string;
  /** For the backup, which selects it. */
  readonly arn: string;
  /** For the dashboard: reads and writes that were turned away. */
  readonly throttles: MathExpression;
  readonly #table: dynamodb.Table;
  readonly #key: Key;

  /** For the dashboard: transactions that met another one, of which throttles show nothing. */
  readonly conflicts: Metric;

  constructor(scope: Construct, id: string, { key, alarms }: TableProps) {
    super(scope, id);
    this.#key = key;
    this.#table = new dynamodb.Table(this, 'Table', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.name = this.#table.tableName;
    this.arn = this.#table.tableArn;
    this.throttles = this.#throttles();
    this.conflicts = new Metric({
      namespace: 'AWS/DynamoDB',
      metricName: 'TransactionConflict',
      dimensionsMap: { TableName: this.name },
      statistic: Stats.SUM,
      period: Duration.minutes(5),
    });
    alarms.add(this, 'Conflicts', {
      metric: this.conflicts,
      threshold: conflictsExpected,
      happened: `表（DynamoDB）の取引が、5分間に${conflictsExpected}回以上、互いに競合しました。`,
      first: 'ダッシュボードで提出と要求の数を確かめてください。競合した処理は自動でやり直されます。',
      runbook: '保存先に読み書きできない',
    });
    alarms.add(this, 'Throttles', {
      metric: this.throttles,
      threshold: 10,
      happened: '表（DynamoDB）が、5分間に10回以上、要求を制限しました。',
      first: 'ダッシュボードで要求の数を確かめてください。多くは数分で収まり、画面は自動で再試行します。',
      runbook: '保存先に読み書きできない',
    });
  }

  /** Drafts, submissions, decisions, rounds and the directory: everything the web and the API do with the table. */
  grantKeepingReturns(grantee: IGrantable): void {
    this.#allow(grantee, [...reading, ...writing]);
    this.#key.grantTableUse(grantee);
  }

  /** Numbers what waits in a round, reads it as of one log entry, and records how far its export is. */
  grantExportingRounds(grantee: IGrantable): void {
    this.#allow(grantee, reading);
    this.#allow(grantee, ['dynamodb:PutItem'], ['EXPORT#*', 'LOG#*']);
    // The counter moves; what the round is and what stands of its returns cannot be touched.
    this.#allow(grantee, ['dynamodb:UpdateItem'], ['ROUND#*'], ['pk', 'sk', 'seq', 'numberedAt']);
    this.#allow(grantee, ['dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'], ['EVENT#*']);
    this.#key.grantTableUse(grantee);
  }

  /** Removes the items of rounds whose retention has ended, and records that it did: never an account or a directory. */
  grantDisposingOfRounds(grantee: IGrantable): void {
    this.#allow(grantee, reading);
    this.#allow(grantee, ['dynamodb:PutItem'], ['ROUND#*', 'GATE#*']);
    this.#allow(grantee, ['dynamodb:UpdateItem'], ['ROUNDS']);
    this.#allow(grantee, ['dynamodb:BatchWriteItem'], ofRounds);
    this.#key.grantTableUse(grantee);
  }

  /** Numbers what waits in a round, reads it, and records what became of each mail; it changes nothing else. */
  grantSendingMails(grantee: IGrantable): void {
    this.#allow(grantee, reading);
    this.#allow(grantee, ['dynamodb:PutItem'], ['MAIL#*', 'LOG#*']);
    this.#allow(grantee, ['dynamodb:UpdateItem'], ['MAIL#*']);
    this.#allow(grantee, ['dynamodb:UpdateItem'], ['ROUND#*'], ['pk', 'sk', 'seq', 'numberedAt']);
    this.#allow(grantee, ['dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'], ['EVENT#*']);
    this.#key.grantTableUse(grantee);
  }

  #throttles(): MathExpression {
    const events = (metricName: string): Metric =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: this.name },
        statistic: Stats.SUM,
      });
    return new MathExpression({
      // Neither is told of unless there is some of it.
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: { reads: events('ReadThrottleEvents'), writes: events('WriteThrottleEvents') },
      period: Duration.minutes(5),
      label: '制限された要求',
    });
  }

  /**
   * @param partitions the partition keys to which it is limited; all when absent
   * @param attributes the attributes to which it is limited, those of the key among them; all when absent
   */
  #allow(
    grantee: IGrantable,
    actions: readonly string[],
    partitions?: readonly string[],
    attributes?: readonly string[],
  ): void {
    const limits = {
      ...(partitions === undefined ? {} : { 'dynamodb:LeadingKeys': [...partitions] }),
      ...(attributes === undefined ? {} : { 'dynamodb:Attributes': [...attributes] }),
    };
    const conditions = partitions === undefined ? {} : { conditions: { 'ForAllValues:StringLike': limits } };
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: [...actions], resources: [this.#table.tableArn], ...conditions }),
    );
  }
}
