/**
 * Two exports of a synthetic round in a process of its own, the first one published before the second begins:
 * `export-child.ts <returns> <S3 endpoint> <bucket>`.
 */

import { tmpdir } from 'node:os';
import { keepHeapSmall } from '../../functions/export/heap.ts';
import { runExport } from '../../functions/export/run.ts';
import { bucketClient, createBucket } from '../../functions/storage/bucket.ts';
import { round } from './round.ts';
import { syntheticDeps } from './synthetic-round.ts';

keepHeapSmall();

const [returns = '0', endpoint = '', bucket = ''] = process.argv.slice(2);
const client = bucketClient(endpoint);
const deps = await syntheticDeps(Number(returns), tmpdir());
const withBucket = { ...deps, bucket: createBucket({ client, bucket }) };
const peaks: number[] = [];
for (const exportId of [`first-${returns}`, `later-${returns}`]) {
  await runExport(withBucket, round.id, exportId);
  // In kilobytes.
  peaks.push(process.resourceUsage().maxRSS);
}
client.destroy();
process.stdout.write(peaks.join(' '));
