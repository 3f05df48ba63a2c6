/**
 * Who is calling: a bearer token is verified (signature, issuer, application, use, expiry), then trusted. Roles come
 * from groups, which users cannot write.
 */

import type { errors, JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { loadedOnce } from '../../schemas/once.ts';
import { actingFor, roleOf } from '../domain/accounts/account.ts';
import type { Person } from '../domain/authorisation.ts';
import { Unavailable } from '../domain/unavailable.ts';

/** Loaded with the first token: a page has a session instead, whose token was verified as it began. */
const library = loadedOnce(() => import('jose'));

const claims = z.object({
  sub: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
  /** Cognito's access tokens name the application here instead of in `aud`. */
  client_id: z.string(),
  token_use: z.literal('access'),
  username: z.string().optional(),
  'cognito:groups': z.array(z.string()).default([]),
});

/** A person has one role: the prefecture's, or that of one or more municipalities or divisions of them; or none. */
function personOf({ sub, username, 'cognito:groups': groups }: z.infer<typeof claims>): Person | undefined {
  const role = roleOf(groups);
  const common = { id: sub, name: username ?? sub };
  if (role.kind === 'none') return undefined;
  if (role.kind === 'prefecture') return { ...common, role: role.kind, rank: role.rank, units: [], divisions: [] };
  const named = role.units.map(actingFor);
  return {
    ...common,
    role: role.kind,
    units: named.flatMap(({ unit, form }) => (form === undefined ? [unit] : [])),
    divisions: named.flatMap(({ unit, form }) => (form === undefined ? [] : [{ unit, form }])),
  };
}

type Identification =
  | {
      readonly kind: 'person';
      readonly person: Person;
      readonly issuedAt: number;
    }
  /** A valid token of someone without a role here. */
  | { readonly kind: 'noRole'; readonly id: string }
  | {
      readonly kind: 'unauthenticated';
      /** A valid token, of before something ended all that its person was issued, or of about the same second. */
      readonly wasEnded?: true;
    };

/** The issuer's keys could not be had: no fault of the token. */
function isKeyFailure({ code }: errors.JOSEError, { JWKSTimeout, JWKSInvalid }: typeof errors): boolean {
  return code === JWKSTimeout.code || code === JWKSInvalid.code || code === 'ERR_JOSE_GENERIC';
}

export interface TokenContract {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: JWTVerifyGetKey;
  readonly now: () => Date;
}

/** The keys that an issuer publishes, fetched when first needed, where Cognito has those of a pool. */
export function publishedKeys(issuer: string): JWTVerifyGetKey {
  const keys = loadedOnce(async () => {
    const { createRemoteJWKSet } = await library();
    return createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  });
  return async (...given) => (await keys())(...given);
}

/** @param onKnown is called once a person is known, before it is looked whether all that they hold was ended */
export type Identify = (authorization: string | undefined, onKnown?: () => void) => Promise<Identification>;

/** Milliseconds for which a token that was verified is not verified again: one page is several requests. */
const trustedFor = 60_000;
const mostTrusted = 1000;

/** Identifies the bearer of an `Authorization` header. Throws `Unavailable` when the issuer's keys cannot be had. */
export function createIdentify({ issuer, clientId, keys, now }: TokenContract): Identify {
  const trusted = new Map<string, { readonly until: number; readonly as: Identification }>();

  function trust(token: string, expiresAt: number, as: Identification): Identification {
    if (trusted.size >= mostTrusted) trusted.clear();
    trusted.set(token, { until: Math.min(expiresAt * 1000, now().getTime() + trustedFor), as });
    return as;
  }

  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return { kind: 'unauthenticated' };
    const known = trusted.get(token);
    if (known !== undefined && now().getTime() < known.until) return known.as;
    const { errors, jwtVerify } = await library();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        algorithms: ['RS256'],
        currentDate: now(),
        requiredClaims: ['exp', 'iat', 'sub'],
      });
      const parsed = claims.safeParse(payload);
      if (!parsed.success || parsed.data.client_id !== clientId) return { kind: 'unauthenticated' };
      const { sub, iat, exp } = parsed.data;
      const person = personOf(parsed.data);
      return trust(
        token,
        exp,
        person === undefined ? { kind: 'noRole', id: sub } : { kind: 'person', person, issuedAt: iat },
      );
    } catch (error) {
      if (error instanceof errors.JOSEError && !isKeyFailure(error, errors)) return { kind: 'unauthenticated' };
      throw new Unavailable("the issuer's keys", error);
    }
  };
}

const idClaims = z.object({ sub: z.string(), token_use: z.literal('id'), name: z.string().optional() });

/** The name that the prefecture has given to a person, in the ID token that came with the access token. */
export type NameIn = (idToken: string, personId: string) => Promise<string | undefined>;

/** Reads ID tokens as `createIdentify` reads access tokens. None in what is no ID token of the person. */
export function createNameIn({ issuer, clientId, keys, now }: TokenContract): NameIn {
  return async (idToken, personId) => {
    const { jwtVerify } = await library();
    const { payload } = await jwtVerify(idToken, keys, {
      issuer,
      audience: clientId,
      algorithms: ['RS256'],
      currentDate: now(),
    });
    const { data } = idClaims.safeParse(payload);
    return data?.sub === personId && data.name !== '' ? data.name : undefined;
  };
}

/**
 * The same, but for people whose tokens were all ended before they expire, of which the tokens themselves say nothing.
 *
 * @param hasEnded whether what this person was issued at this second has been ended
 */
export function unlessEnded(
  identify: Identify,
  hasEnded: (personId: string, issuedAt: number) => Promise<boolean>,
): Identify {
  return async (authorization, onKnown) => {
    const identification = await identify(authorization);
    if (identification.kind !== 'person') return identification;
    onKnown?.();
    const isOver = await hasEnded(identification.person.id, identification.issuedAt);
    return isOver ? { kind: 'unauthenticated', wasEnded: true } : identification;
  };
}
