/**
 * How far a browser is in signing in on our own pages: the account, what Cognito gave for the next step, the secret of
 * an authenticator that is being set up. An item is found by the hash of the random id in the browser's cookie and sealed
 * with a key made from the id, so that reading the table lets nobody go on.
 */

import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { StorageContext } from './context.ts';
import { signInStepKey } from './keys.ts';
import { readItem } from './reads.ts';
import { sha256 } from './seal.ts';

const common = {
  username: z.string(),
  returnTo: z.string(),
  /** The password was forgotten and is new: whatever was open under the old one ends when its owner is in. */
  isRenewed: z.boolean(),
};

const signInStep = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('newPassword'), ...common, session: z.string() }),
    z.object({ kind: z.literal('setUp'), ...common, session: z.string(), secret: z.string() }),
    z.object({ kind: z.literal('code'), ...common, session: z.string() }),
    /** A code for a new password was asked for. */
    z.object({ kind: z.literal('reset'), ...common }),
    /** The new password was set: its owner signs in next. */
    z.object({ kind: z.literal('changed'), ...common }),
  ]),
);

export type SignInStep = z.output<typeof signInStep>;

export interface SignInSteps {
  /**
   * @param browser the random id in the browser's cookie
   * @param seconds how long the step may take
   */
  saveStep(browser: string, step: SignInStep, seconds: number): Promise<void>;
  step(browser: string): Promise<SignInStep | undefined>;
  endStep(browser: string): Promise<void>;
}

const item = z.object({
  sealed: z.instanceof(Uint8Array),
  /** Seconds since the epoch; the table may be days late to delete. */
  expiresAt: z.int(),
});

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

function keyOf(browser: string): Buffer {
  return Buffer.from(hkdfSync('sha256', browser, '', 'sign-in step', 32));
}

function seal(browser: string, text: string, nonce: Buffer): Buffer {
  const cipher = createCipheriv(algorithm, keyOf(browser), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function open(browser: string, sealed: Uint8Array): string {
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, keyOf(browser), nonce);
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const body = sealed.subarray(nonceBytes + tagBytes);
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}

export function createSignInSteps(context: StorageContext): SignInSteps {
  const { client, table, now, randomId } = context;
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  return {
    saveStep: async (browser, step, lasting) => {
      const nonce = createHash('sha256').update(randomId()).digest().subarray(0, nonceBytes);
      const sealed = seal(browser, JSON.stringify(step), nonce);
      const Item = { ...signInStepKey(sha256(browser)), sealed, expiresAt: seconds() + lasting };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
    step: async (browser) => {
      const found = await readItem(context, signInStepKey(sha256(browser)));
      if (found === undefined) return undefined;
      const { sealed, expiresAt } = item.parse(found);
      return expiresAt > seconds() ? signInStep.parse(JSON.parse(open(browser, sealed))) : undefined;
    },
    endStep: async (browser) => {
      await client.send(new DeleteCommand({ TableName: table, Key: signInStepKey(sha256(browser)) }));
    },
  };
}
