/** Every token that is refused, and those of the issuer that pass. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../support/fixtures.ts';
import { startTestSystem } from '../support/system.ts';
import type { TestSystem } from '../support/system.ts';
import { joint, lead, moving, openTwoCouncils, round, stranger } from '../support/two-councils.ts';

let system: TestSystem;

let dataDir: string;
let signingKey: JWK;

/** Nothing has been started. */
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yoriai-test-'));
  system = await startTestSystem({ dataDir });
  ({ signing: signingKey } = JSON.parse(await readFile(join(dataDir, 'identity-keys.json'), 'utf8')));
  await openTwoCouncils(system);
});

afterAll(async () => {
  await system.stop();
  await rm(dataDir, { recursive: true, force: true });
});

type Claims = JWTPayload & Record<string, unknown>;

function claims(changes: Claims = {}): Claims {
  const iat = Math.floor(Date.now() / 1000);
  return {
    iss: system.issuer,
    sub: 'someone',
    username: 'someone',
    client_id: 'yoriai-local',
    token_use: 'access',
    'cognito:groups': [`unit-${lead}`],
    iat,
    exp: iat + 600,
    ...changes,
  };
}

async function signed(payload: Claims, key?: CryptoKey): Promise<string> {
  const { kid = '' } = signingKey;
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', kid })
    .sign(key ?? (await importJWK(signingKey, 'RS256')));
}

async function strangersKey(): Promise<CryptoKey> {
  return (await generateKeyPair('RS256')).privateKey;
}

/** The token with other claims under the old signature. */
async function altered(changes: Claims): Promise<string> {
  const [header = '', , signature = ''] = (await signed(claims())).split('.');
  return [header, Buffer.from(JSON.stringify(claims(changes))).toString('base64url'), signature].join('.');
}

/** Signed with HMAC over the issuer's public key, as if it were a shared secret. */
async function confused(): Promise<string> {
  const { kty, n, e } = signingKey;
  const secret = new TextEncoder().encode(JSON.stringify({ kty, n, e }));
  return new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: signingKey.kid ?? '' }).sign(secret);
}

const past = (): number => Math.floor(Date.now() / 1000) - 60;

const tokens: readonly (readonly [string, number, () => Promise<string | undefined>])[] = [
  ['no token', 401, async () => undefined],
  [
    "a stranger's key under the issuer's name",
    401,
    async () => `Bearer ${await signed(claims(), await strangersKey())}`,
  ],
  [
    "another issuer's token",
    401,
    async () => `Bearer ${await signed(claims({ iss: 'https://issuer.example' }), await strangersKey())}`,
  ],
  [
    "another issuer's name under our key",
    401,
    async () => `Bearer ${await signed(claims({ iss: 'https://issuer.example' }))}`,
  ],
  [
    "another application's token",
    401,
    async () => `Bearer ${await signed(claims({ client_id: 'another-application' }))}`,
  ],
  ['an identity token', 401, async () => `Bearer ${await signed(claims({ token_use: 'id' }))}`],
  ['an expired token', 401, async () => `Bearer ${await signed(claims({ iat: past() - 3600, exp: past() }))}`],
  ['a token that never expires', 401, async () => `Bearer ${await signed(claims({ exp: undefined }))}`],
  ['a token of nobody', 401, async () => `Bearer ${await signed(claims({ sub: undefined }))}`],
  ['an unsigned token', 401, async () => `Bearer ${new UnsecuredJWT(claims()).encode()}`],
  ['an unsigned token with a dot more', 401, async () => `Bearer ${new UnsecuredJWT(claims()).encode()}x`],
  ['a token signed with the public key as secret', 401, async () => `Bearer ${await confused()}`],
  [
    'a token with the group changed in its payload',
    401,
    async () => `Bearer ${await altered({ 'cognito:groups': ['prefecture'] })}`,
  ],
  ['garbage', 401, async () => 'Bearer garbage'],
  ['garbage of three parts', 401, async () => 'Bearer a.b.c'],
  ['another scheme', 401, async () => `Basic ${await signed(claims())}`],
  ['a token without a scheme', 401, async () => signed(claims())],
  [
    "another municipality's token",
    403,
    async () => `Bearer ${await signed(claims({ 'cognito:groups': [`unit-${stranger}`] }))}`,
  ],
  ['a token without groups', 403, async () => `Bearer ${await signed(claims({ 'cognito:groups': [] }))}`],
  [
    'a token with groups of another application',
    403,
    async () => `Bearer ${await signed(claims({ 'cognito:groups': ['admin', 'unit-', 'unit-1120381'] }))}`,
  ],
  [
    'a token of both roles',
    403,
    async () => `Bearer ${await signed(claims({ 'cognito:groups': ['prefecture', `unit-${lead}`] }))}`,
  ],
  [
    'a token of a division that answers another form',
    403,
    async () => `Bearer ${await signed(claims({ 'cognito:groups': [`unit-${lead}-municipal-survey`] }))}`,
  ],
  [
    'a token of the prefecture and of a division',
    403,
    async () => `Bearer ${await signed(claims({ 'cognito:groups': ['prefecture', `unit-${lead}-council-report`] }))}`,
  ],
];

const codes: Readonly<Record<number, string>> = { 401: 'unauthenticated', 403: 'forbidden' };

describe('a bearer', () => {
  it('with a token of the issuer and the application passes', async () => {
    const bearer = system.bearer(`Bearer ${await signed(claims())}`);
    expect((await bearer.get(joint)).status).toBe(200);
  });

  it('of a division passes with the form that it answers', async () => {
    const groups = [`unit-${lead}-council-report`];
    const bearer = system.bearer(`Bearer ${await signed(claims({ 'cognito:groups': groups }))}`);
    expect((await bearer.get(joint)).status).toBe(200);
  });

  it.each(tokens)('with %s is refused with %i', async (_name, status, authorization) => {
    const before = ok(await system.prefecture.get(moving)).text;
    const bearer = system.bearer(await authorization());
    const replies = [
      await bearer.get(joint),
      await bearer.put(moving, { answers: { bodies: [] } }, { 'if-none-match': '*' }),
      await bearer.post(`${moving}/submission`),
      await bearer.get(`${round}/summary`),
      await bearer.get(`${round}/log`),
    ];
    for (const reply of replies) {
      expect(reply.status, reply.text).toBe(status);
      expect(reply.headers.get('content-type')).toContain('application/problem+json');
      expect(reply.json()).toMatchObject({ status, code: codes[status] });
      if (status === 401) expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(ok(await system.prefecture.get(moving)).text).toBe(before);
  });
});
