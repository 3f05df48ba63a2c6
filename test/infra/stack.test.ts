import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runApp, runNode } from './processes.ts';
import {
  bundleOf,
  environmentOf,
  functionNamed,
  grants,
  grantsOf,
  ofType,
  one,
  reach,
  synthesisOf,
  synthesized,
  text,
} from './synthesis.ts';
import { exportEvent } from '../../functions/export/request.ts';
import { disposalEnvironment, exportEnvironment, httpEnvironment } from '../../functions/platform/environment.ts';

const saitama = synthesisOf('saitama');
const gunma = synthesisOf('gunma');
const table = one(ofType(saitama, 'AWS::DynamoDB::Table'));
const bucket = one(ofType(saitama, 'AWS::S3::Bucket').filter(({ id }) => id.startsWith('BucketD')));
const userPool = one(ofType(saitama, 'AWS::Cognito::UserPool'));
const http = functionNamed(saitama, 'Http');
const exporter = functionNamed(saitama, 'Export');
const disposal = functionNamed(saitama, 'Disposal');
const scheduleRole = one(ofType(saitama, 'AWS::IAM::Role').filter(({ id }) => id.startsWith('DailyExports')));

describe('a deployment', () => {
  it('exists for both example prefectures, each with its own code', () => {
    expect(synthesized.map(({ stackName }) => stackName)).toEqual(['Yoriai-gunma', 'Yoriai-saitama']);
    expect(environmentOf(http)['PREFECTURE_CODE']).toBe('110001');
    expect(environmentOf(functionNamed(gunma, 'Http'))['PREFECTURE_CODE']).toBe('100005');
  });

  it('is the same machinery in both', () => {
    const types = ({ resources }: typeof saitama): string[] => resources.map(({ Type }) => Type).toSorted();
    expect(types(gunma)).toEqual(types(saitama));
  });

  it('fixes no name that a second deployment in the same account would collide with', () => {
    const names = ['TableName', 'BucketName', 'FunctionName', 'RoleName', 'LogGroupName', 'UserPoolName'];
    const fixed = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Lambda::Function', 'AWS::IAM::Role']
      .concat('AWS::Logs::LogGroup', 'AWS::Cognito::UserPool')
      .flatMap((type) => ofType(saitama, type))
      .filter(({ Properties }) => names.some((name) => name in Properties));
    expect(fixed).toEqual([]);
  });

  it('is written in ASCII, which CloudFormation gives back as it was, with its Japanese', () => {
    for (const { directory, stackName } of synthesized) {
      const written = readFileSync(join(directory, `${stackName}.template.json`), 'utf8');
      expect(written).toMatch(/^[\n -~]*$/);
      expect(JSON.stringify(JSON.parse(written))).toContain('仮のパスワードは7日間有効です。');
    }
  });

  it('of an unknown prefecture is refused, listing those there are', () => {
    const refused = runApp({ prefecture: 'tokyo' });
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toContain('県「tokyo」の設定がありません。');
    expect(refused.stderr).toContain('gunma、saitama');
  });
});

describe('a synthesis', () => {
  it('has no finding of the default rules, not even a warning', () => {
    const report = z
      .object({ pluginReports: z.array(z.unknown()) })
      .parse(JSON.parse(readFileSync(join(saitama.directory, 'validation-report.json'), 'utf8')));
    expect(report.pluginReports).toEqual([]);
  });

  it('on an older Node stops with a message that says what to do', () => {
    const script = `
      Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } });
      import('./infra/node-version.mjs').then(() => process.stdout.write('went on'));`;
    const refused = runNode(['--eval', script], {});
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain('Node 24 が必要ですが、Node 20.20.2 で動いています。');
  });
});

describe('what is stored', () => {
  it('survives the stack: table, bucket, accounts and logs are retained', () => {
    const lasting = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool', 'AWS::Logs::LogGroup'];
    const policies = lasting
      .flatMap((type) => ofType(saitama, type))
      .map(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy]);
    expect(policies.length).toBeGreaterThan(lasting.length);
    expect(policies).toEqual(policies.map(() => ['Retain', 'Retain']));
  });

  it('cannot be deleted by mistake, and the table can be put back to any second', () => {
    expect(table.Properties).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(userPool.Properties['DeletionProtection']).toBe('ACTIVE');
    expect(bucket.Properties['VersioningConfiguration']).toEqual({ Status: 'Enabled' });
  });

  it('is one table by pk and sk, paid by use, whose records expire by expiresAt', () => {
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('has no index to lag behind and no stream', () => {
    expect(Object.keys(table.Properties)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/Index|Stream|Replica/)]),
    );
  });
});

describe('nothing is public', () => {
  it('in the bucket: public access is blocked in all four ways', () => {
    expect(bucket.Properties['PublicAccessBlockConfiguration']).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  });

  it('in the bucket: its policy only forbids, and forbids what is not TLS', () => {
    const { Properties } = one(
      ofType(saitama, 'AWS::S3::BucketPolicy').filter(({ id }) => id.startsWith('BucketPolicy')),
    );
    expect(Properties['PolicyDocument']).toMatchObject({
      Statement: [
        { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        { Effect: 'Deny', Action: 's3:*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
      ],
    });
  });

  it('among the functions: the gateway alone calls one, and only from its own API', () => {
    const api = one(ofType(saitama, 'AWS::ApiGateway::RestApi'));
    const { Properties } = one(ofType(saitama, 'AWS::Lambda::Permission'));
    expect(Properties['Principal']).toBe('apigateway.amazonaws.com');
    expect(text(Properties['FunctionName'])).toBe(`<${http.id}.Arn>`);
    expect(text(Properties['SourceArn'])).toContain(`:<${api.id}>/`);
    expect(ofType(saitama, 'AWS::Lambda::Url')).toEqual([]);
  });
});

describe('who signs in', () => {
  it('has an account that the prefecture made: self sign-up is off', () => {
    expect(userPool.Properties['AdminCreateUserConfig']).toMatchObject({ AllowAdminCreateUserOnly: true });
  });

  it('has a second factor', () => {
    expect(userPool.Properties).toMatchObject({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] });
  });

  it('writes nothing about themselves but the mail address', () => {
    const client = one(ofType(saitama, 'AWS::Cognito::UserPoolClient'));
    expect(client.Properties['WriteAttributes']).toEqual(['email']);
  });

  it('finds one group, the prefecture; those of the units come with their accounts', () => {
    expect(one(ofType(saitama, 'AWS::Cognito::UserPoolGroup')).Properties['GroupName']).toBe('prefecture');
  });
});

describe('no function', () => {
  const bucketArn = `<${bucket.id}.Arn>`;

  it('may write another’s prefix', () => {
    expect(reach(saitama, 'Export', 's3:PutObject')).toEqual([`${bucketArn}/exports/*`]);
    expect(reach(saitama, 'Http', 's3:PutObject').toSorted()).toEqual([
      `${bucketArn}/published/*`,
      `${bucketArn}/uploads/*`,
    ]);
  });

  it('but the one that writes exports may give up an upload in parts', () => {
    expect(reach(saitama, 'Export', 's3:AbortMultipartUpload')).toEqual([`${bucketArn}/exports/*`]);
    expect(reach(saitama, 'Http', 's3:AbortMultipartUpload')).toEqual([]);
  });

  it('may read a file outside the exports and what was sent for returns, but the one that publishes the editions', () => {
    expect(reach(saitama, 'Export', 's3:GetObject')).toEqual([`${bucketArn}/exports/*`, `${bucketArn}/uploads/*`]);
    expect([...new Set(reach(saitama, 'Http', 's3:GetObject'))].toSorted()).toEqual([
      `${bucketArn}/exports/*`,
      `${bucketArn}/published/*`,
      `${bucketArn}/uploads/*`,
    ]);
  });

  it('may delete a file, but the one that disposes of rounds, and that no edition; exports hide one that was taken back', () => {
    const allowed = [...grantsOf(saitama, 'Http'), ...grantsOf(saitama, 'Export')].flatMap(({ actions }) => actions);
    expect(allowed.filter((action) => /^s3:(?!GetObject$|PutObject$|AbortMultipartUpload$)/.test(action))).toEqual([
      's3:DeleteObject',
    ]);
    expect(reach(saitama, 'Export', 's3:DeleteObject')).toEqual([`${bucketArn}/published/*`]);
    // Versions of what was hidden stay, and only the console of the account reads them.
    const everybody = (['Http', 'Export', 'Disposal'] as const).flatMap((name) => grantsOf(saitama, name));
    expect(everybody.flatMap(({ actions }) => actions)).not.toContain('s3:GetObjectVersion');
    expect(reach(saitama, 'Disposal', 's3:DeleteObjectVersion')).toEqual([
      `${bucketArn}/exports/*`,
      `${bucketArn}/uploads/*`,
    ]);
    expect(reach(saitama, 'Disposal', 's3:GetObject')).toEqual([]);
  });

  it('may scan, change or delete the table', () => {
    const allowed = grants(saitama).flatMap(({ actions }) => actions);
    expect(allowed.filter((action) => /^dynamodb:(?:Scan|.*Table.*|.*Backup.*)$/.test(action))).toEqual([]);
  });

  it('that exports may delete an item, but an event that has got its number', () => {
    const policies = ofType(saitama, 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Export'));
    const deleting = z
      .array(z.object({ PolicyDocument: z.object({ Statement: z.array(z.looseObject({ Action: z.unknown() })) }) }))
      .parse(policies.map(({ Properties }) => Properties))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => [Action].flat().includes('dynamodb:DeleteItem'));
    expect(deleting.map((statement) => statement['Condition'])).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['EVENT#*'] } },
    ]);
    expect(reach(saitama, 'Export', 'dynamodb:BatchWriteItem')).toEqual([]);
    expect(reach(saitama, 'Http', 'dynamodb:DeleteItem')).toEqual([`<${table.id}.Arn>`]);
  });

  it('may start another, but the one that answers people an export', () => {
    expect(reach(saitama, 'Http', 'lambda:InvokeFunction')).toEqual([`<${exporter.id}.Arn>`]);
    expect(reach(saitama, 'Export', 'lambda:InvokeFunction')).toEqual([]);
  });

  it('shares its role or its log', () => {
    const roles = [http, exporter, disposal].map(({ Properties }) => text(Properties['Role']));
    const logs = [http, exporter, disposal].map(({ Properties }) => JSON.stringify(Properties['LoggingConfig']));
    expect(new Set(roles).size).toBe(3);
    expect(new Set(logs).size).toBe(3);
  });

  it('has a wildcard in a policy, except for the files of its prefix', () => {
    const all = (['Http', 'Export', 'Disposal'] as const).flatMap((name) => grantsOf(saitama, name));
    expect(all.length).toBeGreaterThan(0);
    expect(all.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
    const ours =
      /^<\w+\.Arn>(?:\/(?:exports|published|uploads)\/\*)?$|^arn:aws:glue:ap-northeast-1:<AWS::AccountId>:(?:catalog|(?:database|table)\/<Tables(?:Internal|Public)\w+>(?:\/\*)?)$/;
    expect(all.flatMap(({ resources }) => resources).filter((resource) => !ours.test(resource))).toEqual([]);
  });

  it('has rights from a policy that somebody else maintains', () => {
    const managed = ofType(saitama, 'AWS::IAM::Role').filter(({ Properties }) => 'ManagedPolicyArns' in Properties);
    // The backup's: decision 0009.
    expect(managed.filter(({ id }) => !/^Backup(?:Restore)?Role/.test(id))).toEqual([]);
  });
});

describe('the policy of analysts', () => {
  it('lets whoever has it ask the public tables and no others, and read no results but its own', () => {
    const { Properties } = one(ofType(saitama, 'AWS::IAM::ManagedPolicy'));
    const statements = z
      .object({ Statement: z.array(z.object({ Action: z.unknown(), Resource: z.unknown() })) })
      .parse(Properties['PolicyDocument']).Statement;
    const said = JSON.stringify(statements);
    expect(said).not.toMatch(/internal|published|uploads/i);
    expect(said).toContain('/exports/*/*/public/parquet/*');
    const writing = statements.filter(({ Action }) => JSON.stringify(Action).includes('PutObject'));
    expect(JSON.stringify(writing.map(({ Resource }) => Resource))).toMatch(/^[^*]*\/queries\/public\/\*[^*]*$/);
    const actions = statements.flatMap(({ Action }) => [Action].flat().map(String));
    expect(actions.filter((action) => /\*|Delete|Create|Update/.test(action))).toEqual([]);
    expect(Properties['Roles'] ?? Properties['Users'] ?? Properties['Groups']).toBeUndefined();
  });
});

describe('the schedule', () => {
  const { Properties } = one(
    ofType(saitama, 'AWS::Scheduler::Schedule').filter(({ id }) => id.startsWith('DailyExports')),
  );

  it('starts the exports that are due at three in the morning in Japan', () => {
    expect(Properties).toMatchObject({
      ScheduleExpression: 'cron(0 3 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      FlexibleTimeWindow: { Mode: 'OFF' },
    });
  });

  it('sends what the export function reads, with the time that was scheduled', () => {
    const target = z.object({ Input: z.string() }).parse(Properties['Target']);
    expect(target.Input).toContain('<aws.scheduler.scheduled-time>');
    const delivered: unknown = JSON.parse(
      target.Input.replace('<aws.scheduler.scheduled-time>', '2024-11-05T18:00:00Z'),
    );
    expect(exportEvent.parse(delivered)).toEqual({ start: 'due-exports', at: '2024-11-05T18:00:00Z' });
  });

  it('may call the export function, leave a dead letter, and nothing else, and is the only one with its role', () => {
    const allowed = grants(saitama).filter(({ role }) => role === scheduleRole.id);
    expect(allowed).toEqual([
      { role: scheduleRole.id, actions: ['lambda:InvokeFunction'], resources: [`<${exporter.id}.Arn>`] },
      {
        role: scheduleRole.id,
        actions: ['sqs:SendMessage'],
        resources: [`<${one(ofType(saitama, 'AWS::SQS::Queue')).id}.Arn>`],
      },
    ]);
    expect(scheduleRole.Properties['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    });
  });
});

describe('a function', () => {
  // Emulators are on laptops only; these stacks name no division, and sign people in at Cognito's page.
  const elsewhere = new Set(['DYNAMODB_ENDPOINT', 'S3_ENDPOINT', 'REPORT_DIVISION', 'USER_POOL_ID']);
  const demanded = (contract: { readonly shape: object }): string[] =>
    Object.keys(contract.shape)
      .filter((name) => !elsewhere.has(name))
      .toSorted();

  it('that answers people is given exactly the environment it demands', () => {
    expect(Object.keys(environmentOf(http)).toSorted()).toEqual(demanded(httpEnvironment));
  });

  it('that exports is given exactly the environment it demands', () => {
    expect(Object.keys(environmentOf(exporter)).toSorted()).toEqual(demanded(exportEnvironment));
  });

  it('that disposes of rounds is given exactly the environment it demands, and the years that the prefecture keeps a round', () => {
    expect(Object.keys(environmentOf(disposal)).toSorted()).toEqual(demanded(disposalEnvironment));
    expect(environmentOf(disposal)['RETENTION_YEARS']).toBe('5');
  });

  it('is told the table, the bucket, the issuer and the export function of its own stack', () => {
    expect(environmentOf(http)).toMatchObject({
      SITE_OPEN_TO: '<OpenTo>',
      RETENTION_YEARS: '5',
      TABLE_NAME: `<${table.id}>`,
      BUCKET_NAME: `<${bucket.id}>`,
      TOKEN_ISSUER: `<${userPool.id}.ProviderURL>`,
      TOKEN_CLIENT_ID: `<${one(ofType(saitama, 'AWS::Cognito::UserPoolClient')).id}>`,
      TOKEN_CLIENT_SECRET: `<${one(ofType(saitama, 'AWS::Cognito::UserPoolClient')).id}.ClientSecret>`,
      SIGN_OUT_URL: `https://<${one(ofType(saitama, 'AWS::Cognito::UserPoolDomain')).id}>.auth.ap-northeast-1.amazoncognito.com/logout`,
      EXPORT_FUNCTION_NAME: `<${exporter.id}>`,
    });
  });

  it('puts the address of the gateway and the stage in front of its links', () => {
    const stage = one(ofType(saitama, 'AWS::ApiGateway::Stage'));
    const api = one(ofType(saitama, 'AWS::ApiGateway::RestApi'));
    expect(environmentOf(http)['PUBLIC_ORIGIN']).toBe(
      `https://<${api.id}>.execute-api.ap-northeast-1.<AWS::URLSuffix>`,
    );
    expect(environmentOf(http)['PUBLIC_BASE_PATH']).toBe(`/${text(stage.Properties['StageName'])}`);
  });

  it('runs on Node 24, arm64, untraced', () => {
    for (const { Properties } of [http, exporter, disposal]) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
      expect(Properties).not.toHaveProperty('TracingConfig');
    }
  });

  it('keeps its log for a year', () => {
    const retention = ofType(saitama, 'AWS::Logs::LogGroup').map(({ Properties }) => Properties['RetentionInDays']);
    expect(retention).toEqual(retention.map(() => 365));
    expect(retention.length).toBeGreaterThanOrEqual(3);
  });

  it.each(['Http', 'Export', 'Disposal'] as const)(
    '%s: its bundle starts with nothing but what the template gives it',
    (name) => {
      const lambda = functionNamed(saitama, name);
      const given = environmentOf(lambda);
      // What Lambda's Node has and no other.
      const script = `
      globalThis.awslambda = { streamifyResponse: (handler) => handler };
      import(${JSON.stringify(bundleOf(saitama, lambda))}).then(({ handler }) => process.stdout.write(typeof handler));`;
      const resolved = Object.fromEntries(
        Object.entries(given).map(([variable, value]) => [
          variable,
          value.endsWith('.ProviderURL>')
            ? 'https://issuer.example'
            : value.replaceAll(/<([^>]*)>/g, (_reference, name: string) => saitama.defaults[name] ?? 'x'),
        ]),
      );
      const started = runNode(['--eval', script], { ...resolved, AWS_REGION: 'ap-northeast-1' });
      expect(started).toMatchObject({ stdout: 'function', status: 0 });
    },
  );
});

describe('the template', () => {
  it('changes only on purpose', () => {
    // The gateway's refusals, whose words are those of the problems, have tests of their own.
    const resources = saitama.resources.filter(({ Type }) => Type !== 'AWS::ApiGateway::GatewayResponse');
    const redacted = JSON.stringify(resources).replaceAll(/[0-9a-f]{32,64}/g, '<hash>');
    expect(JSON.parse(redacted)).toMatchSnapshot();
  });
});
