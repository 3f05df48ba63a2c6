/** What the firewall may refuse, and what nobody may be able to read in a log. */

import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { noAlarm } from '../../infra/constructs/alarms.ts';
import { Gateway } from '../../infra/constructs/gateway.ts';
import { requestLimit } from '../../infra/constructs/firewall-rules.ts';
import { pause } from '../../functions/web/browser/saving.ts';
import type { Edge } from '../../infra/prefectures/edge.ts';
import { problems } from '../../schemas/problem.ts';
import { directoryForFile } from './directories.ts';

const rule = z.object({
  Name: z.string(),
  Priority: z.int(),
  Action: z.record(z.string(), z.unknown()).optional(),
  OverrideAction: z.record(z.string(), z.unknown()).optional(),
  Statement: z.record(z.string(), z.unknown()),
  VisibilityConfig: z.object({ SampledRequestsEnabled: z.boolean() }),
});
const acl = z.object({
  Scope: z.string(),
  DefaultAction: z.record(z.string(), z.unknown()),
  Rules: z.array(rule),
  CustomResponseBodies: z.record(z.string(), z.object({ ContentType: z.string(), Content: z.string() })),
  DataProtectionConfig: z.unknown(),
  VisibilityConfig: z.object({ SampledRequestsEnabled: z.boolean() }),
});
const managed = z.object({
  ManagedRuleGroupStatement: z.object({
    Name: z.string(),
    RuleActionOverrides: z
      .array(z.object({ Name: z.string(), ActionToUse: z.record(z.string(), z.unknown()) }))
      .default([]),
  }),
});

function firewallOf(edge: Edge) {
  const stack = new Stack(new App({ outdir: directoryForFile() }), 'Test', { env: { region: 'ap-northeast-1' } });
  const gateway = new Gateway(stack, 'Gateway', {
    edge,
    domain: undefined,
    alarms: noAlarm('nobody listens to a test'),
  });
  gateway.api.root.addMethod('GET');
  const template = Template.fromStack(stack);
  const [found] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
  return { template, acl: acl.parse(found?.['Properties']) };
}

const internet = firewallOf({ kind: 'internet' });
const allowlist = firewallOf({ kind: 'allowlist', networks: ['203.0.113.0/24', '198.51.100.7/32'] });
const closed = firewallOf({ kind: 'private', vpcEndpointIds: ['vpce-0123456789abcdef0'] });

describe.each([
  ['internet', internet],
  ['allowlist', allowlist],
  ['private', closed],
])('the firewall of %s', (kind, { template, acl: { Rules, VisibilityConfig, Scope } }) => {
  it('stands in front of the stage', () => {
    expect(Scope).toBe('REGIONAL');
    const [association] = Object.values(template.findResources('AWS::WAFv2::WebACLAssociation'));
    expect(JSON.stringify(association?.['Properties'])).toMatch(
      /::\/restapis\/.*GatewayApi.*\/stages\/.*Stagemain.*GatewayFirewallAcl/,
    );
  });

  it('asks its rules in an order without doubt', () => {
    expect(Rules.map(({ Priority }) => Priority)).toEqual(Rules.map((_rule, place) => place));
    expect(new Set(Rules.map(({ Name }) => Name)).size).toBe(Rules.length);
  });

  it('knows known attacks', () => {
    const groups = Rules.flatMap(
      ({ Statement }) => managed.safeParse(Statement).data?.ManagedRuleGroupStatement.Name ?? [],
    );
    expect(groups).toEqual([
      ...(kind === 'internet' ? ['AWSManagedRulesAmazonIpReputationList'] : []),
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ]);
  });

  it('keeps no sample of a request', () => {
    const kept = [VisibilityConfig, ...Rules.map((each) => each.VisibilityConfig)].filter(
      (each) => each.SampledRequestsEnabled,
    );
    expect(kept).toEqual([]);
  });
});

describe('an answer', () => {
  const overrides = internet.acl.Rules.flatMap(
    ({ Statement }) => managed.safeParse(Statement).data?.ManagedRuleGroupStatement.RuleActionOverrides ?? [],
  );

  it.each([
    ['a long text', 'SizeRestrictions_BODY'],
    ['a text with < and >', 'CrossSiteScripting_BODY'],
    ['a text with ../', 'GenericLFI_BODY'],
    ['a text with the address of a page', 'GenericRFI_BODY'],
    ['a text with the address of a host', 'EC2MetaDataSSRF_BODY'],
  ])('is not refused for being %s', (_what, name) => {
    expect(overrides).toContainEqual({ Name: name, ActionToUse: { Count: {} } });
  });

  it('is all that is spared: paths, queries and headers are refused as ever', () => {
    expect(overrides.filter(({ Name }) => !Name.endsWith('_BODY'))).toEqual([]);
    expect(overrides).toHaveLength(5);
  });
});

describe('the limit of requests', () => {
  const limit = z.object({
    RateBasedStatement: z.object({ Limit: z.int(), EvaluationWindowSec: z.int(), AggregateKeyType: z.string() }),
  });

  it('holds for one address in five minutes', () => {
    const [first] = internet.acl.Rules;
    expect(limit.parse(first?.Statement).RateBasedStatement).toEqual({
      Limit: requestLimit,
      EvaluationWindowSec: 300,
      AggregateKeyType: 'IP',
    });
  });

  it('lets all of Saitama through one shared exit, three officers a municipality who save as fast as the page can', () => {
    const savesInFiveMinutes = (5 * 60 * 1000) / pause;
    expect(63 * 3 * savesInFiveMinutes).toBeLessThanOrEqual(requestLimit);
  });

  it('lets two officers of each of 180 municipalities save every five seconds, and turn pages', () => {
    expect(180 * 2 * (60 + 45)).toBeLessThanOrEqual(requestLimit);
  });

  it('answers whoever goes beyond that they are to wait, and how long', () => {
    expect(internet.acl.Rules[0]?.Action).toEqual({
      Block: {
        CustomResponse: {
          ResponseCode: 429,
          CustomResponseBodyKey: 'too-many-requests',
          ResponseHeaders: [{ Name: 'Retry-After', Value: '300' }],
        },
      },
    });
  });
});

describe('a list of networks', () => {
  it('lets those in that passed every other rule, and refuses all others', () => {
    const { acl: each, template } = allowlist;
    template.hasResourceProperties('AWS::WAFv2::IPSet', {
      Addresses: ['203.0.113.0/24', '198.51.100.7/32'],
      IPAddressVersion: 'IPV4',
      Scope: 'REGIONAL',
    });
    expect(each.DefaultAction).toEqual({
      Block: { CustomResponse: { ResponseCode: 403, CustomResponseBodyKey: 'network-not-allowed' } },
    });
    expect(each.Rules.filter(({ Action }) => Action !== undefined && 'Allow' in Action)).toEqual([each.Rules.at(-1)]);
  });

  it('is nowhere else: everybody may come to the sign-in, or the VPC endpoint decides', () => {
    for (const { acl: each, template } of [internet, closed]) {
      expect(each.DefaultAction).toEqual({ Allow: {} });
      template.resourceCountIs('AWS::WAFv2::IPSet', 0);
    }
  });
});

describe('what the firewall says', () => {
  it.each(['too-many-requests', 'network-not-allowed'] as const)('as %s has the members of a problem', (code) => {
    const { ContentType, Content } = internet.acl.CustomResponseBodies[code] ?? {};
    expect(ContentType).toBe('APPLICATION_JSON');
    expect(JSON.parse(Content ?? '')).toEqual({ ...problems[code], code });
  });
});

describe('the log of the firewall', () => {
  const secret = ['cookie', 'authorization', 'x-csrf', 'referer'];

  it('holds no query, no session, no token and nothing that was typed', () => {
    expect(internet.acl.DataProtectionConfig).toEqual({
      DataProtections: [
        { Action: 'SUBSTITUTION', Field: { FieldType: 'QUERY_STRING' } },
        { Action: 'SUBSTITUTION', Field: { FieldType: 'BODY' } },
        { Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: secret } },
      ],
    });
    internet.template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      RedactedFields: [{ QueryString: {} }, ...secret.map((Name) => ({ SingleHeader: { Name } }))],
    });
  });

  it('holds what was refused or would have been, and drops the rest', () => {
    const conditions = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } }));
    internet.template.hasResourceProperties('AWS::WAFv2::LoggingConfiguration', {
      LoggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: conditions }],
      },
    });
  });
});
