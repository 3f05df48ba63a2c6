/** The sign-in at a provider that says of itself what Cognito says, and no more. */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentify, publishedKeys } from '../../../functions/platform/identity.ts';
import { createSignInProvider } from '../../../functions/web/sign-in/provider.ts';
import type { SignInProvider } from '../../../functions/web/sign-in/provider.ts';

const clientId = '7clientidofcognito';
const clientSecret = 'secretofcognito';
const domain = 'https://yoriai-saitama.auth.ap-northeast-1.amazoncognito.com';
const callback = new URL('https://yoriai.pref.example/main/sign-in/callback');
const keys = await generateKeyPair('RS256');

let issuer: string;
let provider: SignInProvider;
/** What the token endpoint was sent last. */
let exchanged: URLSearchParams;
let authorization: string | undefined;
let nonce: string;
let challenge: string;
let groups: readonly string[];

/** As a pool publishes it: no `code_challenge_methods_supported`, no `none` among the ways to authenticate. */
function discovery(): unknown {
  return {
    authorization_endpoint: `${domain}/oauth2/authorize`,
    end_session_endpoint: `${domain}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    revocation_endpoint: `${domain}/oauth2/revoke`,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${issuer}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${domain}/oauth2/userInfo`,
  };
}

async function signed(claims: Record<string, unknown>): Promise<string> {
  return new SignJWT({ sub: 'sub-1', 'cognito:groups': groups, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .setIssuer(issuer)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(keys.privateKey);
}

async function tokens(request: IncomingMessage): Promise<unknown> {
  exchanged = new URLSearchParams(await text(request));
  ({ authorization } = request.headers);
  const verifier = createHash('sha256')
    .update(exchanged.get('code_verifier') ?? '')
    .digest('base64url');
  if (verifier !== challenge || exchanged.get('code') !== 'good') return { error: 'invalid_grant' };
  return {
    id_token: await signed({
      aud: clientId,
      token_use: 'id',
      nonce,
      'cognito:username': 'kawagoe-01',
      name: '川越 太郎',
    }),
    access_token: await signed({ client_id: clientId, token_use: 'access', scope: 'openid', username: 'kawagoe-01' }),
    refresh_token: 'refresh',
    expires_in: 3600,
    token_type: 'Bearer',
  };
}

async function answerTo(request: IncomingMessage): Promise<unknown> {
  if (request.url?.endsWith('/openid-configuration') === true) return discovery();
  if (request.url?.endsWith('/jwks.json') === true)
    return { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
  return tokens(request);
}

const server = createServer((request, response) => {
  void (async () => {
    const body = await answerTo(request);
    const isRefusal = typeof body === 'object' && body !== null && 'error' in body;
    response.writeHead(isRefusal ? 400 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  })();
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a numeric port');
  issuer = `http://127.0.0.1:${address.port}/ap-northeast-1_Test`;
  provider = createSignInProvider({
    issuer,
    clientId,
    clientSecret,
    identify: createIdentify({ issuer, clientId, keys: publishedKeys(issuer), now: () => new Date() }),
    signOutUrl: `${domain}/logout`,
  });
});
afterAll(() => {
  server.close();
});

async function depart(): Promise<Awaited<ReturnType<SignInProvider['depart']>>> {
  const departure = await provider.depart(callback);
  nonce = departure.nonce;
  challenge = departure.url.searchParams.get('code_challenge') ?? '';
  groups = ['unit-112011'];
  return departure;
}

function back(state: string, code = 'good'): URL {
  const address = new URL(callback);
  address.search = new URLSearchParams({ code, state }).toString();
  return address;
}

describe('the sign-in at Cognito', () => {
  it('leaves for its page in Japanese, with a challenge although Cognito does not announce that it checks it', async () => {
    const { url } = await depart();
    expect(url.origin + url.pathname).toBe(`${domain}/oauth2/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: clientId,
      redirect_uri: callback.href,
      response_type: 'code',
      scope: 'openid',
      code_challenge_method: 'S256',
      lang: 'ja',
    });
    expect(challenge).toMatch(/^[\w-]{43}$/);
  });

  it('comes back with a code, which is exchanged with the secret, for the person and when the tokens were issued', async () => {
    const departure = await depart();
    const before = Math.floor(Date.now() / 1000);
    const arrival = await provider.arrive(back(departure.state), departure);
    expect(arrival).toMatchObject({
      kind: 'person',
      person: { id: 'sub-1', name: '川越 太郎', role: 'municipality', units: ['112011'] },
    });
    expect(arrival.kind === 'person' && arrival.issuedAt).toBeGreaterThanOrEqual(before);
    expect(authorization).toBe(`Basic ${btoa(`${clientId}:${clientSecret}`)}`);
    expect(exchanged.has('client_secret')).toBe(false);
  });

  it('does not take a code that was asked for by another browser, nor a refused one', async () => {
    const [mine, other] = [await provider.depart(callback), await depart()];
    expect(await provider.arrive(back(other.state), { ...other, verifier: mine.verifier })).toMatchObject({
      kind: 'failed',
      code: 'invalid_grant',
    });
    expect(await provider.arrive(back(other.state, 'bad'), other)).toMatchObject({ kind: 'failed' });
    expect(await provider.arrive(back('another'), other)).toMatchObject({ kind: 'failed' });
    nonce = 'another';
    expect(await provider.arrive(back(other.state), other)).toMatchObject({ kind: 'failed' });
  });

  it('gives no role to who is in no group, or in groups of both kinds', async () => {
    for (const member of [[], ['ap-northeast-1_Test_Prefecture'], ['prefecture', 'unit-112011']]) {
      const departure = await depart();
      groups = member;
      expect(await provider.arrive(back(departure.state), departure)).toEqual({ kind: 'noRole' });
    }
  });

  it('is left by Cognito’s own address, which comes back to ours', () => {
    const url = provider.signOutUrl(new URL('https://yoriai.pref.example/main/sign-out'));
    expect(url?.href).toBe(
      `${domain}/logout?client_id=${clientId}&logout_uri=${encodeURIComponent('https://yoriai.pref.example/main/sign-out')}`,
    );
    expect(provider.signOutOrigin).toBe(domain);
  });
});
