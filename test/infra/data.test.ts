import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { disposalEvent } from '../../functions/retention/request.ts';
import { prefectureNamed } from '../../infra/prefectures/catalogue.ts';
import { grants, ofType, one, reach, root, synthesisOf, synthesize, synthesized, text } from './synthesis.ts';
import type { Synthesis } from './synthesis.ts';

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
  const own = synthesize({ ...prefectureNamed('saitama'), encryptionKeyArn: arn });

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

  it('forgets what was overwritten under exports and uploads, never a published file', () => {
    const expiring = rules.filter((rule) => Object.keys(rule).some((name) => name.includes('Expir')));
    expect(expiring).toMatchObject([
      { Prefix: 'exports/', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      { Prefix: 'uploads/', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      // Results of questions in SQL.
      { Prefix: 'queries/', ExpirationInDays: 7, NoncurrentVersionExpiration: { NoncurrentDays: 1 } },
    ]);
    for (const rule of expiring.slice(0, 2)) expect(rule).not.toHaveProperty('ExpirationInDays');
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

  it('may remove items of rounds, files of exports and what was sent, and no directory, session or edition', () => {
    expect(reach(saitama, 'Disposal', 'dynamodb:BatchWriteItem')).toEqual([tableArn]);
    expect(reach(saitama, 'Disposal', 's3:DeleteObject')).toEqual([`${bucketArn}/exports/*`, `${bucketArn}/uploads/*`]);
    expect(reach(saitama, 'Disposal', 's3:ListBucketVersions')).toEqual([bucketArn]);
    const policy = ofType(saitama, 'AWS::IAM::Policy').find(({ id }) => id.startsWith('Disposal'));
    const partitions =
      JSON.stringify(policy?.Properties).match(
        /"(?:ROUND|RETURN|IDEM|EVENT|LOG|GATE|FILES|ACCESS|EXPORT|MAIL|DIR|SESSION)[A-Z]*#\*"/g,
      ) ?? [];
    expect([...new Set(partitions)].toSorted()).toEqual([
      '"ACCESS#*"',
      '"EVENT#*"',
      '"EXPORT#*"',
      '"FILES#*"',
      '"GATE#*"',
      '"IDEM#*"',
      '"LOG#*"',
      '"MAIL#*"',
      '"RETURN#*"',
      '"ROUND#*"',
    ]);
  });
});

const call = z.object({
  action: z.string(),
  region: z.string(),
  parameters: z.looseObject({ BackupVaultName: z.string().optional() }),
  ignoreErrorCodesMatching: z.string(),
});

/** What a deployment calls in Osaka, in order. */
function osakaCalls(synthesis: Synthesis) {
  return ofType(synthesis, 'Custom::AWS').map((resource) => ({
    resource,
    call: call.parse(JSON.parse(z.string().parse(resource.Properties['Create']))),
  }));
}

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
    for (const each of synthesized) {
      const made = osakaCalls(each);
      expect(made.map(({ call: { action, region } }) => [action, region])).toEqual([
        ['createBackupVault', 'ap-northeast-3'],
        ['createBackupVault', 'ap-northeast-3'],
        ['createBackupVault', 'ap-northeast-3'],
        ['putBackupVaultAccessPolicy', 'ap-northeast-3'],
        // Copies of a table are among what AWS Backup calls advanced.
        ['updateRegionSettings', 'ap-northeast-1'],
      ]);
      expect(made.at(-1)?.call.parameters).toEqual({
        ResourceTypeOptInPreference: { DynamoDB: true, S3: true },
        ResourceTypeManagementPreference: { DynamoDB: true },
      });
      for (const { call, resource } of made) {
        if (call.region !== 'ap-northeast-1')
          expect(call.parameters.BackupVaultName).toBe(`Yoriai-${each.prefecture}-monthly`);
        expect(resource.Properties).not.toHaveProperty('Delete');
        expect('AlreadyExistsException').toMatch(new RegExp(call.ignoreErrorCodesMatching));
      }
    }
  });

  it('is made with rights that are part of the role before its first use, and tried again while they are on their way', () => {
    const calls = osakaCalls(saitama);
    const role = one(ofType(saitama, 'AWS::IAM::Role').filter(({ id }) => id.startsWith('BackupOsakaRole')));
    const runner = one(ofType(saitama, 'AWS::Lambda::Function').filter(({ id }) => id.startsWith('AWS679f')));
    expect(runner.Properties['Role']).toEqual({ 'Fn::GetAtt': [role.id, 'Arn'] });
    const inline = JSON.stringify(role.Properties['Policies']);
    for (const { call } of calls) expect(inline.toLowerCase()).toContain(`backup:${call.action.toLowerCase()}`);
    expect(grants(saitama).filter((grant) => grant.role === role.id)).toEqual([]);
    expect(calls.map(({ call }) => new RegExp(call.ignoreErrorCodesMatching).test('AccessDeniedException'))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    for (const [place, { resource }] of calls.entries())
      if (place > 0) expect(resource.DependsOn).toContain(calls[place - 1]?.resource.id);
  });

  it('is made by a role that may use the key, and restored by another, both of which outlive the stack', () => {
    const roles = ['BackupRole', 'BackupRestoreRole'].map((name) =>
      one(ofType(saitama, 'AWS::IAM::Role').filter(({ id }) => id.replace(/[0-9A-F]{8}$/, '') === name)),
    );
    for (const { DeletionPolicy, Properties } of roles) {
      expect(DeletionPolicy).toBe('Retain');
      const [inline] = z.array(z.object({ PolicyDocument: z.unknown() })).parse(Properties['Policies']);
      expect(inline?.PolicyDocument).toMatchObject({
        Statement: [
          {
            Action: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']),
            Resource: { 'Fn::GetAtt': [key.id, 'Arn'] },
            Condition: {
              StringEquals: { 'kms:ViaService': expect.arrayContaining(['backup.ap-northeast-1.amazonaws.com']) },
            },
          },
          { Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
        ],
      });
    }
    expect(JSON.stringify(roles[1]?.Properties['ManagedPolicyArns'])).toMatch(/ForRestores.*S3Restore/);
  });

  it('is looked for every day, by a function that may read that vault and nothing else', () => {
    const daily = ofType(saitama, 'AWS::Scheduler::Schedule').find(({ id }) => id.startsWith('BackupDailyCheck'));
    expect(daily?.Properties['ScheduleExpression']).toBe('cron(0 6 * * ? *)');
    const role = one(ofType(saitama, 'AWS::IAM::Role').filter(({ id }) => id.startsWith('BackupCheckRole')));
    const allowed = grants(saitama).filter((grant) => grant.role === role.id && grant.actions[0]?.startsWith('backup'));
    expect(allowed.map(({ actions, resources }) => [actions, resources])).toEqual([
      [
        ['backup:DescribeBackupVault', 'backup:ListRecoveryPointsByBackupVault'],
        ['arn:aws:backup:ap-northeast-3:<AWS::AccountId>:backup-vault:Yoriai-saitama-monthly'],
      ],
    ]);
  });

  it('is looked for by the two calls that the function may make', () => {
    const source = readFileSync(new URL('infra/constructs/backup-check/index.mjs', root), 'utf8');
    const calls = new Set([...source.matchAll(/new (\w+)Command\(/g)].map(([, name]) => `backup:${name}`));
    const role = one(ofType(saitama, 'AWS::IAM::Role').filter(({ id }) => id.startsWith('BackupCheckRole')));
    const allowed = grants(saitama)
      .filter((grant) => grant.role === role.id)
      .flatMap(({ actions }) => actions);
    expect(calls).toEqual(new Set(allowed.filter((action) => action.startsWith('backup:'))));
  });

  it('can be locked, in both vaults, until it is lifted or for good', () => {
    const shape = { ...prefectureNamed('saitama') };
    const locked = (vaultLock: 'removable' | 'permanent') =>
      synthesize({ ...shape, retention: { ...shape.retention, vaultLock } });
    const lockOf = (synthesis: Synthesis) =>
      osakaCalls(synthesis).find(({ call }) => call.action === 'putBackupVaultLockConfiguration')?.call.parameters;
    const inTokyo = (synthesis: Synthesis) =>
      one(ofType(synthesis, 'AWS::Backup::BackupVault')).Properties['LockConfiguration'];
    expect([inTokyo(saitama), lockOf(saitama)]).toEqual([undefined, undefined]);
    const removable = locked('removable');
    expect(inTokyo(removable)).toEqual({ MinRetentionDays: 31 });
    expect(lockOf(removable)).toEqual({ BackupVaultName: 'Yoriai-saitama-monthly', MinRetentionDays: 31 });
    const permanent = locked('permanent');
    expect(inTokyo(permanent)).toEqual({ MinRetentionDays: 31, ChangeableForDays: 7 });
    expect(lockOf(permanent)).toMatchObject({ ChangeableForDays: 7 });
  });
});
