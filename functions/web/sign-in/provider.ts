/** The identity provider as the sign-in uses it: OpenID Connect, authorization code with PKCE, state and nonce. */

import type * as openIdClient from 'openid-client';
import type { Person } from '../../domain/authorisation.ts';
import { Unavailable } from '../../domain/unavailable.ts';
import type { Identify } from '../../platform/identity.ts';

export interface ProviderContract {
  /** As in the `iss` of its tokens. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Reads the roles from the access token, as the API does. */
  readonly identify: Identify;
  /**
   * Where the provider signs people out, called as Cognito's: `?client_id=…&logout_uri=…`. Its discovery document
   * cannot say how that differs from the standard, hence the setting. Absent, sign-out ends our own session only.
   */
  readonly signOutUrl?: string | undefined;
}

/** What the provider is asked with, to be remembered until the browser comes back. */
interface Departure {
  readonly url: URL;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

type Arrival =
  | {
      readonly kind: 'person';
      readonly person: Person;
      readonly issuedAt: number;
    }
  /** Signed in at the provider, without a role here. */
  | { readonly kind: 'noRole' }
  /** The provider said no, or its answer does not fit the question. `code` is for operators. */
  | { readonly kind: 'failed'; readonly code: string };

export interface SignInProvider {
  depart(redirectUri: URL): Promise<Departure>;
  /** @param address the whole address that the browser came back to */
  arrive(address: URL, remembered: Pick<Departure, 'state' | 'nonce' | 'verifier'>): Promise<Arrival>;
  signOutUrl(returnTo: URL): URL | undefined;
  /** The origin that a form of ours may lead to, by way of the sign-out. */
  readonly signOutOrigin: string | undefined;
}

/** The code of a sign-in in about the second in which the account was changed. */
export const accountJustChanged = 'account-just-changed';

/** The codes of OAuth 2.0 and OpenID Connect: whoever types an address could write any other text into the log. */
const knownCodes = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_request_object',
  'invalid_scope',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
]);

/** What an answer of the provider can be refused with; anything else is a fault of ours or of the network. */
function refusalIn(oidc: typeof openIdClient, error: unknown): string | undefined {
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError)
    return knownCodes.has(error.error) ? error.error : 'unknown-code';
  return error instanceof oidc.ClientError ? (error.code ?? 'client-error') : undefined;
}

export function createSignInProvider(contract: ProviderContract): SignInProvider {
  const { issuer, clientId, clientSecret, identify, signOutUrl } = contract;
  const address = new URL(issuer);
  let discovered: Promise<openIdClient.Configuration> | undefined;

  // Loaded with the first sign-in.
  const library = (): Promise<typeof openIdClient> => import('openid-client');

  function configuration(oidc: typeof openIdClient): Promise<openIdClient.Configuration> {
    discovered ??= oidc
      .discovery(address, clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
        // The provider on a laptop has no certificate.
        execute: address.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        discovered = undefined;
        throw new Unavailable('the identity provider', error);
      });
    return discovered;
  }

  return {
    depart: async (redirectUri) => {
      const oidc = await library();
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      const url = oidc.buildAuthorizationUrl(await configuration(oidc), {
        redirect_uri: redirectUri.href,
        scope: 'openid',
        response_type: 'code',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // Cognito's page in Japanese.
        lang: 'ja',
      });
      return { url, state, nonce, verifier };
    },

    arrive: async (address, { state, nonce, verifier }) => {
      const oidc = await library();
      try {
        const tokens = await oidc
          .authorizationCodeGrant(await configuration(oidc), address, {
            expectedState: state,
            expectedNonce: nonce,
            pkceCodeVerifier: verifier,
            idTokenExpected: true,
          })
          .catch((error: unknown) => {
            // What `fetch` throws when there is no connection.
            throw error instanceof TypeError ? new Unavailable('the identity provider', error) : error;
          });
        const identification = await identify(`Bearer ${tokens.access_token}`);
        if (identification.kind === 'unauthenticated')
          return { kind: 'failed', code: identification.wasEnded ? accountJustChanged : 'access-token-refused' };
        if (identification.kind === 'noRole') return { kind: 'noRole' };
        const { person, issuedAt } = identification;
        const claims = tokens.claims();
        if (claims?.sub !== person.id) return { kind: 'failed', code: 'tokens-of-two-people' };
        // Cognito lets users write no claim `name`; where the prefecture has given one, people see it.
        const name = claims['name'];
        const named = typeof name === 'string' && name !== '' ? { ...person, name } : person;
        return { kind: 'person', person: named, issuedAt };
      } catch (error) {
        const code = refusalIn(oidc, error);
        if (code === undefined) throw error;
        return { kind: 'failed', code };
      }
    },

    signOutUrl: (returnTo) => {
      if (signOutUrl === undefined) return undefined;
      const url = new URL(signOutUrl);
      url.searchParams.set('client_id', clientId);
      url.searchParams.set('logout_uri', returnTo.href);
      return url;
    },
    signOutOrigin: signOutUrl === undefined ? undefined : new URL(signOutUrl).origin,
  };
}
