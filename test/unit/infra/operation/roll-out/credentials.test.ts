import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { credentialsIn, sessionSeconds } from '../../../../../infra/operation/roll-out/credentials.ts';

const environment = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.actions.example/?api-version=2',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of the job',
};
const issued = { Credentials: { AccessKeyId: 'id', SecretAccessKey: 'secret', SessionToken: 'session' } };

/** Remembers what is asked of GitHub and of the AWS CLI; the token's file is gone afterwards. */
function surroundings() {
  const asked: { address: string; authorization: unknown }[] = [];
  const calls: { args: readonly string[]; token: string }[] = [];
  return {
    asked,
    calls,
    environment,
    fetch: async (address: string, { headers }: RequestInit) => {
      asked.push({ address, authorization: new Headers(headers).get('authorization') });
      return Response.json({ value: 'of the workflow' });
    },
    aws: async (args: readonly string[]) => {
      const file = args.at(-1)?.replace('file://', '') ?? '';
      calls.push({ args, token: readFileSync(file, 'utf8') });
      return issued;
    },
  };
}

describe('the credentials of a roll-out', () => {
  it('are got once, for as long as a deployment may take, from the token of the workflow', async () => {
    const around = surroundings();
    expect(await credentialsIn('123456789012', 'saitama', around)).toEqual({
      AWS_REGION: 'ap-northeast-1',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'session',
    });
    expect(around.asked).toEqual([
      {
        address: 'https://token.actions.example/?api-version=2&audience=sts.amazonaws.com',
        authorization: 'bearer of the job',
      },
    ]);
    const [{ args, token } = { args: [], token: '' }] = around.calls;
    expect(token).toBe('of the workflow');
    expect(args.join(' ')).toMatch(
      /^sts assume-role-with-web-identity --role-arn arn:aws:iam::123456789012:role\/YoriaiDeployment --role-session-name roll-out-saitama --duration-seconds 7200 --web-identity-token file:\/\//,
    );
    expect(() => readFileSync(args.at(-1)?.replace('file://', '') ?? '')).toThrow('ENOENT');
  });

  it('last as long as the role lets them', () => {
    const { Resources } = z
      .object({
        Resources: z.object({ Deployment: z.object({ Properties: z.object({ MaxSessionDuration: z.number() }) }) }),
      })
      .parse(
        JSON.parse(
          readFileSync(new URL('../../../../../infra/account/account.template.json', import.meta.url), 'utf8'),
        ),
      );
    expect(Resources.Deployment.Properties.MaxSessionDuration).toBe(sessionSeconds);
  });

  it('are not to be had outside GitHub Actions', async () => {
    await expect(credentialsIn('123456789012', 'saitama', { ...surroundings(), environment: {} })).rejects.toThrow(
      'ACTIONS_ID_TOKEN_REQUEST_URL',
    );
  });
});
