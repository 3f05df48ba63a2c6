/** What is made in an account before its first deployment. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { refusedIn } from './resource-types.ts';
import { root } from './synthesis.ts';

const text = readFileSync(new URL('infra/account/account.template.json', root), 'utf8');
const template: unknown = JSON.parse(text);
const role = z.object({
  Resources: z.object({
    Deployment: z.object({
      Properties: z.object({
        AssumeRolePolicyDocument: z.object({ Statement: z.tuple([z.object({ Condition: z.unknown() })]) }),
        Policies: z.array(
          z.object({
            PolicyDocument: z.object({ Statement: z.array(z.object({ Action: z.unknown(), Resource: z.unknown() })) }),
          }),
        ),
      }),
    }),
  }),
});

describe('the template of an account', () => {
  const { Properties } = role.parse(template).Resources.Deployment;
  const statements = Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

  it('is one that the resource types take, in ASCII, which CloudFormation gives back as it was', () => {
    expect(refusedIn(template)).toEqual([]);
    expect(text).toMatch(/^[\n -~]*$/);
  });

  it('lets the environment production of one repository in, and no branch or pull request', () => {
    expect(Properties.AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': { 'Fn::Sub': 'repo:${Repository}:environment:production' },
      },
    });
  });

  it('takes a repository as GitHub tells who it is: by names, with the numbers that younger ones have, and no pattern', () => {
    const pattern = z
      .object({ Parameters: z.object({ Repository: z.object({ AllowedPattern: z.string() }) }) })
      .parse(template).Parameters.Repository.AllowedPattern;
    const takes = (name: string): boolean => new RegExp(`^(?:${pattern})$`).test(name);
    expect(['pref-example/yoriai', 'pref-example@123456/yoriai@456789'].filter(takes)).toHaveLength(2);
    expect(['*/yoriai', 'pref*/yoriai', 'yoriai', 'a/b:environment:x', 'a@*/b'].filter(takes)).toEqual([]);
  });

  it('deploys through the roles of the CDK, and writes nothing itself but the policy of our stacks', () => {
    const actions = statements.flatMap(({ Action }) => [Action].flat().map(String));
    expect(actions.filter((action) => !/:(?:Describe|Get|List)/.test(action))).toEqual([
      'sts:AssumeRole',
      'cloudformation:SetStackPolicy',
      // The application, with a request that is none.
      'lambda:InvokeFunction',
    ]);
    expect(
      statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => [Action].flat()),
    ).not.toContain('cloudformation:SetStackPolicy');
  });

  it('may make every call of the checks after a deployment', () => {
    const source = readFileSync(new URL('infra/operation/smoke/account-checks.ts', root), 'utf8');
    const calls = [...source.matchAll(/aws\(\s*'([\w-]+)',\s*'([\w-]+)'/g)].map(([, service = '', name = '']) => ({
      service: service.replace('sesv2', 'ses'),
      name: name.replaceAll(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase()),
    }));
    expect(calls.length).toBeGreaterThan(8);
    const allowed = new Set(
      statements.flatMap(({ Action }) => [Action].flat().map((each) => String(each).toLowerCase())),
    );
    const named = calls.flatMap(({ service, name }) => {
      const action = `${service}:${name}`.toLowerCase();
      if (action === 'lambda:invoke') return ['lambda:invokefunction'];
      // The firewall asks for a right on the user pool too, and one on the list that it finds (WAF Developer Guide).
      return action === 'wafv2:getwebaclforresource'
        ? [action, 'wafv2:getwebacl', 'cognito-idp:getwebaclforresource']
        : [action];
    });
    expect(named.filter((action) => !allowed.has(action))).toEqual([]);
  });
});
