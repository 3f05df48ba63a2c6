/** Every way in which a prefecture may be reached gives a whole deployment without a finding. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readPrefecture } from '../../infra/prefectures/schema.ts';
import saitama from '../../infra/prefectures/saitama.json' with { type: 'json' };
import { YoriaiStack } from '../../infra/stack.ts';
import { directoryForFile } from './directories.ts';

const { context } = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')));

const domain = {
  name: 'yoriai.pref.saitama.example',
  certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0a1b',
};

const shapes = {
  'internet, in production': { purpose: 'production', domain },
  'allowlist, in production': {
    purpose: 'production',
    domain,
    edge: { kind: 'allowlist', networks: ['203.0.113.0/24'] },
  },
  'allowlist, as a demonstration': { edge: { kind: 'allowlist', networks: ['203.0.113.0/24'] } },
  'private, in production': {
    purpose: 'production',
    edge: { kind: 'private', vpcEndpointIds: ['vpce-0123456789abcdef0'] },
  },
  'internet, closed after an incident': { openTo: 'prefecture' },
};

const functionOf = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });

function deploymentWith(settings: object) {
  const directory = directoryForFile();
  // The functions are the same in every shape.
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, outdir: directory });
  const stack = new YoriaiStack(app, readPrefecture('saitama', { ...saitama, ...settings }));
  app.synth();
  const report = z
    .object({ pluginReports: z.array(z.unknown()) })
    .parse(JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')));
  const template = Template.fromStack(stack);
  const [variables] = Object.entries(template.findResources('AWS::Lambda::Function'))
    .filter(([id]) => id.startsWith('Http'))
    .map(([, { Properties }]) => functionOf.parse(Properties).Environment.Variables);
  return { findings: report.pluginReports, template, variables };
}

describe.each(Object.entries(shapes))('a deployment: %s', (_shape, settings) => {
  const { findings, template, variables } = deploymentWith(settings);

  it('has no finding of the default rules', () => {
    expect(findings).toEqual([]);
  });

  it('tells the application where it is', () => {
    const hasDomain = 'domain' in settings;
    expect(variables?.['PUBLIC_BASE_PATH']).toBe(hasDomain ? '' : '/main');
    if (hasDomain) expect(variables?.['PUBLIC_ORIGIN']).toBe(`https://${domain.name}`);
    else expect(JSON.stringify(variables?.['PUBLIC_ORIGIN'])).toMatch(/GatewayApi.*execute-api/);
    expect(variables?.['SITE_OPEN_TO']).toBe('openTo' in settings ? 'prefecture' : 'everyone');
  });

  it('has people come back there from signing in', () => {
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
