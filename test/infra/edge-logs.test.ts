/** No log of the edge may tell a secret, be lost unseen, or be within reach of the application. */

import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Watch } from '../../infra/constructs/alarms.ts';
import { Gateway } from '../../infra/constructs/gateway.ts';
import { Opening } from '../../infra/constructs/opening.ts';
import { directoryForFile } from './directories.ts';

const watched: Watch[] = [];
const stack = new Stack(new App({ outdir: directoryForFile(), builtinCloudFormationValidation: false }), 'Test', {
  env: { region: 'ap-northeast-1' },
});
const gateway = new Gateway(stack, 'Gateway', {
  edge: { kind: 'internet' },
  signIn: 'hosted',
  domain: undefined,
  opening: new Opening(stack, 'Opening'),
  alarms: { add: (_scope, _id, watch) => watched.push(watch), tell: () => undefined },
});
gateway.api.root.addMethod('GET');
const template = Template.fromStack(stack);

const stream = z.object({
  DeliveryStreamName: z.unknown(),
  DeliveryStreamEncryptionConfigurationInput: z.object({ KeyType: z.string() }),
  ExtendedS3DestinationConfiguration: z.object({
    Prefix: z.string(),
    ErrorOutputPrefix: z.string(),
    BucketARN: z.unknown(),
  }),
});
const streams = Object.values(template.findResources('AWS::KinesisFirehose::DeliveryStream')).map(({ Properties }) =>
  stream.parse(Properties),
);
const statement = z.object({ Action: z.union([z.string(), z.array(z.string())]), Resource: z.unknown() });
const policies = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
  ({ Properties }) =>
    z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) }).parse(Properties).PolicyDocument
      .Statement,
);

describe('the access log', () => {
  const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
  const { Format, DestinationArn } = z
    .object({ AccessLogSetting: z.object({ Format: z.string(), DestinationArn: z.unknown() }) })
    .parse(stage?.['Properties']).AccessLogSetting;

  it('tells who called what and how it ended, in one line', () => {
    expect(Format).not.toContain('\n');
    expect(JSON.parse(Format)).toMatchObject({
      requestId: '$context.requestId',
      ip: '$context.identity.sourceIp',
      path: '$context.path',
      status: '$context.status',
    });
  });

  it('holds no query, no header and no claim', () => {
    const variables = Object.values(z.record(z.string(), z.string()).parse(JSON.parse(Format)));
    expect(
      variables.filter((each) => /query|header|authorizer|cookie|token|userAgent|requestOverride/i.test(each)),
    ).toEqual([]);
  });

  it('goes to a stream, which needs no role of the whole account', () => {
    expect(JSON.stringify(DestinationArn)).toContain('GatewayLogsaccess');
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });
});

describe('both logs', () => {
  it('go through streams whose names their writers demand, each of this stack alone', () => {
    const names = streams.map(({ DeliveryStreamName }) => JSON.stringify(DeliveryStreamName));
    expect(names.map((name) => /"((?:amazon-apigateway|aws-waf-logs)-)"/.exec(name)?.[1] ?? '').toSorted()).toEqual([
      'amazon-apigateway-',
      'aws-waf-logs-',
    ]);
    expect(names.every((name) => name.includes('AWS::StackId'))).toBe(true);
  });

  it('are encrypted on the way, and kept by day, what could not be delivered beside them', () => {
    for (const { DeliveryStreamEncryptionConfigurationInput, ExtendedS3DestinationConfiguration } of streams) {
      expect(DeliveryStreamEncryptionConfigurationInput.KeyType).toBe('AWS_OWNED_CMK');
      expect(ExtendedS3DestinationConfiguration.Prefix).toMatch(/^(access|firewall)\/!\{timestamp:yyyy\/MM\/dd\}\/$/);
      expect(ExtendedS3DestinationConfiguration.ErrorOutputPrefix).toContain('/failed/');
    }
  });

  it('are kept for a year, in a bucket of their own that is closed, versioned and outlives the stack', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: {
          Rules: [{ ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 365 }, Status: 'Enabled' }],
        },
      },
    });
  });

  it('are written by their streams alone, each under its own prefix', () => {
    const writing = policies.filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
    expect(
      writing.map(({ Resource }) => /\/(access|firewall)\/\*/.exec(JSON.stringify(Resource))?.[1] ?? '').toSorted(),
    ).toEqual(['access', 'firewall']);
    expect(policies.flatMap(({ Action }) => Action).filter((action) => /Delete|GetObject/.test(action))).toEqual([]);
  });

  it('ring when they stop arriving', () => {
    expect(watched.filter(({ runbook }) => runbook === 'アクセスログが届かない')).toHaveLength(2);
  });
});
