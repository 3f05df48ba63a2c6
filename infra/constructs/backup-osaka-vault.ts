import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  PhysicalResourceId,
  type AwsSdkCall,
} from 'aws-cdk-lib/custom-resources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

const osaka = 'ap-northeast-3';

/**
 * The vault in Osaka that copies go to. A stack makes resources in its own region only, so this one is made by a call when
 * the stack is made, which does nothing where it is there; it stays when the stack goes. Its recovery points are encrypted
 * with the account's `aws/backup` key of that region, and nobody may delete one or let it expire earlier.
 */
export class OsakaVault extends Construct {
  readonly arn: string;
  readonly #log: LogGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    this.#log = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    // Different for each prefecture, and the same when its stack is made again.
    const name = `${stack.stackName}-monthly`;
    this.arn = stack.formatArn({
      service: 'backup',
      region: osaka,
      resource: 'backup-vault',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const vault = this.#call('Vault', 'createBackupVault', { BackupVaultName: name }, name, [
      new PolicyStatement({ actions: ['backup:CreateBackupVault'], resources: [this.arn] }),
      // The storage of a vault has no name of its own.
      new PolicyStatement({ actions: ['backup-storage:MountCapsule'], resources: ['*'] }),
      new PolicyStatement({
        actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:RetireGrant'],
        resources: [stack.formatArn({ service: 'kms', region: osaka, resource: 'key', resourceName: '*' })],
        conditions: { StringEquals: { 'kms:ViaService': `backup.${osaka}.amazonaws.com` } },
      }),
    ]);
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
    const parameters = { BackupVaultName: name, Policy: JSON.stringify(policy) };
    this.#call('Policy', 'putBackupVaultAccessPolicy', parameters, `${name}-policy`, [
      new PolicyStatement({ actions: ['backup:PutBackupVaultAccessPolicy'], resources: [this.arn] }),
    ]).node.addDependency(vault);
  }

  #call(
    id: string,
    action: string,
    parameters: object,
    physicalId: string,
    statements: PolicyStatement[],
  ): AwsCustomResource {
    const call: AwsSdkCall = {
      service: 'Backup',
      action,
      parameters,
      region: osaka,
      physicalResourceId: PhysicalResourceId.of(physicalId),
      ignoreErrorCodesMatching: 'AlreadyExistsException',
    };
    return new AwsCustomResource(this, id, {
      onCreate: call,
      onUpdate: call,
      // Without onDelete the vault outlives the stack.
      installLatestAwsSdk: false,
      logGroup: this.#log,
      policy: AwsCustomResourcePolicy.fromStatements(statements),
    });
  }
}
