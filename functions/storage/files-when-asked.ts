/** The bucket, with the library of S3 loaded when a file is first asked for: most functions that start are asked for none. */

import type { Bucket } from './bucket.ts';
import type { Uploads } from './uploads.ts';
import type { OnFailure } from './watch-failures.ts';

interface FilesContext {
  readonly bucket: string;
  /** Where an emulator listens, on a laptop only. */
  readonly endpoint?: string | undefined;
  /** Whether everything that is sent is scanned. */
  readonly isScanned: boolean;
  readonly onFailure: OnFailure;
}

interface Files {
  readonly bucket: Bucket;
  readonly uploads: Uploads;
}

async function load({ bucket, endpoint, isScanned, onFailure }: FilesContext): Promise<Files> {
  const [{ bucketClient, createBucket }, { createUploads }] = await Promise.all([
    import('./bucket.ts'),
    import('./uploads.ts'),
  ]);
  const client = bucketClient(endpoint, onFailure);
  return { bucket: createBucket({ client, bucket }), uploads: createUploads({ client, bucket, isScanned }) };
}

export function filesWhenAsked(context: FilesContext): Files {
  let loaded: Promise<Files> | undefined;
  const files = (): Promise<Files> => (loaded ??= load(context));
  return {
    bucket: {
      putFile: async (...given) => (await files()).bucket.putFile(...given),
      putText: async (...given) => (await files()).bucket.putText(...given),
      readStream: async (...given) => (await files()).bucket.readStream(...given),
      readText: async (...given) => (await files()).bucket.readText(...given),
      copy: async (...given) => (await files()).bucket.copy(...given),
      remove: async (...given) => (await files()).bucket.remove(...given),
      hash: async (...given) => (await files()).bucket.hash(...given),
    },
    uploads: {
      putUpload: async (...given) => (await files()).uploads.putUpload(...given),
      stateOf: async (...given) => (await files()).uploads.stateOf(...given),
      readUpload: async (...given) => (await files()).uploads.readUpload(...given),
    },
  };
}
