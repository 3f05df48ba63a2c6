import { App, Stack } from 'aws-cdk-lib';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Gateway } from '../../infra/constructs/gateway.ts';
import { problems } from '../../schemas/problem.ts';
import { directoryForFile } from './directories.ts';

const stack = new Stack(new App({ outdir: directoryForFile() }), 'Test');
const handler = new lambda.Function(stack, 'Handler', {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 204 })'),
});
const gateway = new Gateway(stack, 'Gateway', { handler });
const template = Template.fromStack(stack);

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

  it('stays in its region and hands bodies over as they were sent', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
      BinaryMediaTypes: ['*/*'],
    });
  });

  it('has a base path that is its stage', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', { StageName: Gateway.basePath.slice(1) });
    expect(stack.resolve(gateway.url)).toMatchObject({ 'Fn::Join': expect.anything() });
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
    expect({ code, status, title }).toEqual({ code, ...Object.entries(problems).find(([known]) => known === code)?.[1] });
    expect(each.StatusCode).toBe(String(status));
    expect(each.ResponseParameters['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'");
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
    ['MISSING_AUTHENTICATION_TOKEN', 'not-found'],
    ['DEFAULT_5XX', 'internal'],
  ])('%s says %s', (type, code) => {
    const found = refusals.find(({ ResponseType }) => ResponseType === type);
    expect(JSON.parse(found?.ResponseTemplates['application/json'] ?? '')).toMatchObject({ code });
  });
});
