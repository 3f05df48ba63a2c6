/** Every error that Cognito lists for what our pages ask of it, forced once, and the page that it leads to. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { poolErrors } from '../../../../../functions/storage/user-pool-errors.ts';
import { fieldIn } from '../../../../integration/support/browser.ts';
import type { Loaded, TestBrowser } from '../../../../integration/support/browser.ts';
import { ownPages } from '../../../support/own-sign-in.ts';

const password = 'Correct-horse-7';
const cognito = mockClient(CognitoIdentityProviderClient);

/** Where a step leads whose answer is an error of this meaning. */
interface Shown {
  readonly status: number;
  readonly text: string;
}

const fault: Shown = { status: 500, text: 'エラーが発生しました' };
const meanings: Readonly<Record<string, Shown>> = {
  wrong: { status: 401, text: '利用者名かパスワードが正しくありません。' },
  'wrong-code': { status: 401, text: '確認コードが正しくありません。' },
  'used-code': { status: 401, text: 'この確認コードは使用済みです。' },
  'expired-code': { status: 401, text: '確認コードの有効期限が過ぎています。' },
  'weak-password': { status: 422, text: 'このパスワードは使用できません。' },
  'earlier-password': { status: 422, text: '以前に使用したパスワードは使用できません。' },
  'not-sent': { status: 200, text: '登録されたメールアドレスに確認コードを送りました。' },
  waiting: { status: 429, text: '続けて間違えたため、この利用者名の受付を一時的に止めています。' },
  expired: { status: 400, text: 'サインインの途中で時間が経過したか' },
  busy: { status: 503, text: 'コード：sign-in-unavailable' },
  fault,
};

async function send(browser: TestBrowser, path: string, fields: Record<string, string>): Promise<Loaded> {
  const form = await browser.open(path);
  return browser.post(path, { csrf: fieldIn(form, 'csrf'), ...fields }, path);
}

const begin = (browser: TestBrowser): Promise<Loaded> =>
  send(browser, '/sign-in', { returnTo: '/', username: 'kawagoe-01', password });
const forget = (browser: TestBrowser): Promise<Loaded> =>
  send(browser, '/sign-in/forgotten-password', { username: 'kawagoe-01' });

function asks(challenge: 'NEW_PASSWORD_REQUIRED' | 'MFA_SETUP' | 'SOFTWARE_TOKEN_MFA'): void {
  cognito.on(AdminInitiateAuthCommand).resolves({ ChallengeName: challenge, Session: 's1' });
}

const tokens = { AuthenticationResult: { AccessToken: 'access', IdToken: 'id', RefreshToken: 'refresh' } };

/** The way to each operation, and the post that asks for it. */
const ways = {
  AdminInitiateAuth: {
    reject: (error: Error) => cognito.on(AdminInitiateAuthCommand).rejects(error),
    prepare: () => undefined,
    last: begin,
  },
  AdminRespondToAuthChallenge: {
    reject: (error: Error) => cognito.on(AdminRespondToAuthChallengeCommand).rejects(error),
    prepare: () => asks('SOFTWARE_TOKEN_MFA'),
    last: async (browser: TestBrowser) => {
      await begin(browser);
      return send(browser, '/sign-in/code', { code: '123456' });
    },
  },
  AssociateSoftwareToken: {
    reject: (error: Error) => cognito.on(AssociateSoftwareTokenCommand).rejects(error),
    prepare: () => asks('MFA_SETUP'),
    last: begin,
  },
  VerifySoftwareToken: {
    reject: (error: Error) => cognito.on(VerifySoftwareTokenCommand).rejects(error),
    prepare: () => {
      asks('MFA_SETUP');
      cognito.on(AssociateSoftwareTokenCommand).resolves({ SecretCode: 'JBSWY3DPEHPK3PXP', Session: 's2' });
    },
    last: async (browser: TestBrowser) => {
      await begin(browser);
      return send(browser, '/sign-in/authenticator', { code: '123456' });
    },
  },
  ForgotPassword: {
    reject: (error: Error) => cognito.on(ForgotPasswordCommand).rejects(error),
    prepare: () => undefined,
    last: forget,
  },
  ConfirmForgotPassword: {
    reject: (error: Error) => cognito.on(ConfirmForgotPasswordCommand).rejects(error),
    prepare: () => cognito.on(ForgotPasswordCommand).resolves({}),
    last: async (browser: TestBrowser) => {
      await forget(browser);
      const fields = { code: '123456', password, repeated: password };
      return send(browser, '/sign-in/reset-password', fields);
    },
  },
  AdminUserGlobalSignOut: {
    reject: (error: Error) => cognito.on(AdminUserGlobalSignOutCommand).rejects(error),
    prepare: () => cognito.on(AdminInitiateAuthCommand).resolves(tokens),
    last: begin,
  },
} as const;

const serverFault = new CognitoIdentityProviderServiceException({
  name: 'ServiceUnavailable',
  $fault: 'server',
  $metadata: { httpStatusCode: 503 },
});

function failing(name: string, message = `${name} of somebody`): Error {
  return Object.assign(new Error(message), { name });
}

beforeEach(() => {
  cognito.reset();
});

describe('the table of errors', () => {
  const folder = createRequire(import.meta.url)
    .resolve('@aws-sdk/client-cognito-identity-provider/package.json')
    .replace('package.json', 'dist-types/commands/');

  it.each(Object.entries(poolErrors))('has every error that the SDK documents for %s', (operation, errors) => {
    const documented = [
      ...readFileSync(`${folder}${operation}Command.d.ts`, 'utf8').matchAll(/@throws \{@link (\w+Exception)\}/g),
    ].flatMap(([, name = '']) => (name === 'CognitoIdentityProviderServiceException' ? [] : [name]));
    expect(documented.length).toBeGreaterThan(5);
    expect(documented.filter((name) => !Object.hasOwn(errors, name))).toEqual([]);
  });

  it('has a way to each operation and a page for each meaning', () => {
    expect(Object.keys(ways)).toEqual(Object.keys(poolErrors));
    const used = new Set<string>(Object.values(poolErrors).flatMap((errors) => Object.values(errors)));
    expect([...used].filter((meaning) => !Object.hasOwn(meanings, meaning))).toEqual([]);
  });
});

describe.each(Object.entries(ways))('%s', (operation, { reject, prepare, last }) => {
  const [, errors = {}] =
    Object.entries<Readonly<Record<string, string>>>(poolErrors).find(([name]) => name === operation) ?? [];

  it.each(Object.entries(errors))('answering %s (%s) leads to its page', async (name, meaning) => {
    prepare();
    reject(failing(name));
    let failures = 0;
    const { browser, logged, kept } = ownPages({}, () => (failures += 1));
    const answer = await last(browser);
    // Operators are told of what is not the person's to mend, and of nothing else.
    expect(failures).toBe(meaning === 'busy' || meaning === 'fault' ? 1 : 0);
    if (operation === 'AdminUserGlobalSignOut') {
      // Whoever gave both factors is in: the tokens are kept nowhere.
      expect(answer.html).toContain('home of 川越 太郎');
      expect(logged.join()).toContain('tokens not ended');
    } else {
      const { status, text } = meanings[meaning] ?? fault;
      expect([answer.status, answer.html.includes(text)]).toEqual([status, true]);
      expect(browser.cookie('__Host-yoriai')).toBeUndefined();
      expect(logged.join()).toContain(name);
    }
    expect([...logged, ...kept, answer.html].join()).not.toContain(password);
    expect(logged.join()).not.toContain('of somebody');
  });

  it.each([
    ['a lost connection', Object.assign(new Error('connect'), { name: 'Error', code: 'ECONNRESET' }), 503],
    ['a name that cannot be resolved for now', Object.assign(new Error('dns'), { code: 'EAI_AGAIN' }), 503],
    ['a call that took too long', failing('TimeoutError'), 503],
    ['a throttle', failing('ThrottlingException'), 503],
    ['a fault of Cognito’s that has no name', serverFault, 503],
    ['what nobody has heard of', failing('NewException'), 500],
    [
      'that the application is not known',
      failing('NotAuthorizedException', 'Unable to verify secret hash for client c'),
      500,
    ],
  ])('failing by %s is told as a failure', async (_what, error, status) => {
    prepare();
    reject(error);
    let failures = 0;
    const answer = await last(ownPages({}, () => (failures += 1)).browser);
    expect(failures).toBe(1);
    if (operation === 'AdminUserGlobalSignOut') expect(answer.status).toBe(200);
    else {
      expect(answer.status).toBe(status);
      expect(answer.html).toContain(status === 503 ? '1分ほど待ってから' : '次の番号を');
    }
  });
});

describe('an answer that fits no step', () => {
  it.each([
    ['another challenge', { ChallengeName: 'SMS_MFA', Session: 's' }],
    ['a challenge without a session', { ChallengeName: 'SOFTWARE_TOKEN_MFA' }],
    ['tokens without one of them', { AuthenticationResult: { AccessToken: 'a' } }],
    ['nothing', {}],
  ] as const)('%s is a fault', async (_what, answer) => {
    cognito.on(AdminInitiateAuthCommand).resolves(answer);
    expect((await begin(ownPages().browser)).status).toBe(500);
  });

  it('an authenticator that was not taken is a wrong code', async () => {
    ways.VerifySoftwareToken.prepare();
    cognito.on(VerifySoftwareTokenCommand).resolves({ Status: 'ERROR' });
    expect((await ways.VerifySoftwareToken.last(ownPages().browser)).html).toContain('確認コードが正しくありません。');
  });
});
