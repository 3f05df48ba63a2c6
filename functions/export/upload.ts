/** Bringing an export into the bucket, and making sure that it has arrived. */

import { join } from 'node:path';
import type { Manifest } from '../../schemas/export.ts';
import { contentTypeOf } from '../domain/content-types.ts';
import { putJson, verify } from '../service/written-files.ts';
import type { Bucket } from '../storage/bucket.ts';
import { exportFileKey } from '../storage/bucket-keys.ts';

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
