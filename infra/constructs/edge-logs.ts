import { Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { ownIdOf } from './own-id.ts';

interface EdgeLogsProps {
  readonly alarms: Alarms;
}

/** What writes a log, and how the stream that takes it must be called. Decision 0008 says why there are streams. */
const writers = {
  access: 'amazon-apigateway-',
  firewall: 'aws-waf-logs-',
  sign_in: 'yoriai-sign-in-',
} as const;

type Writer = keyof typeof writers;

const titles: Readonly<Record<Writer, string>> = {
  access: 'アクセスログ',
  firewall: '遮断の記録',
  sign_in: 'サインインの記録',
};

/** How long a log is kept. */
const kept = Duration.days(365);

/** Who called what, and what the firewall refused: in a bucket that no function of the application can reach. */
export class EdgeLogs extends Construct {
  /** Of the gateway, one line a request. */
  readonly access: CfnDeliveryStream;
  /** Of the firewall, one line for each request that it refused or counted. */
  readonly firewall: CfnDeliveryStream;
  readonly bucket: s3.Bucket;
  readonly #alarms: Alarms;

  constructor(scope: Construct, id: string, { alarms }: EdgeLogsProps) {
    super(scope, id);
    this.#alarms = alarms;
    this.bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // Nothing that was logged can be put out of sight by writing over it.
      versioned: true,
      lifecycleRules: [{ expiration: kept, noncurrentVersionExpiration: kept }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.access = this.#streamOf('access');
    this.firewall = this.#streamOf('firewall');
  }

  /** Of the user pool, what happened to an account. Once; not every pool tells. */
  signIns(): CfnDeliveryStream {
    const stream = this.#streamOf('sign_in');
    // Cognito's own role writes to streams with this tag.
    Tags.of(stream).add('LogDeliveryEnabled', 'true');
    return stream;
  }

  #streamOf(writer: Writer): CfnDeliveryStream {
    const role = new iam.Role(this, `${writer}Role`, {
      assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com', {
        conditions: { StringEquals: { 'sts:ExternalId': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
        resources: [this.bucket.arnForObjects(`${writer}/*`)],
      }),
    );
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [this.bucket.bucketArn],
      }),
    );
    const stream = new CfnDeliveryStream(this, writer, {
      deliveryStreamName: `${writers[writer]}${ownIdOf(this)}`,
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: role.roleArn,
        prefix: `${writer}/!{timestamp:yyyy/MM/dd}/`,
        errorOutputPrefix: `${writer}/failed/!{firehose:error-output-type}/`,
        // The days of the folders, as the office counts them.
        customTimeZone: 'Asia/Tokyo',
        bufferingHints: { intervalInSeconds: 300, sizeInMBs: 5 },
        compressionFormat: 'GZIP',
        // One record a line.
        processingConfiguration: {
          enabled: true,
          processors: [
            {
              type: 'AppendDelimiterToRecord',
              parameters: [{ parameterName: 'Delimiter', parameterValue: String.raw`\n` }],
            },
          ],
        },
      },
    });
    stream.node.addDependency(role);
    this.#alarms.add(this, `${writer}Late`, {
      metric: new Metric({
        namespace: 'AWS/Firehose',
        metricName: 'DeliveryToS3.DataFreshness',
        dimensionsMap: { DeliveryStreamName: stream.ref },
        statistic: 'Maximum',
        period: Duration.minutes(15),
      }),
      threshold: Duration.hours(1).toSeconds(),
      tellsEnd: true,
      happened: `${titles[writer]}が1時間以上保存されていません。`,
      first: 'Amazon Data Firehose の配信エラーを確認してください。',
      runbook: 'アクセスログが届かない',
    });
    return stream;
  }
}
