/** Where people of this machine sign in: a stand-in for a user pool behind our own pages, or an OpenID provider. */

import { createNameIn, publishedKeys } from '../../functions/platform/identity.ts';
import type { ApplicationParts } from '../../functions/http/application.ts';
import { clockOf, createPool } from '../../functions/storage/account-pool.ts';
import { createUserPool, userPoolClient } from '../../functions/storage/user-pool.ts';
import { createPaths } from '../../functions/web/shared/paths.ts';
import type { Mailed } from './account-mails.ts';
import type { TokenSubject } from './identity-tokens.ts';
import { openPassword } from './user-pool-memory.ts';
import type { PooledAccount } from './user-pool-memory.ts';
import { startUserPool } from './user-pool.ts';
import type { startIdentityProvider } from './identity-provider.ts';

interface LocalSignInOptions {
  readonly dataDir: string;
  readonly accounts: readonly PooledAccount[];
  readonly port: number;
  readonly now: () => Date;
  /** Of the application. */
  readonly origins: readonly string[];
  readonly onMail?: Mailed | undefined;
  readonly onInvitation?: Mailed | undefined;
}

interface LocalSignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly settings: ApplicationParts['web']['signIn'];
  readonly people: ApplicationParts['people'];
  issueToken(claims: TokenSubject & { expiresInSeconds?: number }): Promise<string>;
  disable(username: string): void;
  stop(): Promise<void>;
}

export async function startOwnSignIn({ accounts, ...options }: LocalSignInOptions): Promise<LocalSignIn> {
  const pool = await startUserPool({ ...options, accounts });
  const client = userPoolClient(pool.endpoint);
  const open = accounts.filter(({ password }) => password === undefined);
  return {
    ...pool,
    people: { pool: createPool(client, pool.userPoolId), now: clockOf(client), heldBy: 'pool' },
    settings: {
      kind: 'own',
      pool: createUserPool({ ...pool, client }),
      nameIn: createNameIn({ ...pool, keys: publishedKeys(pool.issuer), now: options.now }),
      open: { accounts: open.map(({ id, name }) => ({ username: id, name })), password: openPassword },
    },
    stop: async () => {
      client.destroy();
      await pool.stop();
    },
  };
}

/** Loaded only where it is wanted. */
const provider: typeof startIdentityProvider = async (options) =>
  (await import('./identity-provider.ts')).startIdentityProvider(options);

export async function startHostedSignIn({ origins, ...options }: LocalSignInOptions): Promise<LocalSignIn> {
  const paths = createPaths('');
  // As behind Cognito's own page, there is a pool that knows the groups of the provider's people.
  const pool = await startUserPool({ ...options, port: 0 });
  const client = userPoolClient(pool.endpoint);
  const identity = await provider({
    ...options,
    redirectUris: origins.map((origin) => origin + paths.signedIn),
    signOutUris: origins.map((origin) => origin + paths.signOut),
  });
  return {
    ...identity,
    settings: { kind: 'hosted', ...identity },
    people: { pool: createPool(client, pool.userPoolId), now: clockOf(client), heldBy: 'provider' },
    disable: () => {
      throw new Error('the provider retires nobody');
    },
    stop: async () => {
      client.destroy();
      await Promise.all([pool.stop(), identity.stop()]);
    },
  };
}
