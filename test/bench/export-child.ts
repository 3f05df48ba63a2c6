/** One export of a synthetic round in a process of its own: `export-child.ts <returns> <S3 endpoint> <bucket>`. */

import { tmpdir } from 'node:os';
import { runExport } from '../../functions/export/run.ts';
import { bucketClient, createBucket } from '../../functions/storage/bucket.ts';
import { round } from './round.ts';
import { syntheticDeps } from './synthetic-round.ts';

const [returns = '0', endpoint = '', bucket = ''] = process.argv.slice(2);
const client = bucketClient(endpoint);
const deps = await syntheticDeps(Number(returns), tmpdir());
await runExport({ ...deps, bucket: createBucket({ client, bucket }) }, round.id, `memory-${returns}`);
client.destroy();
// In kilobytes.
process.stdout.write(String(process.resourceUsage().maxRSS));
