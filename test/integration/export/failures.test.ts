import { readdir, rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Formats } from '../../../functions/export/files/formats.ts';
import { returnJson } from '../../../functions/export/files/return-json.ts';
import { dataPackage } from '../../../functions/export/files/data-package.ts';
import { returnTables } from '../../../functions/export/files/return-tables.ts';
import { summaryJson } from '../../../functions/export/files/summary-files.ts';
import { exportFileKey, publishedFileKey } from '../../../functions/storage/bucket-keys.ts';
import { publishedEdition } from '../../../schemas/export.ts';
import { startEmulators } from '../support/emulators.ts';
import { createExportSystem, submitReturns } from '../support/exports.ts';
import type { ExportSystem } from '../support/exports.ts';
import { Disconnected } from '../support/faults.ts';
import { round, succeed } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let system: ExportSystem;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());
afterEach(() => rm(system.deps.workDir, { recursive: true }));

/** A few files: every one more is uploaded, read back and copied by the same calls, each of which fails once. */
const few: Formats = { returns: [returnJson], documents: [summaryJson] };
/** The tables have corrections from edition to edition, and the data package tells their columns. */
const published: Formats = { returns: [returnTables], documents: [dataPackage] };

async function createSystem(formats: Formats): Promise<void> {
  system = await createExportSystem(emulators, formats);
  await submitReturns(system, 3, 2);
}

/** Every call of one undisturbed act, to be failed one by one. */
async function callsOf(act: () => Promise<unknown>): Promise<number> {
  system.calls.clear();
  await act();
  return system.calls.names.length;
}

async function exported(): Promise<string> {
  system.calls.clear();
  return succeed(await system.exportRound()).exportId;
}

async function expectComplete(exportId: string): Promise<void> {
  const { files } = await system.manifestOf(exportId);
  for (const { path, sha256 } of files)
    expect(await system.bucket.hash(exportFileKey(round, exportId, path))).toBe(sha256);
}

/** Every export there is by what became of it, newest first. */
async function exportsBy(): Promise<{ readonly done: readonly string[]; readonly running: readonly string[] }> {
  const { exports } = succeed(await system.deps.exports.exports(round, { limit: 1000 }));
  const idsOf = (status: string): string[] =>
    exports.filter((each) => each.status === status).map(({ exportId }) => exportId);
  return { done: idsOf('done'), running: idsOf('running') };
}

/** The call that failed itself, or what could not be had because of it. */
function wasCutOff(outcome: unknown): boolean {
  return outcome instanceof Disconnected || (outcome instanceof Error && outcome.cause instanceof Disconnected);
}

describe.each(['before', 'after'] as const)('an export of which one call fails %s it is answered', (when) => {
  beforeEach(() => createSystem(few));

  it('leaves the last good one in place and the way free, or is complete itself', { timeout: 180_000 }, async () => {
    const calls = await callsOf(() => system.exportRound());
    expect(calls).toBeGreaterThan(30);
    const met = new Set<string>();
    let [good] = (await exportsBy()).done;
    for (let nth = 1; nth <= calls; nth += 1) {
      system.calls.fail(nth, when);
      const started = await system.exportRound().catch((error: unknown) => error);
      const failed = system.calls.names[nth - 1];
      system.calls.clear();
      const at = `call ${nth}, ${failed}`;

      const {
        running,
        done: [newest],
      } = await exportsBy();
      expect(running, at).toEqual([]);
      const latest = await system.latestFile();
      expect(latest.exportId, at).toBe(newest);
      expect((await system.deps.exports.latestExport(round))?.exportId, at).toBe(newest);
      if (wasCutOff(started)) expect(newest, at).toBe(good);
      met.add(newest === good ? 'failed' : 'done');
      expect(await readdir(system.deps.workDir), at).toEqual([]);
      good = newest;
    }
    await expectComplete(good ?? '');
    expect(met).toEqual(new Set(['failed', 'done']));
  });
});

describe.each(['before', 'after'] as const)('a publication of which one call fails %s it is answered', (when) => {
  beforeEach(() => createSystem(published));

  it('is not half there, and goes on when it is repeated', { timeout: 180_000 }, async () => {
    const first = await exported();
    const calls = await callsOf(() => system.publish(first));
    expect(calls).toBeGreaterThan(20);
    let repeated = 0;
    for (let nth = 1; nth <= calls; nth += 1) {
      const exportId = await exported();
      const edition = nth + 1;
      const { asOf: before } = (await system.table.store.roundState(round)) ?? {};
      system.calls.fail(nth, when);
      const outcome = await system.publish(exportId).catch((error: unknown) => error);
      const at = `call ${nth}, ${system.calls.names[nth - 1]}`;
      system.calls.clear();
      if (wasCutOff(outcome)) {
        repeated += 1;
        expect((await system.table.store.roundState(round))?.asOf, at).toEqual(before);
        await expect(system.bucket.readText(publishedFileKey(round, edition, 'manifest.json')), at).rejects.toThrow();
        expect(succeed(await system.publish(exportId)), at).toMatchObject({ edition, exportId });
      } else expect(outcome, at).toMatchObject({ ok: true, value: { edition, exportId } });
      expect((await system.table.store.roundState(round))?.asOf.seq, at).toBe((before?.seq ?? 0) + 1);
      expect(await system.publish(exportId), at).toMatchObject({ ok: false, problem: { code: 'already-published' } });
    }
    expect(repeated).toBeGreaterThan(10);
    for (let edition = 1; edition <= calls + 1; edition += 10) {
      const text = await system.bucket.readText(publishedFileKey(round, edition, 'manifest.json'));
      for (const { path, sha256 } of publishedEdition.parse(JSON.parse(text)).files)
        expect(await system.bucket.hash(publishedFileKey(round, edition, path))).toBe(sha256);
    }
  });
});
