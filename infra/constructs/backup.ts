/* oxlint-disable no-new -- a construct joins the tree by being made */

import { Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Match, Schedule as Times } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { Bucket } from './bucket.ts';
import type { Key } from './key.ts';
import { BackupCheck } from './backup-check.ts';
import { OsakaVault } from './backup-osaka-vault.ts';
import type { DeadLetters } from './dead-letters.ts';
import { ownIdOf } from './own-id.ts';
import { Schedule } from './schedule.ts';
import type { Table } from './table.ts';
import type { Prefecture } from '../prefectures/schema.ts';

interface BackupProps {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly key: Key;
  readonly retention: Prefecture['retention'];
  readonly deadLetters: DeadLetters;
  readonly alarms: Alarms;
}

/** Longer than a month never is. */
const month = 31;
/** How long a copy is in Tokyo; shorter than any is kept anywhere. */
const inTokyo = Duration.days(35);

/** For which a copy may not go, and for how long a lock that nobody can lift may still be. */
const locks: Readonly<Record<Prefecture['retention']['vaultLock'], backup.LockConfiguration | undefined>> = {
  none: undefined,
  removable: { minRetention: Duration.days(31) },
  permanent: { minRetention: Duration.days(31), changeableFor: Duration.days(7) },
};

/**
 * A copy of the table and the bucket each month, to a vault in Tokyo and on to one in Osaka. From Tokyo it is gone after
 * 35 days, which the table's own history covers by the second. Nobody deletes a copy before its time.
 */
export class Backup extends Construct {
  /** For whoever restores. */
  readonly restoreRoleArn: string;

  constructor(scope: Construct, id: string, { table, bucket, key, retention, deadLetters, alarms }: BackupProps) {
    super(scope, id);
    const lock = locks[retention.vaultLock];
    const vault = new backup.BackupVault(this, 'Vault', {
      backupVaultName: `Yoriai-${ownIdOf(this)}`,
      encryptionKey: key.key,
      blockRecoveryPointDeletion: true,
      ...(lock === undefined ? {} : { lockConfiguration: lock }),
    });
    const osaka = new OsakaVault(this, 'Osaka', { lock });
    const plan = new backup.BackupPlan(this, 'Plan', { backupVault: vault });
    plan.addRule(
      new backup.BackupPlanRule({
        ruleName: 'monthly',
        // After the first day's exports.
        scheduleExpression: Times.cron({ minute: '0', hour: '4', day: '1' }),
        scheduleExpressionTimezone: TimeZone.ASIA_TOKYO,
        startWindow: Duration.hours(2),
        completionWindow: Duration.hours(24),
        deleteAfter: inTokyo,
        copyActions: [
          {
            destinationBackupVault: backup.BackupVault.fromBackupVaultArn(this, 'Copies', osaka.arn),
            deleteAfter: Duration.days(retention.copyMonths * month),
          },
        ],
      }),
    );
    plan.node.addDependency(osaka);
    new backup.BackupSelection(this, 'Selection', {
      backupPlan: plan,
      role: this.#role('Role', key, [
        'service-role/AWSBackupServiceRolePolicyForBackup',
        'AWSBackupServiceRolePolicyForS3Backup',
      ]),
      // Its rights are attached to the role, those for buckets among them.
      disableDefaultBackupPolicy: true,
      resources: [backup.BackupResource.fromArn(table.arn), backup.BackupResource.fromArn(bucket.arn)],
    });
    this.restoreRoleArn = this.#role('RestoreRole', key, [
      'service-role/AWSBackupServiceRolePolicyForRestores',
      'AWSBackupServiceRolePolicyForS3Restore',
    ]).roleArn;
    this.#watch(alarms);
    const check = new BackupCheck(this, 'Check', { vault: osaka, resourceArns: [table.arn, bucket.arn], alarms });
    new Schedule(this, 'DailyCheck', { task: check, at: '06:00', deadLetters, alarms });
  }

  /**
   * What a copy takes of either service is AWS's to know and changes with it: its own policies, not our list of them. The
   * role outlives the stack: without it no recovery point that is left ends when it is due.
   */
  #role(id: string, key: Key, policies: readonly string[]): iam.Role {
    const role = new iam.Role(this, id, {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      managedPolicies: policies.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
      inlinePolicies: { Key: new iam.PolicyDocument({ statements: key.backupStatements() }) },
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return role;
  }

  /** Of jobs of the whole account, which is one prefecture's. */
  #watch(alarms: Alarms): void {
    const told = {
      details: ['$.detail-type', '$.detail.state', '$.detail.resourceArn', '$.detail.statusMessage'],
      first:
        'AWS Backup の「ジョブ」で理由を確かめ、原因を除いてから、同じ資源のオンデマンドバックアップと複写を行ってください。',
      runbook: '復元',
    };
    alarms.tell(this, 'Failed', {
      ...told,
      // Expired: it never started, or did not end in time.
      pattern: {
        source: ['aws.backup'],
        detailType: ['Backup Job State Change', 'Copy Job State Change'],
        detail: { state: ['ABORTED', 'EXPIRED', 'FAILED', 'PARTIAL'] },
      },
      happened: '毎月の控えの作成又は大阪への複写が、始まらなかったか、失敗したか、途中で止まりました。',
    });
    alarms.tell(this, 'Incomplete', {
      ...told,
      pattern: {
        source: ['aws.backup'],
        // A copy that is well has a message too.
        detailType: ['Backup Job State Change'],
        // Any sentence: what is well has none, an empty one or a null, which "anything but" would fit.
        detail: { state: ['COMPLETED'], statusMessage: Match.wildcard('* *') },
      },
      happened: '毎月の控えは作成されましたが、一部が入っていないおそれがあります。',
    });
  }
}
