/**
 * How often something was tried at an account, whether or not there is such an account: counted before it is tried, so
 * that many tries at once are as many.
 */

import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StorageContext } from './context.ts';
import { attemptsKey } from './keys.ts';
import { sha256 } from './seal.ts';

/** In seconds: attempts are counted from one multiple of it to the next. */
const attemptWindow = 15 * 60;

export type Attempt = 'password' | 'code' | 'mail' | 'mailed-code' | 'share';

export interface SignInAttempts {
  /** The number of this attempt in the present window. */
  countAttempt(attempt: Attempt, username: string): Promise<number>;
  /** It was no guess: the next one is the first again. */
  forgetAttempts(attempt: Attempt, username: string): Promise<void>;
}

export function createSignInAttempts({ client, table, now }: StorageContext): SignInAttempts {
  const window = (): number => Math.floor(now().getTime() / 1000 / attemptWindow);
  const keyOf = (attempt: Attempt, username: string) =>
    attemptsKey(sha256(JSON.stringify([attempt, username, window()])));
  return {
    countAttempt: async (attempt, username) => {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(attempt, username),
          UpdateExpression: 'ADD attempts :one SET expiresAt = :end',
          ExpressionAttributeValues: { ':one': 1, ':end': (window() + 2) * attemptWindow },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      return z.object({ attempts: z.number() }).parse(Attributes).attempts;
    },
    forgetAttempts: async (attempt, username) => {
      await client.send(new DeleteCommand({ TableName: table, Key: keyOf(attempt, username) }));
    },
  };
}
