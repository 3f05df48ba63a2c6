/** What the firewall may refuse, and what nobody may be able to read in a log. */

import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { noAlarm } from '../../infra/constructs/alarms.ts';
import { Gateway } from '../../infra/constructs/gateway.ts';
import { Firewall } from '../../infra/constructs/firewall.ts';
import { requestLimit, signInLimit, signInPostLimit } from '../../infra/constructs/firewall-rules.ts';
import { Opening } from '../../infra/constructs/opening.ts';
import { pause } from '../../functions/web/browser/saving.ts';
import type { Edge } from '../../infra/prefectures/edge.ts';
import type { SignInWay } from '../../infra/prefectures/identity.ts';
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

function gatewayWith(edge: Edge, prefectureNetworks?: readonly string[], signIn: SignInWay = 'hosted') {
  const stack = new Stack(new App({ outdir: directoryForFile(), builtinCloudFormationValidation: false }), 'Test', {
    env: { region: 'ap-northeast-1' },
  });
  const common = {
    edge,
    signIn,
    opening: new Opening(stack, 'Opening'),
    prefectureNetworks: prefectureNetworks === undefined ? undefined : [...prefectureNetworks],
    alarms: noAlarm('nobody listens to a test'),
  };
  const gateway = new Gateway(stack, 'Gateway', { ...common, domain: undefined });
  gateway.api.root.addMethod('GET');
  const pool = 'arn:aws:cognito-idp:ap-northeast-1:123456789012:userpool/ap-northeast-1_Test';
  const inFront = {
    what: signIn === 'own' ? 'pool' : 'signIn',
    resourceArn: pool,
    log: gateway.logs.firewall,
  } as const;
  // oxlint-disable-next-line no-new -- a construct joins the tree by being made
  new Firewall(stack, 'SignIn', { ...common, ...inFront });
  return Template.fromStack(stack);
}

function firewallIn(template: Template, prefix: string): z.output<typeof acl> {
  const found = Object.entries(template.findResources('AWS::WAFv2::WebACL')).find(([id]) => id.startsWith(prefix));
  return acl.parse(found?.[1]['Properties']);
}

function firewallOf(edge: Edge) {
  const template = gatewayWith(edge);
  return { template, acl: firewallIn(template, 'Gateway'), signIn: firewallIn(template, 'SignIn') };
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

describe('the firewall of the sign-in', () => {
  it.each([
    [
      'internet',
      internet,
      ['OfApplication', 'RateLimit', 'SettingUp', 'AWSManagedRulesAmazonIpReputationList', 'PublicApi'],
    ],
    ['allowlist', allowlist, ['OfApplication', 'RateLimit', 'SettingUp', 'PublicApi', 'AllowedNetworks']],
    ['private', closed, ['OfApplication', 'RateLimit', 'SettingUp', 'PublicApi']],
  ])('of %s asks its rules in this order', (_kind, { signIn, acl: { DefaultAction } }, names) => {
    expect(signIn.Rules.map(({ Name }) => Name)).toEqual(names);
    expect(signIn.Rules.map(({ Priority }) => Priority)).toEqual(names.map((_name, place) => place));
    // Whoever may not reach the site may not sign in either.
    expect(signIn.DefaultAction).toEqual(DefaultAction);
  });

  it('stands in front of the user pool', () => {
    internet.template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      ResourceArn: 'arn:aws:cognito-idp:ap-northeast-1:123456789012:userpool/ap-northeast-1_Test',
    });
  });

  it('lets the application exchange codes and read keys, from wherever it runs', () => {
    const [first] = allowlist.signIn.Rules;
    expect(first?.Action).toEqual({ Allow: {} });
    expect(JSON.stringify(first?.Statement)).toMatch(/"SearchString":"\/oauth2\/token".*"\/.well-known\/"/);
  });

  it('refuses the calls of the pool’s API that need no credentials of AWS', () => {
    const found = internet.signIn.Rules.find(({ Name }) => Name === 'PublicApi');
    expect(found?.Action).toEqual({ Block: {} });
    expect(JSON.stringify(found?.Statement)).toMatch(/AndStatement.*"SearchString":"POST".*"SearchString":"\/"/);
  });

  it('lets Cognito’s pages set up an authenticator, which they do by the API, before that is refused', () => {
    for (const { signIn } of [internet, allowlist, closed]) {
      const place = signIn.Rules.findIndex(({ Name }) => Name === 'SettingUp');
      expect(place).toBeLessThan(signIn.Rules.findIndex(({ Name }) => Name === 'PublicApi'));
      const { Action, Statement } = signIn.Rules[place] ?? {};
      expect(Action).toEqual({ Allow: {} });
      const named = [...JSON.stringify(Statement).matchAll(/"SearchString":"(\w+)"/g)].map(([, text]) => text);
      expect(named).toEqual(['AssociateSoftwareToken', 'VerifySoftwareToken']);
    }
  });

  it('lets all of Hokkaido sign in through one exit, with a second try for everybody', () => {
    const requestsOfASignIn = 8;
    expect(180 * 2 * 2 * requestsOfASignIn).toBeLessThanOrEqual(signInLimit);
  });
});

describe('the firewall of a pool behind our own pages', () => {
  const edges: readonly Edge[] = [
    { kind: 'internet' },
    { kind: 'allowlist', networks: ['203.0.113.0/24'] },
    { kind: 'private', vpcEndpointIds: ['vpce-0123456789abcdef0'] },
  ];

  it.each(edges)('of $kind refuses everybody, but for the keys and the four calls that have no other way', (edge) => {
    const { Rules, DefaultAction } = firewallIn(gatewayWith(edge, ['198.51.100.0/24'], 'own'), 'SignIn');
    // In Cognito's own words, which its clients know as ForbiddenException.
    expect(DefaultAction).toEqual({ Block: {} });
    expect(Rules.map(({ Name }) => Name)).toEqual(['RateLimit', 'PublicKeys', 'OfOwnPages']);
    const allowed = Rules.filter(({ Action }) => Action !== undefined && 'Allow' in Action);
    const named = [...JSON.stringify(allowed).matchAll(/"SearchString":"([^"]+)"/g)].map(([, text]) => text);
    const operations = ['AssociateSoftwareToken', 'VerifySoftwareToken', 'ForgotPassword', 'ConfirmForgotPassword'];
    expect(named).toEqual([
      '/.well-known/',
      ...operations.flatMap((name) => [name, `AWSCognitoIdentityProviderService.${name}`]),
    ]);
  });

  it('counts what one address posts to the pages, as wide as a shared exit needs', () => {
    const open = gatewayWith({ kind: 'internet' }, undefined, 'own');
    const rule = firewallIn(open, 'Gateway').Rules.find(({ Name }) => Name === 'SignInRateLimit');
    expect(rule?.Statement).toMatchObject({
      RateBasedStatement: { Limit: signInPostLimit, AggregateKeyType: 'IP', EvaluationWindowSec: 300 },
    });
    expect(JSON.stringify(rule?.Statement)).toMatch(/"SearchString":"POST".*"SearchString":"\/sign-in"/);
    // Name and password, a new password, the authenticator: each wrong twice.
    expect(180 * 2 * 3 * 3).toBeLessThanOrEqual(signInPostLimit);
    expect(internet.acl.Rules.map(({ Name }) => Name)).not.toContain('SignInRateLimit');
  });

  it('closes the pages with the site, and not the pool, which only the function asks', () => {
    const closable = gatewayWith({ kind: 'internet' }, ['198.51.100.0/24'], 'own');
    const closing = Object.entries(closable.findResources('AWS::WAFv2::WebACL')).filter(([, acl]) =>
      JSON.stringify(acl).includes('Fn::If'),
    );
    expect(closing.map(([id]) => id.replace(/Acl\w*$/, ''))).toEqual(['GatewayFirewall']);
  });
});

describe('while the site is closed', () => {
  const networks = ['198.51.100.0/24'];
  const rules = z.object({ Rules: z.array(z.record(z.string(), z.unknown())) });
  const template = gatewayWith({ kind: 'allowlist', networks: ['203.0.113.0/24'] }, networks);
  const all = Object.values(template.findResources('AWS::WAFv2::WebACL')).map(
    ({ Properties }) => rules.parse(Properties).Rules,
  );

  it('the site and the sign-in are for the prefecture’s networks alone, before anybody is let in', () => {
    expect(all).toHaveLength(2);
    for (const each of all) {
      const place = each.findIndex((one) => 'Fn::If' in one);
      expect(each[place]?.['Fn::If']).toEqual([
        expect.stringMatching(/^OpeningClosed/),
        expect.objectContaining({
          Name: 'Incident',
          Priority: place,
          Action: { Block: { CustomResponse: { ResponseCode: 403, CustomResponseBodyKey: 'network-not-allowed' } } },
          Statement: { NotStatement: { Statement: { IPSetReferenceStatement: { Arn: expect.anything() } } } },
        }),
        { Ref: 'AWS::NoValue' },
      ]);
      expect(each.slice(place + 1).map(({ Name }) => Name)).toEqual(['AllowedNetworks']);
    }
    template.hasResourceProperties('AWS::WAFv2::IPSet', { Addresses: networks });
    template.hasCondition('*', { 'Fn::Equals': [{ Ref: 'OpenTo' }, 'prefecture'] });
  });
});
