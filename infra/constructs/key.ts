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
 * - `cloudwatch.amazonaws.com`, with this account as `aws:SourceAccount`, `kms:Decrypt` and `kms:GenerateDataKey*`: alarms
 *   publish to the encrypted topic themselves.
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
