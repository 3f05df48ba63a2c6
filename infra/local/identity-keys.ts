/** The keys that sign tokens and cookies: kept in the data directory, so that tokens outlive a restart. */

import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';
import { createDataDir, keptAt } from './data-dir.ts';

const identityKeysSchema = z.object({
  signing: z.looseObject({ kty: z.literal('RSA'), kid: z.string(), alg: z.literal('RS256'), use: z.literal('sig') }),
  cookie: z.string().min(32),
});
export type IdentityKeys = z.infer<typeof identityKeysSchema>;

async function newKeys(): Promise<IdentityKeys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return identityKeysSchema.parse({
    signing: { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' },
    cookie: randomBytes(32).toString('base64url'),
  });
}

/** Of all systems of this process that keep nothing: a token tells by its issuer which of them it is for. */
let unkept: Promise<IdentityKeys> | undefined;

/** The keys of an earlier run, or new ones, kept for the next run unless nothing is kept. */
export async function identityKeys(dataDir: string): Promise<IdentityKeys> {
  const file = keptAt(dataDir, 'identity-keys.json');
  if (file === undefined) return (unkept ??= newKeys());
  const kept = await readIfPresent(file);
  if (kept !== undefined) return identityKeysSchema.parse(JSON.parse(kept));
  const keys = await newKeys();
  await createDataDir(dataDir);
  // Written aside and moved, so that a crash never leaves half a file.
  await writeFile(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return keys;
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
