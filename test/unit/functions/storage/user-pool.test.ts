/** What is sent to Cognito, as its API reference asks for it. */

import { createHmac } from 'node:crypto';
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../functions/domain/sign-in.ts';
import { createUserPool } from '../../../../functions/storage/user-pool.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
const pool = createUserPool({
  client: new CognitoIdentityProviderClient({ region: 'ap-northeast-1' }),
  userPoolId: 'ap-northeast-1_Test',
  clientId: 'client',
  clientSecret: 'secret',
});
const caller: Caller = {
  address: '203.0.113.7',
  host: 'yoriai.example',
  path: '/main/sign-in',
  userAgent: 'Mozilla/5.0',
};
const account = { username: 'kawagoe-01', session: 's1' };
const application = { UserPoolId: 'ap-northeast-1_Test', ClientId: 'client' };
const hash = createHmac('sha256', 'secret').update('kawagoe-01client').digest('base64');
const context = {
  IpAddress: '203.0.113.7',
  ServerName: 'yoriai.example',
  ServerPath: '/main/sign-in',
  HttpHeaders: [{ headerName: 'User-Agent', headerValue: 'Mozilla/5.0' }],
};
const next = { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 's2' } as const;

function sent(): unknown {
  return cognito.calls().at(-1)?.args[0].input;
}

beforeEach(() => {
  cognito.reset();
  cognito.on(AdminInitiateAuthCommand).resolves(next);
  cognito.on(AdminRespondToAuthChallengeCommand).resolves(next);
});

describe('every call of the pool', () => {
  it('begins with the name, its password, the hash of the secret and the person’s address', async () => {
    expect(await pool.begin('kawagoe-01', ' Pass word-1 ', caller)).toEqual({ kind: 'code', session: 's2' });
    expect(sent()).toEqual({
      ...application,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'kawagoe-01', PASSWORD: ' Pass word-1 ', SECRET_HASH: hash },
      ContextData: context,
    });
  });

  it('leaves the context out where the address is not known: Cognito takes none without it', async () => {
    await pool.begin('kawagoe-01', 'x', { ...caller, address: undefined });
    expect(sent()).not.toHaveProperty('ContextData');
  });

  it.each([
    [
      'NEW_PASSWORD_REQUIRED',
      () => pool.setPassword(account, 'New-password-1', caller),
      { NEW_PASSWORD: 'New-password-1' },
    ],
    ['SOFTWARE_TOKEN_MFA', () => pool.giveCode(account, '012345', caller), { SOFTWARE_TOKEN_MFA_CODE: '012345' }],
  ] as const)('answers %s with the session that it belongs to', async (challenge, call, given) => {
    await call();
    expect(sent()).toEqual({
      ...application,
      ChallengeName: challenge,
      Session: 's1',
      ChallengeResponses: { USERNAME: 'kawagoe-01', SECRET_HASH: hash, ...given },
      ContextData: context,
    });
  });

  it('sets an authenticator up with the session of each step before', async () => {
    cognito.on(AssociateSoftwareTokenCommand).resolves({ SecretCode: 'ABCD', Session: 's2' });
    cognito.on(VerifySoftwareTokenCommand).resolves({ Status: 'SUCCESS', Session: 's3' });
    expect(await pool.startSetUp('s1')).toEqual({ kind: 'secret', secret: 'ABCD', session: 's2' });
    expect(sent()).toEqual({ Session: 's1' });
    await pool.finishSetUp({ username: 'kawagoe-01', session: 's2' }, '012345', caller);
    expect(cognito.commandCalls(VerifySoftwareTokenCommand)[0]?.args[0].input).toEqual({
      Session: 's2',
      UserCode: '012345',
    });
    expect(sent()).toMatchObject({ ChallengeName: 'MFA_SETUP', Session: 's3' });
  });

  it('asks for the code of a new password, and gives it, with the hash and the address', async () => {
    cognito.on(ForgotPasswordCommand).resolves({});
    cognito.on(ConfirmForgotPasswordCommand).resolves({});
    const common = {
      ClientId: 'client',
      Username: 'kawagoe-01',
      SecretHash: hash,
      UserContextData: { IpAddress: '203.0.113.7' },
    };
    expect(await pool.sendCode('kawagoe-01', caller)).toEqual({ kind: 'sent' });
    expect(sent()).toEqual(common);
    await pool.resetPassword('kawagoe-01', { code: '012345', password: 'New-password-1' }, caller);
    expect(sent()).toEqual({ ...common, ConfirmationCode: '012345', Password: 'New-password-1' });
  });

  it('ends the tokens of the account in the pool', async () => {
    cognito.on(AdminUserGlobalSignOutCommand).resolves({});
    await pool.endTokens('kawagoe-01');
    expect(sent()).toEqual({ UserPoolId: 'ap-northeast-1_Test', Username: 'kawagoe-01' });
  });
});
