import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { LockConfiguration } from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsCustomResource, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { AwsSdkCall } from 'aws-cdk-lib/custom-resources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { copiesRegion } from '../prefectures/regions.ts';

interface OsakaVaultProps {
  /** As the vault in Tokyo has it. */
  readonly lock: LockConfiguration | undefined;
}

const regionSettings = {
  action: 'updateRegionSettings',
  parameters: {
    ResourceTypeOptInPreference: { DynamoDB: true, S3: true },
    ResourceTypeManagementPreference: { DynamoDB: true },
  },
};

/** What a call ends in whose rights have not yet reached the service: IAM takes seconds, seldom a minute. */
const notYetAllowed = 'AccessDenied|InsufficientPrivileges';

/**
 * The vault in Osaka that copies go to. A stack makes resources in its own region only, so this one is made by calls when
 * the stack is made, which do nothing where it is there; it stays when the stack goes. Its recovery points are encrypted
 * with the account's `aws/backup` key of that region, and nobody may delete one or let it expire earlier.
 */
export class OsakaVault extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly region = copiesRegion;
  readonly #log: LogGroup;
  readonly #role: iam.Role;

  constructor(scope: Construct, id: string, { lock }: OsakaVaultProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.#log = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    // Different for each prefecture, and the same when its stack is made again.
    const name = `${stack.stackName}-monthly`;
    this.name = name;
    this.arn = stack.formatArn({
      service: 'backup',
      region: copiesRegion,
      resource: 'backup-vault',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.#role = this.#roleForCalls();
    const vault = { action: 'createBackupVault', parameters: { BackupVaultName: name } };
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'],
          Resource: '*',
        },
      ],
    };
    // The first two may fail for want of rights; from the third on the role's rights have had time to arrive.
    this.#inOrder([
      this.#call('FirstTry', vault, `${name}-first-try`, { forgiven: notYetAllowed }),
      this.#call('SecondTry', vault, `${name}-second-try`, { forgiven: notYetAllowed }),
      this.#call('Vault', vault, name),
      this.#call(
        'Policy',
        {
          action: 'putBackupVaultAccessPolicy',
          parameters: { BackupVaultName: name, Policy: JSON.stringify(policy) },
        },
        `${name}-policy`,
      ),
      // Copies of a table to another region are among what AWS Backup calls advanced, for which the account opts in.
      this.#call('Settings', regionSettings, 'settings', { region: stack.region }),
      ...(lock === undefined
        ? []
        : [
            this.#call(
              'Lock',
              {
                action: 'putBackupVaultLockConfiguration',
                parameters: {
                  BackupVaultName: name,
                  MinRetentionDays: lock.minRetention.toDays(),
                  ...(lock.changeableFor === undefined ? {} : { ChangeableForDays: lock.changeableFor.toDays() }),
                },
              },
              `${name}-lock`,
            ),
          ]),
    ]);
  }

  /** All that any of the calls needs, in the role itself: a policy beside it may come later than its first use. */
  #roleForCalls(): iam.Role {
    const statements = [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.#log.logGroupArn],
      }),
      new iam.PolicyStatement({
        actions: [
          'backup:CreateBackupVault',
          'backup:PutBackupVaultAccessPolicy',
          'backup:PutBackupVaultLockConfiguration',
        ],
        resources: [this.arn],
      }),
      // The storage of a vault and the settings of a region have no name of their own.
      new iam.PolicyStatement({
        actions: ['backup-storage:MountCapsule', 'backup:UpdateRegionSettings'],
        resources: ['*'],
      }),
      new iam.PolicyStatement({
        actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:RetireGrant'],
        resources: [
          Stack.of(this).formatArn({ service: 'kms', region: copiesRegion, resource: 'key', resourceName: '*' }),
        ],
        conditions: { StringEquals: { 'kms:ViaService': `backup.${copiesRegion}.amazonaws.com` } },
      }),
    ];
    return new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Calls: new iam.PolicyDocument({ statements }) },
    });
  }

  #call(
    id: string,
    { action, parameters }: Pick<AwsSdkCall, 'action' | 'parameters'>,
    physicalId: string,
    { region = copiesRegion, forgiven }: { readonly region?: string; readonly forgiven?: string } = {},
  ): AwsCustomResource {
    const call: AwsSdkCall = {
      service: 'Backup',
      action,
      parameters,
      region,
      physicalResourceId: PhysicalResourceId.of(physicalId),
      ignoreErrorCodesMatching: ['AlreadyExistsException', ...(forgiven === undefined ? [] : [forgiven])].join('|'),
    };
    return new AwsCustomResource(this, id, {
      onCreate: call,
      onUpdate: call,
      // Without onDelete the vault outlives the stack.
      installLatestAwsSdk: false,
      logGroup: this.#log,
      role: this.#role,
    });
  }

  #inOrder(calls: readonly AwsCustomResource[]): void {
    for (const [place, call] of calls.entries()) {
      const before = calls[place - 1];
      if (before !== undefined) call.node.addDependency(before);
    }
  }
}
