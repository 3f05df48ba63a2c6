/** Every call of an export and of a publication fails, before it is sent and after it was answered: whole, or not there. */

import { deepStrictEqual, ok, rejects } from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { dataPackage } from '../../functions/export/files/data-package.ts';
import type { Formats } from '../../functions/export/files/formats.ts';
import { returnJson } from '../../functions/export/files/return-json.ts';
import { returnTables } from '../../functions/export/files/return-tables.ts';
import { summaryJson } from '../../functions/export/files/summary-files.ts';
import { exportFileKey, publishedFileKey } from '../../functions/storage/bucket-keys.ts';
import { publishedEdition } from '../../schemas/export.ts';
import type { startEmulators } from '../integration/support/emulators.ts';
import { createExportSystem, submitReturns } from '../integration/support/exports.ts';
import type { ExportSystem } from '../integration/support/exports.ts';
import { Disconnected } from '../integration/support/faults.ts';
import { codeOf, round, succeed } from '../integration/support/storage.ts';
import type { When } from './faults.ts';

type Emulators = Awaited<ReturnType<typeof startEmulators>>;

/** A few files: every one more is uploaded, read back and copied by the same calls, each of which fails once. */
const few: Formats = { returns: [returnJson], documents: [summaryJson] };
/** The tables have corrections from edition to edition, and the data package tells their columns; their Parquet would be as many files again. */
const published: Formats = {
  returns: [
    async (context) => {
      const files = await returnTables(context);
      const close = async () => (await files.close()).map(({ parquet: _parquet, ...csv }) => csv);
      return { ...files, close };
    },
  ],
  documents: [dataPackage],
};

async function withSystem(
  emulators: Emulators,
  formats: Formats,
  use: (system: ExportSystem) => Promise<number>,
): Promise<number> {
  const system = await createExportSystem(emulators, formats);
  try {
    await submitReturns(system, 3, 2);
    return await use(system);
  } finally {
    await rm(system.deps.workDir, { recursive: true });
  }
}

/** Every call of one undisturbed act, to be failed one by one. */
async function callsOf({ calls }: ExportSystem, act: () => Promise<unknown>): Promise<number> {
  calls.clear();
  await act();
  return calls.names.length;
}

/** What came of an act of which a call fails: nothing where it was cut off, by that call or by what could not be had for it. */
async function unlessCutOff<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Disconnected || (error instanceof Error && error.cause instanceof Disconnected))
      return undefined;
    throw error;
  }
}

/** Every export there is by what became of it, newest first. */
async function exportsBy({
  deps,
}: ExportSystem): Promise<{ readonly done: readonly string[]; readonly running: readonly string[] }> {
  const { exports } = succeed(await deps.exports.exports(round, { limit: 1000 }));
  const idsOf = (status: string): string[] =>
    exports.filter((each) => each.status === status).map(({ exportId }) => exportId);
  return { done: idsOf('done'), running: idsOf('running') };
}

/**
 * Fails each call of an export: the last good one stays in place and the way is free, or the new one is complete itself.
 *
 * @returns how many faults were forced
 */
export function failExport(emulators: Emulators, when: When): Promise<number> {
  return withSystem(emulators, few, async (system) => {
    const calls = await callsOf(system, () => system.exportRound());
    ok(calls > 30);
    const met = new Set<string>();
    let [good] = (await exportsBy(system)).done;
    for (let nth = 1; nth <= calls; nth += 1) {
      system.calls.fail(nth, when);
      const started = await unlessCutOff(() => system.exportRound());
      const at = `call ${nth}, ${system.calls.names[nth - 1]}`;
      system.calls.clear();

      const {
        running,
        done: [newest],
      } = await exportsBy(system);
      deepStrictEqual(running, [], at);
      deepStrictEqual((await system.latestFile()).exportId, newest, at);
      deepStrictEqual((await system.deps.exports.latestExport(round))?.exportId, newest, at);
      if (started === undefined) deepStrictEqual(newest, good, at);
      met.add(newest === good ? 'failed' : 'done');
      deepStrictEqual(await readdir(system.deps.workDir), [], at);
      good = newest;
    }
    ok(good);
    const { files } = await system.manifestOf(good);
    for (const { path, sha256 } of files)
      deepStrictEqual(await system.bucket.hash(exportFileKey(round, good, path)), sha256, path);
    deepStrictEqual(met, new Set(['failed', 'done']));
    return calls;
  });
}

/**
 * Fails each call of a publication: it is not half there, and goes on when it is repeated.
 *
 * @returns how many faults were forced
 */
export function failPublication(emulators: Emulators, when: When): Promise<number> {
  return withSystem(emulators, published, async (system) => {
    const exported = async (): Promise<string> => succeed(await system.exportRound()).exportId;
    const first = await exported();
    const calls = await callsOf(system, () => system.publish(first));
    ok(calls > 20);
    let repeated = 0;
    for (let nth = 1; nth <= calls; nth += 1) {
      system.calls.clear();
      const exportId = await exported();
      const edition = nth + 1;
      const { asOf: before } = (await system.table.store.roundState(round)) ?? {};
      system.calls.fail(nth, when);
      const outcome = await unlessCutOff(() => system.publish(exportId));
      const at = `call ${nth}, ${system.calls.names[nth - 1]}`;
      system.calls.clear();
      if (outcome === undefined) {
        repeated += 1;
        deepStrictEqual((await system.table.store.roundState(round))?.asOf, before, at);
        await rejects(system.bucket.readText(publishedFileKey(round, edition, 'manifest.json')), at);
      }
      const made = succeed(outcome ?? (await system.publish(exportId)));
      deepStrictEqual([made.edition, made.exportId], [edition, exportId], at);
      deepStrictEqual((await system.table.store.roundState(round))?.asOf.seq, (before?.seq ?? 0) + 1, at);
      deepStrictEqual(codeOf(await system.publish(exportId)), 'already-published', at);
    }
    ok(repeated > 10);
    for (let edition = 1; edition <= calls + 1; edition += 10) {
      const text = await system.bucket.readText(publishedFileKey(round, edition, 'manifest.json'));
      for (const { path, sha256 } of publishedEdition.parse(JSON.parse(text)).files)
        deepStrictEqual(await system.bucket.hash(publishedFileKey(round, edition, path)), sha256, path);
    }
    return calls;
  });
}
