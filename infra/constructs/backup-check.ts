import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { sumOver } from './alarms.ts';
import type { Alarms } from './alarms.ts';
import { grantCalling } from './grant-calling.ts';
import type { DailyTask } from './schedule.ts';

interface BackupCheckProps {
  readonly vault: { readonly name: string; readonly region: string; readonly arn: string };
  /** Of what must have a copy. */
  readonly resourceArns: readonly string[];
  readonly alarms: Alarms;
}

/** Looks every day whether the copies in Osaka are there: jobs that were never started tell nothing of themselves. */
export class BackupCheck extends Construct implements DailyTask {
  readonly title = '大阪の控えの確認';
  readonly runbook = '復元';
  readonly dailyInput = {};
  readonly #function: lambda.Function;

  constructor(scope: Construct, id: string, { vault, resourceArns, alarms }: BackupCheckProps) {
    super(scope, id);
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    logGroup.grantWrite(role);
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['backup:DescribeBackupVault', 'backup:ListRecoveryPointsByBackupVault'],
        resources: [vault.arn],
      }),
    );
    this.#function = new lambda.Function(this, 'Function', {
      code: lambda.Code.fromAsset(fileURLToPath(new URL('backup-check/', import.meta.url))),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      timeout: Duration.minutes(1),
      environment: {
        VAULT_NAME: vault.name,
        VAULT_REGION: vault.region,
        RESOURCES: `["${resourceArns.join('","')}"]`,
      },
    });
    alarms.add(this, 'Overdue', {
      metric: this.#function.metricErrors(sumOver(Duration.hours(1))),
      threshold: 1,
      happened: '大阪の控えのうち、32日より新しいものがないか、確かめられませんでした。',
      first: '確認の関数のログで、どの資源の控えがないかを見て、AWS Backup の「ジョブ」で理由を確かめてください。',
      runbook: this.runbook,
    });
  }

  get arn(): string {
    return this.#function.functionArn;
  }

  dailyRuns(period: Duration): IMetric {
    return this.#function.metricInvocations(sumOver(period));
  }

  grantStarting(grantee: iam.IGrantable): void {
    grantCalling(grantee, this.#function);
  }
}
