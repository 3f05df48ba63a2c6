import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runExport } from '../../../functions/export/run.ts';
import { runDueExports } from '../../../functions/export/scheduled.ts';
import { startEmulators } from '../support/emulators.ts';
import { createExportSystem, submitReturns, tablesOnly } from '../support/exports.ts';
import type { ExportSystem } from '../support/exports.ts';
import { definition, round, succeed } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let system: ExportSystem;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());
beforeEach(async () => {
  system = await createExportSystem(emulators, tablesOnly);
});
afterEach(() => rm(system.deps.workDir, { recursive: true }));

const unexpected = (): Promise<never> => Promise.reject(new Error('nothing to wait for'));

/** Delivers the start of a day, two minutes after it was scheduled. */
async function start(day: string): Promise<void> {
  system.table.setClock(`${day}T03:02:00+09:00`);
  await runDueExports(system.deps, `${day}T03:00:00+09:00`, unexpected);
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
    const broken = {
      ...system.deps,
      bucket: { ...system.deps.bucket, putFile: () => Promise.reject(new Error('no bucket')) },
    };
    system.table.setClock('2024-10-17T03:02:00+09:00');
    await expect(runDueExports(broken, '2024-10-17T03:00:00+09:00')).rejects.toThrow('not exported: r6');
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

  it('exports the other rounds when one fails', async () => {
    succeed(await system.table.store.defineRound('r5', { ...definition, referenceDate: '2023-09-30' }, '県'));
    const { bucket } = system.deps;
    const putFile: typeof bucket.putFile = (key, ...rest) =>
      key.startsWith('exports/r5/') ? Promise.reject(new Error('no bucket')) : bucket.putFile(key, ...rest);
    await expect(
      runDueExports({ ...system.deps, bucket: { ...bucket, putFile } }, '2024-10-15T03:00:00+09:00'),
    ).rejects.toThrow(AggregateError);
    expect([await exportsOf('r5'), await exportsOf()]).toEqual([['failed'], ['done']]);
  });

  it('does nothing where there is no round that is open', async () => {
    await start('2024-09-01');
    expect(await exportsOf()).toEqual([]);
  });
});

describe('the daily start, delivered while an export of the round is under way', () => {
  const scheduled = '2024-10-16T03:00:00+09:00';
  const begin = async (): Promise<string> => succeed(await system.deps.exports.startExport(round, '県')).exportId;
  /** Lets time pass instead of waiting; gives how much did, in seconds. */
  const passing = (from: string): { wait: (milliseconds: number) => Promise<void>; seconds(): number } => {
    const start = Date.parse(from);
    let now = start;
    system.table.setClock(from);
    return {
      wait: async (milliseconds) => {
        now += milliseconds;
        system.table.setClock(new Date(now).toISOString());
      },
      seconds: () => (now - start) / 1000,
    };
  };
  const progress = { asOf: { seq: 1, at: '2024-10-15T03:00:00.000Z' }, done: 0, total: 0 };

  beforeEach(() => system.table.setClock(scheduled));

  it('twice at once exports once, and both end well', async () => {
    const both: Promise<void>[] = [];
    const other = (): Promise<void> => Promise.race(both);
    both.push(runDueExports(system.deps, scheduled, other), runDueExports(system.deps, scheduled, other));
    await Promise.all(both);
    expect(await exportsOf()).toEqual(['done']);
  });

  it('writes at once what was started and is written by nobody', async () => {
    const exportId = await begin();
    await runDueExports(system.deps, scheduled, async () => undefined);
    expect(await exportsOf()).toEqual(['done']);
    expect(await system.latestFile()).toMatchObject({ exportId });
  });

  it('exports the round once the lease of a run that died has run out', async () => {
    const dead = await begin();
    await system.deps.exports.claimExport(round, dead, 'died');
    const time = passing('2024-10-16T03:01:00+09:00');
    await runDueExports(system.deps, scheduled, time.wait);
    expect(await exportsOf()).toEqual(['done', 'failed']);
    expect(time.seconds()).toBe(120);
    await runDueExports(system.deps, scheduled, unexpected);
    expect(await exportsOf()).toEqual(['done', 'failed']);
    await expect(system.deps.exports.renewExport(round, dead, 'died', progress)).rejects.toThrow('no longer');
  });

  it('waits for a run that is alive, and leaves the round to it', async () => {
    const exportId = await begin();
    await runDueExports(system.deps, scheduled, () => runExport(system.deps, round, exportId));
    expect(await exportsOf()).toEqual(['done']);
  });

  it('takes over from a run that fails while it is waited for', async () => {
    const exportId = await begin();
    await system.deps.exports.claimExport(round, exportId, 'other');
    await runDueExports(system.deps, scheduled, () =>
      system.deps.exports.exportFailed(round, exportId, 'other', 'internal'),
    );
    expect(await exportsOf()).toEqual(['done', 'failed']);
  });

  it('fails, to be delivered again, when a run that is alive takes longer than a lease', async () => {
    const exportId = await begin();
    await system.deps.exports.claimExport(round, exportId, 'slow');
    const time = passing(scheduled);
    const wait = async (milliseconds: number): Promise<void> => {
      await time.wait(milliseconds);
      await system.deps.exports.renewExport(round, exportId, 'slow', progress);
    };
    await expect(runDueExports(system.deps, scheduled, wait)).rejects.toThrow(`not exported: ${round}`);
    expect(time.seconds()).toBeGreaterThan(180);
    expect(await exportsOf()).toEqual(['running']);
  });

  it.for(['while its lease runs', 'after that'])(
    'gives latest.json to an export whose run died just before it, %s',
    async (when) => {
      const { bucket } = system.deps;
      const putText: typeof bucket.putText = (key, ...rest) =>
        key.endsWith('/latest.json') ? Promise.reject(new Error('no bucket')) : bucket.putText(key, ...rest);
      await expect(
        runDueExports({ ...system.deps, bucket: { ...bucket, putText } }, scheduled, unexpected),
      ).rejects.toThrow(AggregateError);
      await expect(system.latestFile()).rejects.toThrow();
      system.table.setClock(when === 'after that' ? '2024-10-16T03:10:00+09:00' : '2024-10-16T03:01:00+09:00');
      await runDueExports(system.deps, scheduled, async () => undefined);
      expect(await exportsOf()).toEqual(['done']);
      const { exports } = succeed(await system.deps.exports.exports(round, { limit: 1 }));
      expect(await system.latestFile()).toMatchObject({ exportId: exports[0]?.exportId });
    },
  );

  it('exports the day again for a round whose export was asked for before the start', async () => {
    system.table.setClock('2024-10-16T02:59:00+09:00');
    const exportId = await begin();
    system.table.setClock('2024-10-16T03:01:00+09:00');
    await runDueExports(system.deps, scheduled, async () => undefined);
    const { exports } = succeed(await system.deps.exports.exports(round, { limit: 10 }));
    expect(exports.map(({ status, requestedBy }) => [status, requestedBy])).toEqual([
      ['done', 'schedule'],
      ['done', '県'],
    ]);
    expect(await system.latestFile()).not.toMatchObject({ exportId });
  });

  it('exports the other rounds while it waits for one', async () => {
    succeed(await system.table.store.defineRound('r5', { ...definition, referenceDate: '2023-09-30' }, '県'));
    await system.deps.exports.claimExport(round, await begin(), 'died');
    const time = passing(scheduled);
    const meanwhile: string[][] = [];
    await runDueExports(system.deps, scheduled, async (milliseconds) => {
      meanwhile.push(await exportsOf('r5'));
      await time.wait(milliseconds);
    });
    expect(meanwhile[0]).toEqual(['done']);
    expect([await exportsOf('r5'), await exportsOf()]).toEqual([['done'], ['done', 'failed']]);
  });
});

describe('the daily start and a round of which there is no log', () => {
  it('passes over it and exports the others', async () => {
    const { store } = system.deps;
    const [known] = await store.rounds();
    const rounds: typeof store.rounds = async () => (known === undefined ? [] : [{ ...known, id: 'r99' }, known]);
    await runDueExports({ ...system.deps, store: { ...store, rounds } }, '2024-10-15T03:00:00+09:00', unexpected);
    expect([await exportsOf('r99'), await exportsOf()]).toEqual([[], ['done']]);
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
