import { SignJWT, generateKeyPair } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIdentify } from '../../../../functions/platform/identity.ts';

const issuer = 'https://example.jp/pool';
const clientId = 'client';
const { privateKey, publicKey } = await generateKeyPair('RS256');
const begin = Date.parse('2024-10-15T03:00:00Z');

let verified: number;
let clock: number;

function identifier(): (token: string) => Promise<string> {
  const keys = async (): Promise<CryptoKey> => {
    verified += 1;
    return publicKey;
  };
  const identify = createIdentify({ issuer, clientId, keys, now: () => new Date(clock) });
  return async (token) => (await identify(`Bearer ${token}`)).kind;
}

function tokenFor(seconds: number): Promise<string> {
  return new SignJWT({ client_id: clientId, token_use: 'access', 'cognito:groups': ['prefecture'] })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(issuer)
    .setSubject('p1')
    .setIssuedAt(begin / 1000)
    .setExpirationTime(begin / 1000 + seconds)
    .sign(privateKey);
}

beforeEach(() => {
  verified = 0;
  clock = begin;
});

describe('a token', () => {
  it('is verified once for the requests of a minute, and again afterwards', async () => {
    const identify = identifier();
    const token = await tokenFor(3600);
    expect([await identify(token), await identify(token), verified]).toEqual(['person', 'person', 1]);
    clock += 60_000;
    expect([await identify(token), verified]).toEqual(['person', 2]);
  });

  it('is not trusted beyond its end', async () => {
    const identify = identifier();
    const token = await tokenFor(30);
    expect(await identify(token)).toBe('person');
    clock += 30_000;
    expect(await identify(token)).toBe('unauthenticated');
  });

  it('is none when a letter of it was changed, though the right one is known', async () => {
    const identify = identifier();
    const token = await tokenFor(3600);
    expect(await identify(token)).toBe('person');
    const [head = '', payload = '', signature = ''] = token.split('.');
    const other = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect(await identify([head, payload, other].join('.'))).toBe('unauthenticated');
  });
});
