/* oxlint-disable no-new -- a construct joins the tree by being made */

import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { Bucket } from './bucket.ts';
import type { Key } from './key.ts';
import { OsakaVault } from './backup-osaka-vault.ts';
import { ownIdOf } from './own-id.ts';
import type { Table } from './table.ts';

interface BackupProps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly key: Key;
  /** How long a copy in Osaka is kept. */
  readonly copyMonths: number;
  readonly alarms: Alarms;
}

/** Longer than a month never is. */
const month = 31;

/**
 * A copy of the table and the bucket each month, to a vault in Tokyo and on to one in Osaka. From Tokyo it is gone after
 * 35 days, which the table's own history covers by the second. Nobody deletes a copy before its time.
 */
export class Backup extends Construct {
  constructor(scope: Construct, id: string, { table, bucket, key, copyMonths, alarms }: BackupProps) {
    super(scope, id);
    const vault = new backup.BackupVault(this, 'Vault', {
      backupVaultName: `Yoriai-${ownIdOf(this)}`,
      encryptionKey: key.key,
      blockRecoveryPointDeletion: true,
    });
    const osaka = new OsakaVault(this, 'Osaka');
    const plan = new backup.BackupPlan(this, 'Plan', { backupVault: vault });
    plan.addRule(
      new backup.BackupPlanRule({
        ruleName: 'monthly',
        // After the first day's exports.
        scheduleExpression: Schedule.cron({ minute: '0', hour: '4', day: '1' }),
        scheduleExpressionTimezone: TimeZone.ASIA_TOKYO,
        startWindow: Duration.hours(2),
        completionWindow: Duration.hours(24),
        deleteAfter: Duration.days(35),
        copyActions: [
          {
            destinationBackupVault: backup.BackupVault.fromBackupVaultArn(this, 'Copies', osaka.arn),
            deleteAfter: Duration.days(copyMonths * month),
          },
        ],
      }),
    );
    plan.node.addDependency(osaka);
    new backup.BackupSelection(this, 'Selection', {
      backupPlan: plan,
      role: this.#role(),
      // Its rights are attached to the role, those for buckets among them.
      disableDefaultBackupPolicy: true,
      resources: [backup.BackupResource.fromArn(table.arn), backup.BackupResource.fromArn(bucket.arn)],
    });
    this.#watch(alarms);
  }

  /** What a copy takes of either service is AWS's to know and changes with it: its own policies, not our list of them. */
  #role(): iam.Role {
    return new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      managedPolicies: [
        'service-role/AWSBackupServiceRolePolicyForBackup',
        'AWSBackupServiceRolePolicyForS3Backup',
      ].map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
  }

  #watch(alarms: Alarms): void {
    const jobs = {
      Backup: ['NumberOfBackupJobsFailed', '毎月の控えの作成に失敗しました。'],
      Expired: [
        'NumberOfBackupJobsExpired',
        '毎月の控えの作成が、決められた時間内に始まらなかったか、終わりませんでした。',
      ],
      Copy: ['NumberOfCopyJobsFailed', '毎月の控えの大阪への複写に失敗しました。'],
    } as const;
    for (const [id, [metric, happened]] of Object.entries(jobs))
      alarms.add(this, id, {
        // Whatever dimensions it comes with: of the whole account, which is one prefecture's.
        metric: new cloudwatch.MathExpression({
          expression: `SELECT SUM(${metric}) FROM "AWS/Backup"`,
          label: metric,
          period: Duration.hours(1),
        }),
        threshold: 1,
        happened,
        first:
          'AWS Backup の「ジョブ」で理由を確かめ、原因を除いてから、同じ資源のオンデマンドバックアップと複写を行ってください。',
        runbook: '復元',
      });
  }
}
