/** Files of the bucket that are read back: what was written has arrived as it was. */

import type { ExportedFile } from '../../schemas/export.ts';
import type { Bucket } from '../storage/bucket.ts';

export const jsonType = 'application/json';

class IntegrityError extends Error {
  override readonly name = 'IntegrityError';
}

/** Reads an object to the end. Throws IntegrityError when its bytes are others than the manifest says. */
export async function verify(bucket: Bucket, key: string, { sha256 }: Pick<ExportedFile, 'sha256'>): Promise<void> {
  if ((await bucket.hash(key)) !== sha256) throw new IntegrityError(`not as written: ${key}`);
}

export async function putJson(bucket: Bucket, key: string, document: object): Promise<void> {
  const text = `${JSON.stringify(document, null, 1)}\n`;
  await bucket.putText(key, text, jsonType);
  if ((await bucket.readText(key)) !== text) throw new IntegrityError(`not as written: ${key}`);
}
