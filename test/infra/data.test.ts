import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { disposalEvent } from '../../functions/retention/request.ts';
import { prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import { ofType, one, reach, synthesisOf, synthesize, synthesized, text } from './synthesis.ts';

const saitama = synthesisOf('saitama');
const table = one(ofType(saitama, 'AWS::DynamoDB::Table'));
const key = one(ofType(saitama, 'AWS::KMS::Key'));
const [bucket, accessLog] = ['BucketD', 'BucketAccessLog'].map((prefix) => {
  const all = ofType(saitama, 'AWS::S3::Bucket').filter(({ id }) => id.startsWith(prefix));
  return one(all);
});
const keyArn = `<${key.id}.Arn>`;

const kmsStatement = z.object({
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z.object({ StringEquals: z.object({ 'kms:ViaService': z.string() }) }).optional(),
});

/** What the functions' roles may do with the key. */
function keyUses(): z.output<typeof kmsStatement>[] {
  return ofType(saitama, 'AWS::IAM::Policy')
    .filter(({ id }) => /^(?:Http|Export|Disposal)/.test(id))
    .flatMap(
      ({ Properties }) =>
        z.object({ PolicyDocument: z.object({ Statement: z.array(z.unknown()) }) }).parse(Properties).PolicyDocument
          .Statement,
    )
    .flatMap((statement) => {
      const parsed = kmsStatement.safeParse(statement);
      return parsed.success && JSON.stringify(parsed.data.Action).includes('kms:') ? [parsed.data] : [];
    });
}

describe('the key', () => {
  it('turns over every year and outlives the stack', () => {
    expect(key.Properties).toMatchObject({ EnableKeyRotation: true, RotationPeriodInDays: 365 });
    expect([key.DeletionPolicy, key.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  });

  it('encrypts the table and the bucket, and its log is with the service that writes it', () => {
    expect(table.Properties['SSESpecification']).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: { 'Fn::GetAtt': [key.id, 'Arn'] },
    });
    expect(bucket?.Properties['BucketEncryption']).toEqual({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [key.id, 'Arn'] } },
        },
      ],
    });
    expect(JSON.stringify(accessLog?.Properties['BucketEncryption'])).toContain('AES256');
  });

  it('serves functions through DynamoDB and S3 only, never as such', () => {
    const uses = keyUses();
    expect(uses.length).toBeGreaterThan(0);
    expect(new Set(uses.map(({ Resource }) => text(Resource)))).toEqual(new Set([keyArn]));
    for (const { Condition } of uses)
      expect(Condition?.StringEquals['kms:ViaService']).toMatch(/^(?:dynamodb|s3)\.ap-northeast-1\.amazonaws\.com$/);
    expect(JSON.stringify(uses)).not.toContain('*');
  });
});

describe('a key of the prefecture’s own', () => {
  const arn = 'arn:aws:kms:ap-northeast-1:123456789012:key/00000000-0000-4000-8000-000000000000';
  const own = one(synthesize([{ ...prefectureNamed('saitama'), encryptionKeyArn: arn }], { bundled: false }));

  it('encrypts the same, and the stack makes none', () => {
    expect(ofType(own, 'AWS::KMS::Key')).toEqual([]);
    expect(one(ofType(own, 'AWS::DynamoDB::Table')).Properties['SSESpecification']).toMatchObject({
      SSEType: 'KMS',
      KMSMasterKeyId: arn,
    });
    const encrypted = ofType(own, 'AWS::S3::Bucket').filter(({ Properties }) =>
      JSON.stringify(Properties['BucketEncryption']).includes(arn),
    );
    expect(encrypted.map(({ id }) => id)).toEqual([bucket?.id]);
    expect(one(ofType(own, 'AWS::Backup::BackupVault')).Properties['EncryptionKeyArn']).toBe(arn);
    const granted = ofType(own, 'AWS::IAM::Policy').filter(({ Properties }) =>
      JSON.stringify(Properties).includes(arn),
    );
    expect(granted.map(({ id }) => id.slice(0, 4)).toSorted()).toEqual(['Disp', 'Expo', 'Http']);
  });
});

describe('the table', () => {
  it('can be put back to any second of the last 35 days', () => {
    expect(table.Properties['PointInTimeRecoverySpecification']).toEqual({
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: 35,
    });
  });
});

describe('the bucket', () => {
  const rules = z
    .object({ Rules: z.array(z.object({ Prefix: z.string().optional(), Status: z.string() }).loose()) })
    .parse(bucket?.Properties['LifecycleConfiguration']).Rules;

  it('forgets what was overwritten under exports, never a published file', () => {
    const expiring = rules.filter((rule) => Object.keys(rule).some((name) => name.includes('Expir')));
    expect(expiring).toMatchObject([{ Prefix: 'exports/', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }]);
    expect(expiring[0]).not.toHaveProperty('ExpirationInDays');
  });

  it('gives up uploads that nobody finished', () => {
    expect(rules[0]).toMatchObject({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } });
  });

  it('logs every access for a year, where nobody public looks', () => {
    expect(bucket?.Properties['LoggingConfiguration']).toEqual({ DestinationBucketName: { Ref: accessLog?.id } });
    expect(accessLog?.Properties).toMatchObject({
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 365 }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });
});

describe('the daily disposal', () => {
  const schedule = one(ofType(saitama, 'AWS::Scheduler::Schedule').filter(({ id }) => id.startsWith('DailyDisposals')));
  const tableArn = `<${table.id}.Arn>`;
  const bucketArn = `<${bucket?.id}.Arn>`;

  it('is started every day in Japan with what its function reads', () => {
    expect(schedule.Properties).toMatchObject({
      ScheduleExpression: 'cron(30 4 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
    });
    const { Input } = z.object({ Input: z.string() }).parse(schedule.Properties['Target']);
    const delivered: unknown = JSON.parse(Input.replace('<aws.scheduler.scheduled-time>', '2030-03-31T19:30:00Z'));
    expect(disposalEvent.parse(delivered)).toEqual({ start: 'due-disposals', at: '2030-03-31T19:30:00Z' });
  });

  it('may remove items of rounds and files of exports, and no directory, session or edition', () => {
    expect(reach(saitama, 'Disposal', 'dynamodb:BatchWriteItem')).toEqual([tableArn]);
    expect(reach(saitama, 'Disposal', 's3:DeleteObject')).toEqual([`${bucketArn}/exports/*`]);
    expect(reach(saitama, 'Disposal', 's3:ListBucketVersions')).toEqual([bucketArn]);
    const policy = ofType(saitama, 'AWS::IAM::Policy').find(({ id }) => id.startsWith('Disposal'));
    const partitions =
      JSON.stringify(policy?.Properties).match(
        /"(?:ROUND|RETURN|IDEM|EVENT|LOG|GATE|ACCESS|EXPORT|DIR|SESSION)[A-Z]*#\*"/g,
      ) ?? [];
    expect([...new Set(partitions)].toSorted()).toEqual([
      '"ACCESS#*"',
      '"EVENT#*"',
      '"EXPORT#*"',
      '"GATE#*"',
      '"IDEM#*"',
      '"LOG#*"',
      '"RETURN#*"',
      '"ROUND#*"',
    ]);
  });
});

describe('the monthly copy', () => {
  const plan = one(ofType(saitama, 'AWS::Backup::BackupPlan'));
  const vault = one(ofType(saitama, 'AWS::Backup::BackupVault'));
  const selection = one(ofType(saitama, 'AWS::Backup::BackupSelection'));
  const [rule] = z
    .object({ BackupPlan: z.object({ BackupPlanRule: z.array(z.record(z.string(), z.unknown())).length(1) }) })
    .parse(plan.Properties).BackupPlan.BackupPlanRule;

  it('is taken on the first of the month in Japan and kept in Osaka for the months set', () => {
    expect(rule).toMatchObject({
      ScheduleExpression: 'cron(0 4 1 * ? *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      Lifecycle: { DeleteAfterDays: 35 },
      CopyActions: [{ Lifecycle: { DeleteAfterDays: 12 * 31 } }],
    });
    expect(JSON.stringify(rule?.['CopyActions'])).toContain(':backup:ap-northeast-3:');
  });

  it('holds the table and the bucket, by name, and nothing else', () => {
    const chosen = z
      .object({ BackupSelection: z.object({ Resources: z.array(z.unknown()) }) })
      .parse(selection.Properties);
    expect(chosen.BackupSelection.Resources.map(text)).toEqual([`<${table.id}.Arn>`, `<${bucket?.id}.Arn>`]);
  });

  it('cannot be deleted before its time, in Tokyo or in Osaka', () => {
    expect(vault.Properties['AccessPolicy']).toMatchObject({
      Statement: [{ Effect: 'Deny', Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'] }],
    });
    expect([vault.DeletionPolicy, text(vault.Properties['EncryptionKeyArn'])]).toEqual(['Retain', keyArn]);
    const calls = JSON.stringify(ofType(saitama, 'Custom::AWS'));
    expect(calls).toContain('putBackupVaultAccessPolicy');
    expect(calls).toContain('backup:DeleteRecoveryPoint');
  });

  it('goes to a vault in Tokyo that meets none which stayed when an earlier stack went or failed to be made', () => {
    expect(JSON.stringify(vault.Properties['BackupVaultName'])).toContain('{"Ref":"AWS::StackId"}');
  });

  it('goes to a vault of the prefecture’s own that is made where it is missing and never deleted', () => {
    const vaults = synthesized.map((each) => {
      const made = ofType(each, 'Custom::AWS').find(({ id }) => id.startsWith('BackupOsakaVault'));
      expect(made?.Properties).not.toHaveProperty('Delete');
      const call = z.object({
        action: z.string(),
        region: z.string(),
        parameters: z.object({ BackupVaultName: z.string() }),
        ignoreErrorCodesMatching: z.string(),
      });
      return call.parse(JSON.parse(z.string().parse(made?.Properties['Create'])));
    });
    expect(vaults.map(({ parameters }) => parameters.BackupVaultName)).toEqual([
      'Yoriai-gunma-monthly',
      'Yoriai-saitama-monthly',
    ]);
    for (const { action, region, ignoreErrorCodesMatching } of vaults)
      expect([action, region, ignoreErrorCodesMatching]).toEqual([
        'createBackupVault',
        'ap-northeast-3',
        'AlreadyExistsException',
      ]);
  });

  it('rings when it fails, is late or does not reach Osaka', () => {
    const watched = ofType(saitama, 'AWS::CloudWatch::Alarm').flatMap(({ Properties }) =>
      JSON.stringify(Properties['Metrics'] ?? ''),
    );
    for (const metric of ['NumberOfBackupJobsFailed', 'NumberOfBackupJobsExpired', 'NumberOfCopyJobsFailed'])
      expect(watched.filter((each) => each.includes(metric))).toHaveLength(1);
  });
});
