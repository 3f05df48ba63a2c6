import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Audience } from '../../functions/domain/summary.ts';
import type { Key } from './key.ts';

interface BucketProps {
  readonly key: Key;
}

/** Files written by an export, the copies that a publication made of the public ones, and what was sent for returns. */
type Prefix = 'exports' | 'published' | 'uploads';

/** Of the results of questions in SQL, which hold what was asked. */
const queryPrefix = 'queries';

/**
 * The exported and the published files, and those sent for returns. Private: files reach people through the application. It outlives the stack.
 *
 * An export stays until its round is disposed of: a publication and the errata of a later one read it. What was
 * overwritten or removed under `exports/` and `uploads/` is gone for good after a month; under `published/` nothing ever is.
 */
export class Bucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly #bucket: s3.Bucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string, { key }: BucketProps) {
    super(scope, id);
    this.#key = key;
    this.#bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: key.key,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        // The parts of an upload whose function ended before it could give up.
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...['exports/', 'uploads/'].map((prefix) => ({
          prefix,
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        })),
        { prefix: `${queryPrefix}/`, expiration: Duration.days(7), noncurrentVersionExpiration: Duration.days(1) },
      ],
      serverAccessLogsBucket: this.#accessLog(),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Said here because the monthly backup would switch it on, and the bucket then differ from its template.
    if (this.#bucket.node.defaultChild instanceof s3.CfnBucket)
      this.#bucket.node.defaultChild.notificationConfiguration = {
        eventBridgeConfiguration: { eventBridgeEnabled: true },
      };
    this.name = this.#bucket.bucketName;
    this.arn = this.#bucket.bucketArn;
  }

  /** Where the results of questions in SQL lie for some days, and the key that they are encrypted with. */
  queryResults(audience: Audience): { readonly url: string; readonly keyArn: string } {
    return { url: this.#bucket.s3UrlForObject(`${queryPrefix}/${audience}/`), keyArn: this.#key.key.keyArn };
  }

  /** Reads the tables of exports for some, whatever round they are of, and keeps the results of questions to them. */
  grantAsking(grantee: IGrantable, audiences: readonly Audience[]): void {
    const results = audiences.map((audience) => `${queryPrefix}/${audience}/*`);
    const tables = audiences.map((audience) => `exports/*/*/${audience}/parquet/*`);
    const allow = (statement: PolicyStatement): unknown => grantee.grantPrincipal.addToPrincipalPolicy(statement);
    const objects = (prefixes: readonly string[]): string[] => prefixes.map((each) => this.#bucket.arnForObjects(each));
    allow(new PolicyStatement({ actions: ['s3:GetObject'], resources: objects([...tables, ...results]) }));
    allow(
      new PolicyStatement({
        actions: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
        resources: objects(results),
      }),
    );
    allow(new PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [this.#bucket.bucketArn] }));
    allow(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.#bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': [...tables, ...results] } },
      }),
    );
    this.#key.grantWritingObjects(grantee);
  }

  /** Writes an export, large files in parts, reads it back, and moves `latest.json`. */
  grantWritingExports(grantee: IGrantable): void {
    this.#allow(grantee, ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], 'exports');
    this.#key.grantWritingObjects(grantee);
  }

  /** Hides the files of an edition that was taken back; every version of them stays, and nobody may remove one. */
  grantTakingEditionsDown(grantee: IGrantable): void {
    this.#allow(grantee, ['s3:DeleteObject'], 'published');
  }

  /** Streams exported files to those who may see them. */
  grantReadingExports(grantee: IGrantable): void {
    this.#allow(grantee, ['s3:GetObject'], 'exports');
    this.#key.grantReadingObjects(grantee);
  }

  /** Keeps what is sent for returns, and gives it to those who may read them; `isScanned`: by what the scan found. */
  grantKeepingUploads(grantee: IGrantable, { isScanned }: { readonly isScanned: boolean }): void {
    this.#allow(grantee, ['s3:GetObject', 's3:PutObject', ...(isScanned ? ['s3:GetObjectTagging'] : [])], 'uploads');
    this.#key.grantWritingObjects(grantee);
  }

  /** Copies what was sent into an export. */
  grantReadingUploads(grantee: IGrantable, { isScanned }: { readonly isScanned: boolean }): void {
    this.#allow(grantee, ['s3:GetObject', ...(isScanned ? ['s3:GetObjectTagging'] : [])], 'uploads');
    this.#key.grantReadingObjects(grantee);
  }

  /** Copies the public files of an export that it may read to the next edition, and reads them back. */
  grantPublishing(grantee: IGrantable): void {
    this.#allow(grantee, ['s3:GetObject', 's3:PutObject'], 'published');
    this.#key.grantWritingObjects(grantee);
  }

  /** Finds and removes what lies there of a round that is disposed of, every version of it. Editions are out of reach. */
  grantDisposingOfRounds(grantee: IGrantable): void {
    const prefixes = ['exports', 'uploads'] as const;
    for (const prefix of prefixes) this.#allow(grantee, ['s3:DeleteObject', 's3:DeleteObjectVersion'], prefix);
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket', 's3:ListBucketVersions'],
        resources: [this.#bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': prefixes.map((prefix) => `${prefix}/*`) } },
      }),
    );
  }

  /** Who reached for a file by any way at all; the application's own log knows only its own. */
  #accessLog(): s3.Bucket {
    return new s3.Bucket(this, 'AccessLog', {
      // The service that writes it takes no other.
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [{ expiration: Duration.days(365) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  #allow(grantee: IGrantable, actions: string[], prefix: Prefix): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions, resources: [this.#bucket.arnForObjects(`${prefix}/*`)] }),
    );
  }
}
