import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runExport } from '../../../functions/export/run.ts';
import { runDueExports } from '../../../functions/export/scheduled.ts';
import { startEmulators } from '../support/emulators.ts';
import { createExportSystem, submitReturns } from '../support/exports.ts';
import type { ExportSystem } from '../support/exports.ts';
import { definition, round, succeed } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let system: ExportSystem;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());
beforeEach(async () => {
  system = await createExportSystem(emulators);
});
afterEach(() => rm(system.deps.workDir, { recursive: true }));

/** Delivers the start of a day, two minutes after it was scheduled. */
async function start(day: string): Promise<void> {
  system.table.setClock(`${day}T03:02:00+09:00`);
  await runDueExports(system.deps, `${day}T03:00:00+09:00`);
}

async function exportsOf(id = round): Promise<string[]> {
  const { exports } = succeed(await system.deps.exports.exports(id, { limit: 100 }));
  return exports.map(({ status }) => status);
}

describe('the daily start', () => {
  it('exports an open round every day, also while nobody has answered', async () => {
    await start('2024-10-16');
    await start('2024-10-17');
    expect(await exportsOf()).toEqual(['done', 'done']);
    const { exports } = succeed(await system.deps.exports.exports(round, { limit: 1 }));
    expect(exports[0]).toMatchObject({ requestedBy: 'schedule', done: 0, total: 0 });
    expect(await system.latestFile()).toMatchObject({ exportId: exports[0]?.exportId });
  });

  it('exports once, however often it is delivered, and after one that failed again', async () => {
    await start('2024-10-16');
    await start('2024-10-16');
    expect(await exportsOf()).toEqual(['done']);
    const broken = { ...system.deps, bucket: { ...system.deps.bucket, putFile: () => Promise.reject(new Error('no bucket')) } };
    system.table.setClock('2024-10-17T03:02:00+09:00');
    await expect(runDueExports(broken, '2024-10-17T03:00:00+09:00')).rejects.toThrow('1 of 1 exports failed');
    await start('2024-10-17');
    expect(await exportsOf()).toEqual(['done', 'failed', 'done']);
  });

  it('exports a closed round only when something changed since', async () => {
    await submitReturns(system, 2, 1);
    await start('2025-01-10');
    await start('2025-01-11');
    expect(await exportsOf()).toEqual(['done']);
    succeed(await system.table.store.defineRound(round, { ...definition, name: '令和6年度（訂正）' }, '県'));
    await start('2025-01-12');
    expect(await exportsOf()).toEqual(['done', 'done']);
  });

  it('does not export a closed round again because it was published', async () => {
    await submitReturns(system, 2, 1);
    await start('2025-01-10');
    succeed(await system.publish((await system.latestFile()).exportId));
    await start('2025-01-11');
    expect(await exportsOf()).toEqual(['done']);
  });

  it('leaves a round that is being exported to whoever does', async () => {
    system.table.setClock('2024-10-16T03:00:00+09:00');
    const { exportId } = succeed(await system.deps.exports.startExport(round, '県'));
    await start('2024-10-16');
    expect(await exportsOf()).toEqual(['running']);
    await runExport(system.deps, round, exportId);
    expect(await exportsOf()).toEqual(['done']);
  });

  it('exports the other rounds when one fails', async () => {
    succeed(await system.table.store.defineRound('r5', { ...definition, referenceDate: '2023-09-30' }, '県'));
    const { bucket } = system.deps;
    const putFile: typeof bucket.putFile = (key, ...rest) =>
      key.startsWith('exports/r5/') ? Promise.reject(new Error('no bucket')) : bucket.putFile(key, ...rest);
    await expect(runDueExports({ ...system.deps, bucket: { ...bucket, putFile } }, '2024-10-15T03:00:00+09:00')).rejects.toThrow(AggregateError);
    expect([await exportsOf('r5'), await exportsOf()]).toEqual([['failed'], ['done']]);
  });

  it('does nothing where there is no round that is open', async () => {
    await start('2024-09-01');
    expect(await exportsOf()).toEqual([]);
  });
});

describe('an export of a round that does not exist', () => {
  it('fails, and leaves nothing behind that looks finished', async () => {
    const { exportId } = succeed(await system.deps.exports.startExport('r99', '県'));
    await expect(runExport(system.deps, 'r99', exportId)).rejects.toThrow('no round r99');
    expect(await exportsOf('r99')).toEqual(['failed']);
    expect(await system.deps.exports.latestExport('r99')).toBeUndefined();
  });
});
