import { App, Duration, Stack } from 'aws-cdk-lib';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { noAlarm } from '../../infra/constructs/alarms.ts';
import { Gateway } from '../../infra/constructs/gateway.ts';
import type { Edge } from '../../infra/prefectures/edge.ts';
import { Opening } from '../../infra/constructs/opening.ts';
import { problems } from '../../schemas/problem.ts';
import { directoryForFile } from './directories.ts';

const domain = {
  name: 'yoriai.pref.saitama.example',
  certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b',
};
const vpcEndpointIds = ['vpce-0123456789abcdef0', 'vpce-0fedcba9876543210'];

function gatewayWith(edge: Edge, ownDomain?: typeof domain) {
  const stack = new Stack(new App({ outdir: directoryForFile(), builtinCloudFormationValidation: false }), 'Test', {
    env: { region: 'ap-northeast-1' },
  });
  const gateway = new Gateway(stack, 'Gateway', {
    edge,
    signIn: 'hosted',
    domain: ownDomain,
    opening: new Opening(stack, 'Opening'),
    alarms: noAlarm('nobody listens to a test'),
  });
  const handler = new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 204 })'),
  });
  gateway.serve({ handler, timeout: Duration.minutes(5) });
  return { gateway, resolve: (value: string): unknown => stack.resolve(value), template: Template.fromStack(stack) };
}

/** What CloudFormation puts together to an address of the API. */
function addressOfApi(after: string): unknown {
  const api = { Ref: expect.stringMatching(/^GatewayApi/) };
  const [suffix, path] = after.split('|');
  return {
    'Fn::Join': [
      '',
      ['https://', api, `${suffix}.execute-api.ap-northeast-1.`, { Ref: 'AWS::URLSuffix' }, ...(path ? [path] : [])],
    ],
  };
}

const { template, gateway, resolve } = gatewayWith({ kind: 'internet' });
const withDomain = gatewayWith({ kind: 'internet' }, domain);
const closed = gatewayWith({ kind: 'private', vpcEndpointIds });

const refusal = z.object({
  ResponseType: z.string(),
  StatusCode: z.string(),
  ResponseParameters: z.record(z.string(), z.string()),
  ResponseTemplates: z.strictObject({ 'application/json': z.string() }),
});
const refusals = Object.values(template.findResources('AWS::ApiGateway::GatewayResponse')).map((each) =>
  refusal.parse(each['Properties']),
);

describe('the gateway', () => {
  it('passes every path and method to the application, and nothing anywhere else', () => {
    const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map((each) =>
      z.object({ HttpMethod: z.string(), Integration: z.looseObject({ Type: z.string() }) }).parse(each['Properties']),
    );
    expect(methods.map(({ HttpMethod, Integration }) => [HttpMethod, Integration.Type])).toEqual([
      ['ANY', 'AWS_PROXY'],
      ['ANY', 'AWS_PROXY'],
    ]);
    template.hasResourceProperties('AWS::ApiGateway::Resource', { PathPart: '{proxy+}' });
  });

  it('hands answers on as they come, for as long as the function may take', () => {
    const integrations = Object.values(template.findResources('AWS::ApiGateway::Method')).map(
      ({ Properties }) => z.object({ Integration: z.record(z.string(), z.unknown()) }).parse(Properties).Integration,
    );
    for (const integration of integrations) {
      expect(integration).toMatchObject({ ResponseTransferMode: 'STREAM', TimeoutInMillis: 300_000 });
      expect(JSON.stringify(integration['Uri'])).toContain('/response-streaming-invocations');
    }
  });

  it('stays in its region and hands bodies over as they were sent', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
      BinaryMediaTypes: ['*/*'],
    });
  });

  it('speaks TLS 1.2 or newer only, at its own address and at a domain', () => {
    const tls = { SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', EndpointAccessMode: 'BASIC' };
    template.hasResourceProperties('AWS::ApiGateway::RestApi', tls);
    withDomain.template.hasResourceProperties('AWS::ApiGateway::DomainName', tls);
  });

  it('takes no more than is to be expected, and keeps no answers', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));
    expect(stage?.['Properties']).toMatchObject({
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 300,
          ThrottlingBurstLimit: 600,
          DataTraceEnabled: false,
        },
      ],
    });
    expect(stage?.['Properties']).not.toHaveProperty('CacheClusterEnabled');
  });

  it('leaves alone what the account has once for all its gateways', () => {
    template.resourceCountIs('AWS::ApiGateway::Account', 0);
  });
});

describe('the address', () => {
  it('without a domain is that of the gateway, under the path of its stage', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', { StageName: 'main' });
    expect(gateway.basePath).toBe('/main');
    expect(resolve(gateway.publicOrigin)).toEqual(addressOfApi('|'));
    expect(resolve(gateway.url)).toEqual(addressOfApi('|/main/'));
  });

  it('with a domain is the root of the domain, and the only one', () => {
    expect(withDomain.gateway.publicOrigin).toBe('https://yoriai.pref.saitama.example');
    expect(withDomain.gateway.basePath).toBe('');
    expect(withDomain.gateway.url).toBe('https://yoriai.pref.saitama.example/');
    withDomain.template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
    withDomain.template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: domain.name,
      RegionalCertificateArn: domain.certificateArn,
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    const [mapping] = Object.values(withDomain.template.findResources('AWS::ApiGateway::BasePathMapping'));
    expect(mapping?.['Properties']).not.toHaveProperty('BasePath');
  });

  it('tells where the record of the domain must point, which is made by hand', () => {
    expect(withDomain.gateway.domainTarget).toBeDefined();
    expect(gateway.domainTarget).toBeUndefined();
    withDomain.template.resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  it('of a closed network is behind its VPC endpoints, and resolves without a DNS of its own', () => {
    closed.template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: vpcEndpointIds },
    });
    expect(closed.resolve(closed.gateway.publicOrigin)).toEqual(addressOfApi('-vpce-0123456789abcdef0|'));
    expect(closed.gateway.basePath).toBe('/main');
  });
});

describe('a closed network', () => {
  const api = z.object({ Policy: z.object({ Statement: z.array(z.record(z.string(), z.unknown())) }) });

  it('is entered through the named VPC endpoints only: there is no other permission', () => {
    const [found] = Object.values(closed.template.findResources('AWS::ApiGateway::RestApi'));
    expect(api.parse(found?.['Properties']).Policy.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: { StringEquals: { 'aws:SourceVpce': vpcEndpointIds } },
      },
    ]);
  });
});

describe('every refusal of the gateway', () => {
  it('is there: each type that the gateway knows has one', () => {
    const types = Object.values(ResponseType).filter((each) => each instanceof ResponseType);
    expect(types.length).toBeGreaterThan(15);
    expect(refusals.map(({ ResponseType }) => ResponseType).toSorted()).toEqual(
      types.map(({ responseType }) => responseType).toSorted(),
    );
  });

  it.each(refusals)('$ResponseType is problem+json with a code of the union', (each) => {
    const { code, status, title } = z
      .strictObject({ title: z.string(), status: z.number(), code: z.enum(Object.keys(problems)) })
      .parse(JSON.parse(each.ResponseTemplates['application/json']));
    expect({ code, status, title }).toEqual({
      code,
      ...Object.entries(problems).find(([known]) => known === code)?.[1],
    });
    expect(each.StatusCode).toBe(String(status));
    expect(each.ResponseParameters['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'");
    expect(each.ResponseParameters['gatewayresponse.header.X-Content-Type-Options']).toBe("'nosniff'");
  });

  it('holds no $, which the gateway would take for a variable', () => {
    expect(refusals.filter((each) => each.ResponseTemplates['application/json'].includes('$'))).toEqual([]);
  });

  it.each([
    ['REQUEST_TOO_LARGE', 'too-large'],
    ['THROTTLED', 'busy'],
    ['INTEGRATION_TIMEOUT', 'busy'],
    ['UNAUTHORIZED', 'unauthenticated'],
    ['ACCESS_DENIED', 'forbidden'],
    ['WAF_FILTERED', 'blocked'],
    ['MISSING_AUTHENTICATION_TOKEN', 'not-found'],
    ['DEFAULT_5XX', 'internal'],
  ])('%s says %s', (type, code) => {
    const found = refusals.find(({ ResponseType }) => ResponseType === type);
    expect(JSON.parse(found?.ResponseTemplates['application/json'] ?? '')).toMatchObject({ code });
  });
});
