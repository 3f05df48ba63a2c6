/** Every way in which a prefecture may be reached, and may sign people in, gives a whole deployment without a finding. */

import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readPrefecture } from '../../infra/prefectures/schema.ts';
import saitama from '../../infra/prefectures/saitama.json' with { type: 'json' };
import { YoriaiStack } from '../../infra/stack.ts';
import { defaultFindings } from './default-rules.ts';
import { directoryForFile, directoryForTest } from './directories.ts';
import { isProperty, limits, refusedIn } from './resource-types.ts';
import { oversizedIn } from './sizes.ts';
import { cdkSettings } from './synthesis.ts';

const { context } = cdkSettings;

const domain = {
  name: 'yoriai.pref.saitama.example',
  certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b',
};

const locked = { roundYears: 5, copyMonths: 12, vaultLock: 'permanent' };
const mailSender = 'chousa@pref.saitama.example';

const keyArn = 'arn:aws:kms:ap-northeast-1:123456789012:key/00000000-0000-4000-8000-000000000000';

const shapes = {
  'internet, as a demonstration': {},
  'internet, in production, with a key of its own': {
    purpose: 'production',
    domain,
    mailSender,
    retention: locked,
    encryptionKeyArn: keyArn,
  },
  'internet, whose uploads are scanned, and whose analysts read all': { scanUploads: true, analysts: 'internal' },
  'allowlist, in production': {
    purpose: 'production',
    domain,
    mailSender,
    edge: { kind: 'allowlist', networks: ['203.0.113.0/24'] },
  },
  'allowlist, as a demonstration': { edge: { kind: 'allowlist', networks: ['203.0.113.0/24'] } },
  'private, in production': {
    purpose: 'production',
    mailSender,
    edge: { kind: 'private', vpcEndpointIds: ['vpce-0123456789abcdef0'] },
  },
  'internet, on our own pages': { identity: { kind: 'own', signIn: 'own' } },
  'internet, with networks of the prefecture': { prefectureNetworks: ['203.0.113.0/24'] },
  'private, signed in by an OpenID provider': {
    edge: { kind: 'private', vpcEndpointIds: ['vpce-0123456789abcdef0', 'vpce-0123456789abcdef1'] },
    identity: {
      kind: 'openid',
      domainPrefix: 'pref-yoriai',
      issuer: 'https://id.example.lg.jp',
      clientId: 'yoriai',
      clientSecretName: 'yoriai/openid',
      clientSecretVersionId: '00000000-0000-4000-8000-000000000000',
    },
  },
  'allowlist, signed in by a SAML provider, with a key of its own': {
    edge: { kind: 'allowlist', networks: ['203.0.113.0/24'] },
    identity: { kind: 'saml', domainPrefix: 'pref-yoriai', metadataUrl: 'https://id.example.lg.jp/metadata' },
    encryptionKeyArn: keyArn,
  },
};

const functionOf = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });

function deploymentWith(settings: object) {
  const directory = directoryForFile();
  const app = new App({
    // The functions are the same in every shape.
    context: { ...context, 'aws:cdk:bundling-stacks': [] },
    outdir: directory,
    builtinCloudFormationValidation: false,
  });
  const stack = new YoriaiStack(app, readPrefecture('saitama', { ...saitama, ...settings }));
  app.synth();
  const template = Template.fromStack(stack);
  const [variables] = Object.entries(template.findResources('AWS::Lambda::Function'))
    .filter(([id]) => id.startsWith('Http'))
    .map(([, { Properties }]) => functionOf.parse(Properties).Environment.Variables);
  return { stack, directory, template, variables };
}

const deployments = Object.entries(shapes).map(
  ([shape, settings]) => [shape, { settings, ...deploymentWith(settings) }] as const,
);

/** A stack whose table has no key. */
function broken(directory: string, builtinCloudFormationValidation: boolean): { app: App; stack: Stack } {
  const app = new App({ context, outdir: directory, builtinCloudFormationValidation });
  const stack = new Stack(app, 'Broken', { env: { region: 'ap-northeast-1' } });
  // oxlint-disable-next-line no-new -- a construct joins the tree by being made
  new CfnResource(stack, 'Table', { type: 'AWS::DynamoDB::Table' });
  return { app, stack };
}

function brokenDeployment() {
  const directory = directoryForFile();
  const { app, stack } = broken(directory, false);
  app.synth();
  return { directory, stack };
}

const withFinding = brokenDeployment();
const findingsIn = defaultFindings([...deployments.map(([, deployment]) => deployment), withFinding]);

describe.each(deployments)('a deployment: %s', (_shape, { settings, ...deployment }) => {
  const { stack, template, variables } = deployment;

  it('has no finding of the default rules', () => {
    expect(findingsIn(deployment)).toEqual([]);
  });

  it('has no warning of a construct', () => {
    const annotations = Annotations.fromStack(stack);
    expect([
      ...annotations.findError('*', Match.anyValue()),
      ...annotations.findWarning('*', Match.anyValue()),
    ]).toEqual([]);
  });

  it('has no property that its resource types do not take, and nothing beyond the limits of the services', () => {
    expect(refusedIn(template.toJSON())).toEqual([]);
  });

  it('is no larger, as a whole and in its policies and variables, than it may be', () => {
    expect(oversizedIn(template.toJSON())).toEqual([]);
  });

  it('tells the application where it is', () => {
    const hasDomain = 'domain' in settings;
    expect(variables?.['PUBLIC_BASE_PATH']).toBe(hasDomain ? '' : '/main');
    if (hasDomain) expect(variables?.['PUBLIC_ORIGIN']).toBe(`https://${domain.name}`);
    else expect(JSON.stringify(variables?.['PUBLIC_ORIGIN'])).toMatch(/GatewayApi.*execute-api/);
    expect(variables?.['SITE_OPEN_TO']).toEqual({ Ref: 'OpenTo' });
    // Only where everybody may come can everybody read what is published.
    expect(variables?.['PUBLIC_ADDRESS']).toBe('edge' in settings ? 'off' : 'on');
  });

  it('has people come back there from signing in, where they leave for it', () => {
    const isPrivate = 'edge' in settings && settings.edge.kind === 'private' && !('identity' in settings);
    const isOwn = isPrivate || JSON.stringify(settings).includes('"signIn":"own"');
    expect(Object.keys(variables ?? {}).filter((name) => ['USER_POOL_ID', 'SIGN_OUT_URL'].includes(name))).toEqual([
      isOwn ? 'USER_POOL_ID' : 'SIGN_OUT_URL',
    ]);
    if (isOwn) return;
    const [client] = Object.values(template.findResources('AWS::Cognito::UserPoolClient'));
    const { CallbackURLs } = z.object({ CallbackURLs: z.array(z.unknown()) }).parse(client?.['Properties']);
    const written = JSON.stringify(CallbackURLs);
    if ('domain' in settings) expect(CallbackURLs).toEqual([`https://${domain.name}/sign-in/callback`]);
    else expect(written).toMatch(/GatewayApi.*execute-api.*\/main\/sign-in\/callback/);
  });

  it('says where the record of its domain must point, if it has one', () => {
    expect(Object.keys(template.findOutputs('DomainTarget'))).toHaveLength('domain' in settings ? 1 : 0);
  });
});

describe('the check of a template against the resource types', () => {
  const { template } = deploymentWith({});
  /** What is found when one resource of the type has this property instead. */
  function changedBy(type: string, properties: object, look: (json: unknown) => string[]): string[] {
    const changed = z
      .looseObject({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) })
      .parse(structuredClone(template.toJSON()));
    const resource = Object.values(changed.Resources).find(({ Type }) => Type === type);
    Object.assign(resource?.['Properties'] ?? {}, properties);
    return look(changed);
  }
  const withProperty = (type: string, properties: object): string[] =>
    changedBy(type, properties, refusedIn).map((finding) => finding.replace(/^\w+\./, ''));
  const visibility = { MetricName: 'Rule', CloudWatchMetricsEnabled: true, SampledRequestsEnabled: false };
  const group = { VendorName: 'AWS', Name: 'Group', RuleActionOverrides: [] };
  const rule = { Name: 'Group', Priority: 0, VisibilityConfig: visibility, OverrideAction: { None: {} } };

  it.each([
    [
      'AWS::WAFv2::WebACL',
      { Rules: [{ ...rule, Statement: { ManagedRuleGroupStatement: group } }] },
      [
        'Rules.0.Statement.ManagedRuleGroupStatement.RuleActionOverrides: an empty list',
        'Rules.0.Statement.ManagedRuleGroupStatement.RuleActionOverrides: 0 is not within 1 to 100',
      ],
    ],
    ['AWS::WAFv2::WebACL', { Scope: 'TOKYO' }, ['Scope: "TOKYO" is none of CLOUDFRONT, REGIONAL']],
    ['AWS::SQS::Queue', { MessageRetentionPeriod: 30 }, ['MessageRetentionPeriod: 30 is not within 60 to 1209600']],
    ['AWS::SQS::Queue', { MessageRetention: 60 }, ['MessageRetention: no such property']],
    ['AWS::CloudWatch::Alarm', { AlarmDescription: '長'.repeat(1025) }, [expect.stringMatching(/1025 is not within/)]],
    ['AWS::S3::Bucket', { VersioningConfiguration: {} }, ['VersioningConfiguration.Status: missing']],
    ['AWS::Cognito::UserPool', { MfaConfiguration: true }, ['MfaConfiguration: no string']],
  ])('refuses, in %s, %j', (type, properties, findings) => {
    expect(withProperty(type, properties)).toEqual(findings);
  });

  it.each([
    ['AWS::Lambda::Function', { Environment: { Variables: { LONG: 'x'.repeat(4096) } } }, /Environment: \d+ of 4096$/],
    ['AWS::KMS::Key', { KeyPolicy: { Statement: ['x'.repeat(32_768)] } }, /KeyPolicy: \d+ of 32768$/],
    ['AWS::IAM::Policy', { PolicyDocument: { Statement: ['x'.repeat(10_240)] } }, /: policies: \d+ of 10240$/],
  ])('refuses %s that is too large', (type, properties, finding) => {
    expect(changedBy(type, properties, oversizedIn)).toEqual([expect.stringMatching(finding)]);
  });

  it('has a limit for nothing but properties that there are', () => {
    const named = Object.entries(limits).flatMap(([type, of]) => Object.keys(of).map((path) => [type, path] as const));
    expect(named.filter(([type, path]) => !isProperty(type, path))).toEqual([]);
  });
});

describe('a deployment with a finding', () => {
  it('is found out', () => {
    expect(findingsIn(withFinding)).not.toEqual([]);
  });

  it('is not synthesized', () => {
    const { app } = broken(directoryForTest(), true);
    expect(() => app.synth()).toThrow("'KeySchema' is a required property");
  });
});
