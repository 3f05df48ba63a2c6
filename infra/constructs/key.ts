import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

interface KeyProps {
  /** Of a key that the prefecture made itself; without it the stack makes one. */
  readonly arn?: string | undefined;
}

/** The services through which a function uses the key; on its own it can decrypt nothing. */
type Service = 'dynamodb' | 's3';

/** What DynamoDB does with the key on behalf of whoever reads and writes. */
const inTable = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
];

/**
 * The key of everything stored: table, bucket, backups and the alarms' topic.
 *
 * One made here turns over every year, allows this account's roles what their own policies say, and outlives the stack.
 * The policy of a key of the prefecture's own cannot be changed from here. It has to allow
 * - the account (`arn:aws:iam::<account>:root`) `kms:*`, or at least `kms:Decrypt`, `kms:Encrypt`, `kms:ReEncrypt*`,
 *   `kms:GenerateDataKey*`, `kms:DescribeKey` and, where `kms:GrantIsForAWSResource` is true, `kms:CreateGrant`, so that
 *   roles' policies decide;
 * - `cloudwatch.amazonaws.com`, with this account as `aws:SourceAccount`, and `events.amazonaws.com` `kms:Decrypt` and
 *   `kms:GenerateDataKey*`: alarms and the rules about backups publish to the encrypted topic themselves.
 */
export class Key extends Construct {
  readonly key: kms.IKey;

  constructor(scope: Construct, id: string, { arn }: KeyProps = {}) {
    super(scope, id);
    this.key =
      arn === undefined
        ? new kms.Key(this, 'Key', {
            description: `${Stack.of(this).stackName}: everything stored`,
            enableKeyRotation: true,
            rotationPeriod: Duration.days(365),
            pendingWindow: Duration.days(30),
            removalPolicy: RemovalPolicy.RETAIN,
          })
        : kms.Key.fromKeyArn(this, 'Key', arn);
  }

  grantTableUse(grantee: IGrantable): void {
    this.#allow(grantee, inTable, 'dynamodb');
  }

  grantReadingObjects(grantee: IGrantable): void {
    this.#allow(grantee, ['kms:Decrypt'], 's3');
  }

  /** Writes objects of the bucket; the parts of a large one are decrypted when they are put together. */
  grantWritingObjects(grantee: IGrantable): void {
    this.#allow(grantee, ['kms:Decrypt', 'kms:GenerateDataKey'], 's3');
  }

  /**
   * For the roles with which AWS Backup copies and restores table and bucket, whose own policies speak of keys only by
   * the services: the vault is encrypted with this key as well.
   */
  backupStatements(): PolicyStatement[] {
    const { region } = Stack.of(this);
    const services = ['backup', 'dynamodb', 's3'].map((service) => `${service}.${region}.amazonaws.com`);
    const resources = [this.key.keyArn];
    return [
      new PolicyStatement({
        actions: [
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
        ],
        resources,
        conditions: { StringEquals: { 'kms:ViaService': services } },
      }),
      new PolicyStatement({
        actions: ['kms:CreateGrant'],
        resources,
        conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
    ];
  }

  #allow(grantee: IGrantable, actions: string[], service: Service): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions,
        resources: [this.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `${service}.${Stack.of(this).region}.amazonaws.com` } },
      }),
    );
  }
}
