/** Removing files for good. In a versioned bucket a deletion only hides an object: every version of it is removed by name. */

import { ListObjectsV2Command, ListObjectVersionsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type {
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
  ObjectIdentifier,
  S3Client,
} from '@aws-sdk/client-s3';
import { removeObjects } from './bucket.ts';

/** What goes with a round: its exports, and what was sent for its returns. Editions stay. */
type Folder = `${'exports' | 'uploads'}/${string}/`;

export interface DisposalFiles {
  countFiles(prefix: Folder): Promise<number>;
  /** Removes them, and every earlier version and every trace of a deletion. Throws when one stays. */
  removeFiles(prefix: Folder): Promise<void>;
}

export function createDisposalFiles({ client, bucket }: { client: S3Client; bucket: string }): DisposalFiles {
  const remove = (objects: readonly ObjectIdentifier[]): Promise<void> => removeObjects({ client, bucket }, objects);

  async function removeVersions(prefix: string): Promise<void> {
    let next: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> | undefined = {};
    while (next !== undefined) {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...next }),
      );
      const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      await remove(
        found.flatMap(({ Key, VersionId }) =>
          Key === undefined || VersionId === undefined ? [] : [{ Key, VersionId }],
        ),
      );
      next =
        page.NextKeyMarker === undefined
          ? undefined
          : { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
  }

  return {
    countFiles: async (prefix) => {
      let count = 0;
      for await (const { Contents } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
        count += Contents?.length ?? 0;
      return count;
    },
    removeFiles: async (prefix) => {
      await removeVersions(prefix);
      // What has no version: everything, in a bucket that keeps none. Each page is the first of what is left.
      for (;;) {
        const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
        if (Contents.length === 0) return;
        await remove(Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }])));
      }
    },
  };
}
