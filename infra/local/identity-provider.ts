import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { identityKeys } from './identity-keys.ts';
import type { DemoAccount } from './identity-pages.ts';
import { createProvider, SESSION_COOKIE } from './identity-protocol.ts';
import { CLIENT_ID, createTokens } from './identity-tokens.ts';
import type { TokenSubject } from './identity-tokens.ts';
import { INTERACTION_PATH, SIGN_OUT_PATH, signIn, signOut } from './identity-sign-in.ts';
import { HOST } from './environment.ts';

/**
 * Starts an OpenID provider inside this process that issues access tokens shaped like Cognito's. Whoever opens its
 * sign-in page picks one of `accounts`; there are no passwords.
 *
 * @param options.dataDir keeps the signing keys, so that tokens outlive a restart on the same `port`
 * @param options.now the clock of the access tokens; the provider itself follows the machine's
 * @param options.port of 127.0.0.1; a free one when absent
 * @param options.redirectUris where the application may be sent back to; without any, only `issueToken` issues tokens
 * @param options.signOutUris where a browser may be sent after signing out
 * @throws Error with code `EADDRINUSE` when `port` is taken
 */
export async function startIdentityProvider(options: {
  dataDir: string;
  now: () => Date;
  accounts: readonly DemoAccount[];
  port?: number | undefined;
  redirectUris?: readonly string[];
  signOutUris?: readonly string[];
}): Promise<{
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Signs out as Cognito's does: `?client_id=…&logout_uri=…`. */
  signOutUrl: string;
  issueToken(claims: TokenSubject & { expiresInSeconds?: number }): Promise<string>;
  stop(): Promise<void>;
}> {
  const keys = await identityKeys(options.dataDir);
  const server = createServer().listen(options.port ?? 0, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('a TCP server has a numeric port');
  }
  const issuer = `http://${HOST}:${address.port}`;

  const tokens = await createTokens(keys, issuer, options.now);

  const clientSecret = randomUUID();
  const provider = createProvider({
    ...options,
    issuer,
    keys,
    clientSecret,
    accessClaims: (...given) => tokens.accessClaims(...given),
  });
  const handleProtocol = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith(INTERACTION_PATH) === true) {
      void signIn(provider, options.accounts, request, response);
    } else if (request.url?.startsWith(SIGN_OUT_PATH) === true) {
      signOut({ issuer, clientId: CLIENT_ID, allowed: options.signOutUris ?? [] }, request, response);
    } else {
      forgetSession(request);
      void handleProtocol(request, response);
    }
  });

  return {
    issuer,
    clientId: CLIENT_ID,
    clientSecret,
    signOutUrl: `${issuer}${SIGN_OUT_PATH}`,
    issueToken: (claims) => tokens.accessToken(claims),
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Nobody stays signed in here: one person tries several accounts, so the picker comes at every sign-in. */
function forgetSession(request: IncomingMessage): void {
  const session = [`${SESSION_COOKIE}=`, `${SESSION_COOKIE}.sig=`];
  request.headers.cookie = request.headers.cookie
    ?.split('; ')
    .filter((cookie) => !session.some((start) => cookie.startsWith(start)))
    .join('; ');
}
