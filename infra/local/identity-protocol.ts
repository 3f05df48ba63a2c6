/** The OpenID provider: one client, our accounts, access tokens shaped like Cognito's. */

import { Provider } from 'oidc-provider';
import type { IdentityKeys } from './identity-keys.ts';
import { memoryAdapter } from './identity-memory.ts';
import { errorPage } from './identity-pages.ts';
import type { DemoAccount } from './identity-pages.ts';
import { CLIENT_ID, SCOPE, TOKEN_TTL_SECONDS } from './identity-tokens.ts';
import type { Tokens } from './identity-tokens.ts';
import { INTERACTION_PATH } from './identity-sign-in.ts';

export const SESSION_COOKIE = 'yoriai-idp';
const API = 'urn:yoriai:api';

export function createProvider(options: {
  issuer: string;
  keys: IdentityKeys;
  clientSecret: string;
  accounts: readonly DemoAccount[];
  redirectUris?: readonly string[];
  accessClaims: Tokens['accessClaims'];
}): Provider {
  const { issuer, keys, clientSecret, accounts, redirectUris = [], accessClaims } = options;
  const groupsOf = (id: string | undefined): string[] => accounts.find((account) => account.id === id)?.groups ?? [];

  return new Provider(issuer, {
    adapter: memoryAdapter(),
    jwks: { keys: [keys.signing] },
    // Where Cognito has them.
    routes: { jwks: '/.well-known/jwks.json' },
    cookies: {
      keys: [keys.cookie],
      // Cookies are shared between the ports of a host, hence names of its own.
      names: { session: SESSION_COOKIE, interaction: 'yoriai-idp-interaction', resume: 'yoriai-idp-resume' },
    },
    clients:
      redirectUris.length === 0
        ? []
        : [
            {
              client_id: CLIENT_ID,
              client_secret: clientSecret,
              redirect_uris: [...redirectUris],
              grant_types: ['authorization_code'],
              response_types: ['code'],
            },
          ],
    clientBasedCORS: () => false,
    claims: { openid: ['sub', 'name', 'token_use', 'cognito:username', 'cognito:groups'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => {
      const account = accounts.find((candidate) => candidate.id === id);
      return account === undefined
        ? undefined
        : {
            accountId: id,
            claims: () => ({
              sub: id,
              name: account.name,
              token_use: 'id',
              'cognito:username': id,
              'cognito:groups': account.groups,
            }),
          };
    },
    interactions: { url: (_ctx, interaction) => `${INTERACTION_PATH}${interaction.uid}` },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session?.accountId, clientId: CLIENT_ID });
      grant.addOIDCScope(SCOPE);
      grant.addResourceScope(API, SCOPE);
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: SCOPE, audience: API, accessTokenFormat: 'jwt' }),
      },
    },
    formats: {
      customizers: {
        jwt: (_ctx, token, parts) => {
          const id = 'accountId' in token && typeof token.accountId === 'string' ? token.accountId : '';
          const payload = accessClaims({ sub: id, username: id, groups: groupsOf(id) }, TOKEN_TTL_SECONDS);
          // The provider insists on an audience where Cognito has none: not enumerable, it is there but not signed.
          Object.defineProperty(payload, 'aud', { value: API, writable: true, enumerable: false });
          parts.payload = payload;
        },
      },
    },
    renderError: async (ctx, out) => {
      ctx.type = 'html';
      ctx.body = (await errorPage(out.error)).toString();
    },
    ttl: {
      AccessToken: TOKEN_TTL_SECONDS,
      IdToken: TOKEN_TTL_SECONDS,
      Interaction: TOKEN_TTL_SECONDS,
      Session: TOKEN_TTL_SECONDS,
      Grant: TOKEN_TTL_SECONDS,
    },
  });
}
