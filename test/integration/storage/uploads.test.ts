/** Files that are sent for returns, in a bucket that is scanned: what the tags say of them. */

import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bucketClient } from '../../../functions/storage/bucket.ts';
import { createUploads } from '../../../functions/storage/uploads.ts';
import type { UploadState } from '../../../functions/storage/uploads.ts';
import { IN_MEMORY } from '../../../infra/local/data-dir.ts';
import { startS3 } from '../../../infra/local/s3.ts';
import { createHash } from 'node:crypto';

const bucket = 'exports';
const key = { round: 'R6', form: 'attached', unit: '112011' };
const content = Buffer.from('要綱');
const sha256 = createHash('sha256').update(content).digest('hex');

let s3: Awaited<ReturnType<typeof startS3>>;

beforeAll(async () => {
  s3 = await startS3({ dataDir: IN_MEMORY, buckets: [bucket] });
});
afterAll(() => s3.stop());

/** The emulator keeps no tags: these stand for what GuardDuty has written. */
async function stateWith(tags: readonly { readonly Key: string; readonly Value: string }[]): Promise<UploadState> {
  const client = bucketClient(s3.endpoint);
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) =>
        commandName === GetObjectTaggingCommand.name
          ? { response: {}, output: { $metadata: {}, TagSet: [...tags] } }
          : next(args),
    { step: 'initialize' },
  );
  const uploads = createUploads({ client, bucket, isScanned: true });
  await uploads.putUpload(key, { sha256, type: 'application/pdf' }, content);
  const state = await uploads.stateOf(key, sha256);
  client.destroy();
  return state;
}

const status = (Value: string): { Key: string; Value: string } => ({ Key: 'GuardDutyMalwareScanStatus', Value });

it.each([
  ['found clean', [status('NO_THREATS_FOUND')], 'ready'],
  ['infected', [status('THREATS_FOUND')], 'infected'],
  ['not scanned yet', [], 'unscanned'],
  ['tagged by somebody else alone', [{ Key: 'Status', Value: 'NO_THREATS_FOUND' }], 'unscanned'],
  ['of a kind that is not scanned', [status('UNSUPPORTED')], 'unscanned'],
  ['forbidden to the scan', [status('ACCESS_DENIED')], 'unscanned'],
  ['failed to be scanned', [status('FAILED')], 'unscanned'],
] as const)('a file that is %s', async (_, tags, state) => {
  expect(await stateWith(tags)).toBe(state);
});
