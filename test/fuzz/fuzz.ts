/**
 * `npm run fuzz [inputs] [seed]`: a million inputs and more through everything that reads what comes from outside. The last
 * line says how many were handled; the command fails when one was not.
 */

import { targets, tryTarget } from './targets.ts';

const [inputs = 1_000_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
let handled = 0;
const failures: string[] = [];

process.stdout.write(`seed ${seed}\n`);
for (const target of targets) {
  const own = Math.ceil((inputs * target.share) / 100);
  const from = performance.now();
  try {
    await tryTarget(target, own, seed);
    handled += own;
    process.stdout.write(`${target.name}: ${own} in ${((performance.now() - from) / 1000).toFixed(1)} s\n`);
  } catch (error) {
    failures.push(target.name);
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}
process.stdout.write(`${handled} inputs handled, ${failures.length} of ${targets.length} targets failed\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
