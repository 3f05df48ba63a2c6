/** Cognito, with its library loaded when somebody signs in or looks after accounts: most functions that start are asked for neither. */

import type { Pool } from './account-pool.ts';
import type { UserPool, UserPoolContract } from './user-pool.ts';

interface LoadedPeople {
  readonly pool: Pool;
  readonly now: () => Date;
}

async function loadPeople(userPoolId: string): Promise<LoadedPeople> {
  const { clockOf, createPool, peopleClient } = await import('./account-pool.ts');
  const client = peopleClient();
  return { pool: createPool(client, userPoolId), now: clockOf(client) };
}

/** The accounts of a pool, and the time as it has it. */
export function peopleWhenAsked(userPoolId: string): LoadedPeople {
  let loading: Promise<LoadedPeople> | undefined;
  let loaded: LoadedPeople | undefined;
  const pool = async (): Promise<Pool> => {
    loaded = await (loading ??= loadPeople(userPoolId));
    return loaded.pool;
  };
  return {
    // Before its first answer nothing is known of the time that it has.
    now: () => loaded?.now() ?? new Date(),
    pool: {
      page: async (...given) => (await pool()).page(...given),
      members: async (...given) => (await pool()).members(...given),
      groupsOf: async (...given) => (await pool()).groupsOf(...given),
      invite: async (...given) => (await pool()).invite(...given),
      inviteAgain: async (...given) => (await pool()).inviteAgain(...given),
      forgetPassword: async (...given) => (await pool()).forgetPassword(...given),
      removeAuthenticator: async (...given) => (await pool()).removeAuthenticator(...given),
      setAttributes: async (...given) => (await pool()).setAttributes(...given),
      join: async (...given) => (await pool()).join(...given),
      leave: async (...given) => (await pool()).leave(...given),
      enable: async (...given) => (await pool()).enable(...given),
      disable: async (...given) => (await pool()).disable(...given),
      signOut: async (...given) => (await pool()).signOut(...given),
    },
  };
}

async function loadUserPool(contract: Omit<UserPoolContract, 'client'>): Promise<UserPool> {
  const { createUserPool, userPoolClient } = await import('./user-pool.ts');
  return createUserPool({ ...contract, client: userPoolClient() });
}

/** The pool of our own sign-in pages. */
export function userPoolWhenAsked(contract: Omit<UserPoolContract, 'client'>): UserPool {
  let loading: Promise<UserPool> | undefined;
  const pool = (): Promise<UserPool> => (loading ??= loadUserPool(contract));
  return {
    begin: async (...given) => (await pool()).begin(...given),
    setPassword: async (...given) => (await pool()).setPassword(...given),
    startSetUp: async (...given) => (await pool()).startSetUp(...given),
    finishSetUp: async (...given) => (await pool()).finishSetUp(...given),
    giveCode: async (...given) => (await pool()).giveCode(...given),
    sendCode: async (...given) => (await pool()).sendCode(...given),
    resetPassword: async (...given) => (await pool()).resetPassword(...given),
    endTokens: async (...given) => (await pool()).endTokens(...given),
  };
}
