/**
 * `npm run soak [seconds] [a second]`: requests at a steady rate, whether or not the ones before are answered, to a local
 * system in a process of its own. The last line says how many were answered and how fast; the command fails when one was not.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../integration/support/server.ts';
import { openReturns, printSoak, soak } from './load.ts';

const [seconds = 60, rate = 50] = process.argv.slice(2).map(Number);
const dataDir = await mkdtemp(join(tmpdir(), 'yoriai-soak-'));
const server = await startServer({ DATA_DIR: dataDir, DEMO: 'off' });
try {
  const result = await soak(await openReturns(server), { seconds, rate });
  for (const what of result.unanswered) process.stdout.write(`${what}\n`);
  process.stdout.write(`${printSoak(result)}\n`);
  process.exitCode = result.unanswered.length === 0 ? 0 : 1;
} finally {
  await server.end('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
}
