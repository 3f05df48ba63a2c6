/**
 * An export of a synthetic round, all files of both audiences, against writing the rows of its CSV files with
 * csv-stringify alone; and the peak memory of exports in processes of their own, S3 emulated here.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import * as z from 'zod';
import { codebookFile } from '../../functions/export/files/codebook-file.ts';
import { dataPackage } from '../../functions/export/files/data-package.ts';
import type { Formats } from '../../functions/export/files/formats.ts';
import { returnJson } from '../../functions/export/files/return-json.ts';
import { returnTables } from '../../functions/export/files/return-tables.ts';
import { summaryCsv, summaryJson, summaryUnits } from '../../functions/export/files/summary-files.ts';
import { runExport } from '../../functions/export/run.ts';
import type { Bucket } from '../../functions/storage/bucket.ts';
import { startS3 } from '../../infra/local/s3.ts';
import { taken } from './measure.ts';
import { round } from './round.ts';
import { syntheticDeps } from './synthetic-round.ts';
import { ratioRow } from './table.ts';
import type { Row } from './table.ts';

const returns = 20_000;
const fewReturns = 2_000;
/** What is compared by CPU grows with the number of returns on both sides. */
const timedReturns = 10_000;
const loadingReturns = 100;
const aim = 3;
const aimOfAll = 8;
/** What still counts as flat: ten times the returns, at most so many times the memory. */
const flat = 1.3;
/** Rows that the baseline stringifies at once. */
const rowsAtOnce = 1_000;

type Rows = readonly (readonly string[])[];

/** A bucket that answers at once, so that only our own work is measured; tells what is put into it. */
function instantBucket(onFile: (key: string, path: string) => Promise<void> = async () => undefined): Bucket {
  const hashes = new Map<string, string>();
  const texts = new Map<string, string>();
  const unused = (): Promise<never> => Promise.reject(new Error('not part of an export'));
  return {
    putFile: async (key, { path, sha256 }) => {
      hashes.set(key, sha256);
      await onFile(key, path);
    },
    putText: async (key, text) => {
      texts.set(key, text);
    },
    readText: async (key) => texts.get(key) ?? '',
    hash: async (key) => hashes.get(key) ?? '',
    readStream: unused,
    copy: unused,
    remove: unused,
  };
}

const rows = z.array(z.array(z.string()));

/** The rows of every CSV file of an export of few returns; written over and over they are as many as those of all. */
async function recordRows(workDir: string): Promise<Rows[]> {
  const files: Rows[] = [];
  const bucket = instantBucket(async (key, path) => {
    if (key.endsWith('.csv')) files.push(rows.parse(parse(await readFile(path))));
  });
  const deps = await syntheticDeps(fewReturns, workDir);
  await runExport({ ...deps, bucket, formats: machineFormats }, round.id, 'recorded');
  return files;
}

async function stringifyAll(files: readonly Rows[], folder: string): Promise<void> {
  for (const [index, all] of files.entries()) {
    const file = await open(join(folder, `${index}.csv`), 'w');
    for (let time = 0; time < timedReturns / fewReturns; time += 1)
      for (let from = 0; from < all.length; from += rowsAtOnce)
        await file.writeFile(stringify(all.slice(from, from + rowsAtOnce), { record_delimiter: '\r\n' }));
    await file.close();
  }
}

/** The machine files alone: what csv-stringify can be held against. */
const machineFormats: Formats = {
  returns: [returnTables, returnJson],
  documents: [codebookFile, summaryJson, summaryCsv, summaryUnits, dataPackage],
};

async function benchTime(folder: string): Promise<Row[]> {
  const files = await recordRows(folder);
  const depsOf = async (count = timedReturns) => ({ ...(await syntheticDeps(count, folder)), bucket: instantBucket() });
  // What is loaded with the first Word file, chart and workbook does not grow with the returns.
  await runExport(await depsOf(loadingReturns), round.id, 'loaded');
  // Before and after, since it is what everything is held against.
  const { cpu: before } = await taken(() => stringifyAll(files, folder));
  const machine = { ...(await depsOf()), formats: machineFormats };
  const { cpu: exporting } = await taken(() => runExport(machine, round.id, 'timed'));
  const all = await depsOf();
  const { cpu: everything } = await taken(() => runExport(all, round.id, 'everything'));
  const { cpu: after } = await taken(() => stringifyAll(files, folder));
  const base = (before + after) / 2;
  const what = `CPU of exporting ${timedReturns} returns`;
  return [
    ratioRow(`${what}, machine files ÷ csv-stringify of the same rows`, exporting / base, aim),
    ratioRow(`${what}, with report, Word and Excel ÷ the same`, everything / base, aimOfAll),
  ];
}

const execute = promisify(execFile);
const child = fileURLToPath(new URL('export-child.ts', import.meta.url));

/** Peak resident memory in MB: of a first export, and when another one has been compared with it as an edition. */
async function peakMemory(count: number, endpoint: string, bucket: string): Promise<[first: number, later: number]> {
  const { stdout } = await execute(process.execPath, [child, String(count), endpoint, bucket]);
  const [first = Number.NaN, later = Number.NaN] = stdout.split(' ').map((each) => Number(each) / 1024);
  return [first, later];
}

async function benchMemory(dataDir: string): Promise<Row[]> {
  const bucket = 'bench';
  const s3 = await startS3({ dataDir, buckets: [bucket] });
  try {
    const [few, fewLater] = await peakMemory(fewReturns, s3.endpoint, bucket);
    const [many, manyLater] = await peakMemory(returns, s3.endpoint, bucket);
    return [
      { what: `peak memory at ${fewReturns} returns`, figure: `${few.toFixed(0)} MB`, aim: '' },
      { what: `peak memory at ${returns} returns`, figure: `${many.toFixed(0)} MB`, aim: '' },
      ratioRow(`memory at ${returns} ÷ at ${fewReturns} returns`, many / few, flat),
      ratioRow(`the same with an earlier edition`, manyLater / fewLater, flat),
    ];
  } finally {
    await s3.stop();
  }
}

export async function benchExport(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'yoriai-bench-'));
  try {
    return [...(await benchTime(folder)), ...(await benchMemory(folder))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
