/** Tokens shaped like Cognito's, signed with the keys of the data directory. */

import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { IdentityKeys } from './identity-keys.ts';

export const CLIENT_ID = 'yoriai-local';
export const SCOPE = 'openid';
export const TOKEN_TTL_SECONDS = 3600;

export type TokenSubject = { sub: string; username: string; groups: readonly string[] };

export interface Tokens {
  accessClaims(subject: TokenSubject, expiresInSeconds: number): Record<string, unknown>;
  accessToken(subject: TokenSubject & { expiresInSeconds?: number }): Promise<string>;
  idToken(subject: TokenSubject & { name: string }): Promise<string>;
}

export async function createTokens(keys: IdentityKeys, issuer: string, now: () => Date): Promise<Tokens> {
  const signingKey = await importJWK(keys.signing, 'RS256');
  const signed = (claims: Record<string, unknown>): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keys.signing.kid }).sign(signingKey);
  const lasting = (seconds: number): { iat: number; exp: number; jti: string } => {
    const iat = Math.floor(now().getTime() / 1000);
    return { iat, exp: iat + seconds, jti: randomUUID() };
  };
  const accessClaims: Tokens['accessClaims'] = ({ sub, username, groups }, expiresInSeconds) => ({
    iss: issuer,
    sub,
    client_id: CLIENT_ID,
    token_use: 'access',
    'cognito:groups': [...groups],
    username,
    scope: SCOPE,
    ...lasting(expiresInSeconds),
  });
  return {
    accessClaims,
    accessToken: ({ expiresInSeconds = TOKEN_TTL_SECONDS, ...subject }) =>
      signed(accessClaims(subject, expiresInSeconds)),
    idToken: ({ sub, username, groups, name }) =>
      signed({
        iss: issuer,
        sub,
        aud: CLIENT_ID,
        token_use: 'id',
        'cognito:username': username,
        'cognito:groups': [...groups],
        name,
        ...lasting(TOKEN_TTL_SECONDS),
      }),
  };
}
