/** Sign-ins on their way: what must be remembered between leaving for the identity provider and coming back. */

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StorageContext } from './context.ts';
import { signInKey } from './keys.ts';
import { sha256 } from './seal.ts';

/** In seconds. */
const keptFor = 15 * 60;

const signInItem = z.object({ nonce: z.string(), verifier: z.string(), returnTo: z.string() });

interface SignIn extends z.output<typeof signInItem> {
  readonly state: string;
}

export interface SignIns {
  /** @param browser the random id in the cookie of the browser that began */
  beginSignIn(browser: string, signIn: SignIn): Promise<void>;
  /** Once, for the same browser, within a quarter of an hour. */
  finishSignIn(browser: string, state: string): Promise<SignIn | undefined>;
}

export function createSignIns({ client, table, now }: StorageContext): SignIns {
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  return {
    beginSignIn: async (browser, { state, ...signIn }) => {
      const item = { ...signInKey(sha256(state)), ...signIn, browser: sha256(browser), expiresAt: seconds() + keptFor };
      await client.send(new PutCommand({ TableName: table, Item: item }));
    },
    finishSignIn: async (browser, state) => {
      try {
        const { Attributes } = await client.send(
          new DeleteCommand({
            TableName: table,
            Key: signInKey(sha256(state)),
            ConditionExpression: 'browser = :browser AND expiresAt > :now',
            ExpressionAttributeValues: { ':browser': sha256(browser), ':now': seconds() },
            ReturnValues: 'ALL_OLD',
          }),
        );
        return { ...signInItem.parse(Attributes), state };
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },
  };
}
