/** Removing from a bucket that keeps versions, which the emulator does not. */

import { DeleteObjectsCommand, ListObjectsV2Command, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createDisposalFiles } from '../../../../functions/storage/disposal-files.ts';

const place = { client: new S3Client({ region: 'ap-northeast-1' }), bucket: 'yoriai' };

function removed(s3: ReturnType<typeof mockClient>): unknown[] {
  return s3.commandCalls(DeleteObjectsCommand).flatMap(({ args: [{ input }] }) => input.Delete?.Objects ?? []);
}

describe('the files of a round', () => {
  it('are removed with every version and every trace of a deletion, page by page', async () => {
    const s3 = mockClient(place.client);
    s3.on(ListObjectVersionsCommand)
      .resolvesOnce({
        Versions: [
          { Key: 'exports/R6/a', VersionId: '2' },
          { Key: 'exports/R6/a', VersionId: '1' },
        ],
        NextKeyMarker: 'exports/R6/a',
        NextVersionIdMarker: '1',
        IsTruncated: true,
      })
      .resolves({
        Versions: [{ Key: 'exports/R6/b', VersionId: 'null' }],
        DeleteMarkers: [{ Key: 'exports/R6/b', VersionId: '9' }],
      });
    s3.on(ListObjectsV2Command).resolves({});
    s3.on(DeleteObjectsCommand).resolves({});
    await createDisposalFiles(place).removeFiles('exports/R6/');
    expect(removed(s3)).toEqual([
      { Key: 'exports/R6/a', VersionId: '2' },
      { Key: 'exports/R6/a', VersionId: '1' },
      { Key: 'exports/R6/b', VersionId: 'null' },
      { Key: 'exports/R6/b', VersionId: '9' },
    ]);
    const [, next] = s3.commandCalls(ListObjectVersionsCommand);
    expect(next?.args[0].input).toMatchObject({
      Prefix: 'exports/R6/',
      KeyMarker: 'exports/R6/a',
      VersionIdMarker: '1',
    });
  });

  it('are not called removed while S3 keeps one', async () => {
    const s3 = mockClient(place.client);
    s3.on(ListObjectVersionsCommand).resolves({ Versions: [{ Key: 'exports/R6/a', VersionId: '1' }] });
    s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: 'exports/R6/a', Code: 'AccessDenied' }] });
    await expect(createDisposalFiles(place).removeFiles('exports/R6/')).rejects.toThrow('AccessDenied');
  });

  it('are counted as they stand, without earlier versions', async () => {
    const s3 = mockClient(place.client);
    s3.on(ListObjectsV2Command)
      .resolvesOnce({ Contents: [{ Key: 'exports/R6/a' }], IsTruncated: true, NextContinuationToken: 'x' })
      .resolves({ Contents: [{ Key: 'exports/R6/b' }] });
    expect(await createDisposalFiles(place).countFiles('exports/R6/')).toBe(2);
  });
});
