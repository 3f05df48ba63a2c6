/**
 * `npm run chaos [submissions] [kills]`: every call of AWS fails once before it is sent and once after it was answered; then a
 * reader reads the log during 1,000 submissions; then the server and DynamoDB are killed in turn while municipalities save and
 * submit. The last three lines say through how many; the command fails when something was lost, half done, or between before
 * and after.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulators } from '../integration/support/emulators.ts';
import { failExport, failPublication } from './export-faults.ts';
import { acts, failAct, whens } from './faults.ts';
import { printKills, surviveKills } from './kills.ts';
import { changesFor, printWatched, watchChanges } from './readers.ts';
import { createRound } from '../integration/support/storage.ts';

const [submissions = 10_000, kills = 40] = process.argv.slice(2).map(Number);
let failures = 0;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function withKills(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yoriai-chaos-'));
  try {
    const result = await surviveKills(dataDir, { submissions, kills });
    for (const finding of result.findings) print(finding);
    failures += result.findings.length;
    return printKills(result);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function withFaults(): Promise<string> {
  const emulators = await startEmulators();
  const runs: [string, () => Promise<number>][] = [
    ...Object.entries(acts).map(([name, act]): [string, () => Promise<number>] => [
      name,
      () => failAct(emulators.dynamodbEndpoint, act),
    ]),
    ...whens.flatMap((when): [string, () => Promise<number>][] => [
      [`an export, ${when}`, () => failExport(emulators, when)],
      [`a publication, ${when}`, () => failPublication(emulators, when)],
    ]),
  ];
  let forced = 0;
  let between = 0;
  try {
    for (const [name, run] of runs) {
      try {
        const faults = await run();
        forced += faults;
        print(`${name}: ${faults} faults`);
      } catch (error) {
        between += 1;
        print(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await emulators.stop();
  }
  failures += between;
  return `${forced} faults forced, ${between} of ${runs.length} acts left what is neither before nor after`;
}

const watchedSubmissions = 1000;

async function withReader(): Promise<string> {
  const emulators = await startEmulators();
  try {
    return printWatched(
      await watchChanges(await createRound(emulators.dynamodbEndpoint), changesFor(watchedSubmissions)),
    );
  } catch (error) {
    failures += 1;
    return `a reader during submissions: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await emulators.stop();
  }
}

const figures = [await withFaults(), await withReader(), await withKills()];
for (const figure of figures) print(figure);
process.exitCode = failures === 0 ? 0 : 1;
