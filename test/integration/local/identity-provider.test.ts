import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';

import { publishedKeys } from '../../../functions/platform/identity.ts';
import { IN_MEMORY } from '../../../infra/local/data-dir.ts';
import { startIdentityProvider } from '../../../infra/local/identity-provider.ts';

const now = (): Date => new Date();
const accounts = [
  { id: 'prefecture', name: '埼玉県 障害者支援課', groups: ['prefecture'] },
  { id: 'kawagoe', name: '川越市 <障害者福祉課>', groups: ['unit-112011'] },
];
const redirectUri = 'http://127.0.0.1:3000/auth/callback';

describe('issueToken', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'yoriai-'));
  });
  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  it("issues access tokens with Cognito's claims and no audience", async () => {
    const provider = await startIdentityProvider({ dataDir: IN_MEMORY, now, accounts });
    const token = await provider.issueToken({
      sub: 'u1',
      username: 'kawagoe',
      groups: ['unit-112011'],
      expiresInSeconds: 60,
    });
    const { payload } = await jwtVerify(token, publishedKeys(provider.issuer), { issuer: provider.issuer });
    expect(payload).toEqual({
      iss: provider.issuer,
      sub: 'u1',
      username: 'kawagoe',
      client_id: provider.clientId,
      token_use: 'access',
      'cognito:groups': ['unit-112011'],
      scope: 'openid',
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 60,
      jti: expect.any(String),
    });
    await provider.stop();
  });

  it('follows the clock given', async () => {
    const provider = await startIdentityProvider({
      dataDir: IN_MEMORY,
      now: () => new Date('2024-07-01T00:00:00Z'),
      accounts,
    });
    const { iat, exp } = decodeJwt(await provider.issueToken({ sub: 'u', username: 'u', groups: [] }));
    expect({ iat, exp }).toEqual({ iat: 1_719_792_000, exp: 1_719_795_600 });
    await provider.stop();
  });

  it('issues tokens that verify after a restart, with keys only their owner can read', async () => {
    const first = await startIdentityProvider({ dataDir, now, accounts });
    const token = await first.issueToken({ sub: 'u', username: 'u', groups: ['prefecture'] });
    await first.stop();
    const port = Number(new URL(first.issuer).port);
    const second = await startIdentityProvider({ dataDir, now, accounts, port });
    await expect(jwtVerify(token, publishedKeys(second.issuer), { issuer: second.issuer })).resolves.toMatchObject({
      payload: { sub: 'u' },
    });
    expect((await stat(join(dataDir, 'identity-keys.json'))).mode & 0o777).toBe(0o600);
    await second.stop();
  });
});

/** A browser's part of the sign-in: follows redirects with its cookies until the application's address comes. */
class Browser {
  readonly cookies = new Map<string, string>();

  async open(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      this.cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null || location.startsWith(redirectUri)) {
      return response;
    }
    return this.open(new URL(location, url));
  }
}

describe('the sign-in page', () => {
  it('lists the accounts each time, and gives the application tokens of the one picked', async () => {
    const provider = await startIdentityProvider({ dataDir: IN_MEMORY, now, accounts, redirectUris: [redirectUri] });
    const browser = new Browser();
    const verifier = 'v'.repeat(43);
    const authorization = new URL(`${provider.issuer}/auth`);
    authorization.search = new URLSearchParams({
      client_id: provider.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid',
      state: 's1',
      nonce: 'n1',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();

    for (const account of accounts) {
      const picker = await browser.open(authorization);
      const page = await picker.text();
      expect(page).toContain('埼玉県 障害者支援課');
      expect(page).toContain('川越市 &lt;障害者福祉課&gt;');
      expect([...browser.cookies.keys()].every((name) => name.startsWith('yoriai-idp'))).toBe(true);

      const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
      const unknown = await browser.open(new URL(action, provider.issuer), {
        method: 'POST',
        body: new URLSearchParams({ account: 'nobody' }),
      });
      expect(unknown.status).toBe(400);

      const back = await browser.open(new URL(action, provider.issuer), {
        method: 'POST',
        body: new URLSearchParams({ account: account.id }),
      });
      const callback = new URL(back.headers.get('location') ?? '');
      expect(callback.searchParams.get('state')).toBe('s1');

      const exchanged = await fetch(`${provider.issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${provider.clientId}:${provider.clientSecret}`)}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          redirect_uri: redirectUri,
          code: callback.searchParams.get('code') ?? '',
          code_verifier: verifier,
        }),
      });
      expect(exchanged.status).toBe(200);
      const tokens = z.object({ access_token: z.string(), id_token: z.string() }).parse(await exchanged.json());
      const access = await jwtVerify(tokens.access_token, publishedKeys(provider.issuer), { issuer: provider.issuer });
      expect(access.payload).toMatchObject({
        sub: account.id,
        username: account.id,
        token_use: 'access',
        client_id: provider.clientId,
        'cognito:groups': account.groups,
      });
      expect(access.payload).not.toHaveProperty('aud');
      const id = await jwtVerify(tokens.id_token, publishedKeys(provider.issuer), { audience: provider.clientId });
      expect(id.payload).toMatchObject({ name: account.name, nonce: 'n1', 'cognito:groups': account.groups });
    }
    await provider.stop();
  });

  it('explains in Japanese when the sign-in is no longer known', async () => {
    const provider = await startIdentityProvider({ dataDir: IN_MEMORY, now, accounts, redirectUris: [redirectUri] });
    const response = await fetch(`${provider.issuer}/interaction/unknown`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('もう一度サインインしてください');
    await provider.stop();
  });
});
