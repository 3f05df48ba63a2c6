import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** Files written by an export, and the copies that a publication made of the public ones. */
type Prefix = 'exports' | 'published';

/** The exported and the published files. Private: files reach people through the application. It outlives the stack. */
export class Bucket extends Construct {
  readonly name: string;
  readonly #bucket: s3.Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      // The parts of an upload whose function ended before it could give up.
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.name = this.#bucket.bucketName;
  }

  /** Writes an export, large files in parts, reads it back, and moves `latest.json`. */
  grantWritingExports(grantee: IGrantable): void {
    this.#allow(grantee, ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], 'exports');
  }

  /** Streams exported files to those who may see them. */
  grantReadingExports(grantee: IGrantable): void {
    this.#allow(grantee, ['s3:GetObject'], 'exports');
  }

  /** Copies the public files of an export that it may read to the next edition, and reads them back. */
  grantPublishing(grantee: IGrantable): void {
    this.#allow(grantee, ['s3:GetObject', 's3:PutObject'], 'published');
  }

  #allow(grantee: IGrantable, actions: string[], prefix: Prefix): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions, resources: [this.#bucket.arnForObjects(`${prefix}/*`)] }),
    );
  }
}
