/** Bringing an export into the bucket, and making sure that it has arrived. */

import { join } from 'node:path';
import type { ExportedFile, Manifest } from '../../schemas/export.ts';
import { contentTypeOf } from '../domain/content-types.ts';
import type { Bucket } from '../storage/bucket.ts';
import { exportFileKey } from '../storage/bucket-keys.ts';

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

export async function upload(
  bucket: Bucket,
  manifest: Manifest,
  directory: string,
  step: () => Promise<void>,
): Promise<void> {
  const { round, exportId, files } = manifest;
  for (const file of files) {
    const key = exportFileKey(round, exportId, file.path);
    await bucket.putFile(key, { ...file, path: join(directory, file.path) }, contentTypeOf(file.path));
    await verify(bucket, key, file);
    await step();
  }
  await putJson(bucket, exportFileKey(round, exportId, 'manifest.json'), manifest);
}
