/** The disposal of a round at the end of its retention, on the emulators: what goes, what stays, and every crash between. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHash, randomUUID } from 'node:crypto';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { runDueDisposals } from '../../../functions/retention/run.ts';
import type { RetentionDeps } from '../../../functions/retention/run.ts';
import { bucketClient } from '../../../functions/storage/bucket.ts';
import { createDisposalFiles } from '../../../functions/storage/disposal-files.ts';
import { createDisposalSteps } from '../../../functions/storage/disposal-steps.ts';
import { startEmulators } from '../support/emulators.ts';
import {
  codeOf,
  complete,
  createRound,
  definition,
  returnOf,
  round,
  saveFirst,
  submitFirst,
  succeed,
  unitsOfSaitama,
} from '../support/storage.ts';
import type { TestTable } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(async () => {
  await emulators.stop();
});

/** The round closed on 27 December 2024 and is kept for five years; the day it is due, and the next. */
const due = '2030-04-01T04:30:00+09:00';
const nextDay = '2030-04-02T04:30:00+09:00';
const [first = '', second = '', third = ''] = unitsOfSaitama;
const files = [
  'exports/r6/20241101T030000Z-ABC234/manifest.json',
  'exports/r6/20241101T030000Z-ABC234/internal/a.csv',
  'exports/r6/latest.json',
  'exports/r6-2/latest.json',
  'published/r6/1/summary.json',
];

interface Retained {
  readonly table: TestTable;
  readonly deps: RetentionDeps;
  readonly counted: string[];
  keys(): Promise<string[]>;
  run(at: string): Promise<void>;
}

/** A round with a draft, an accepted return with two versions and one sent back, and the files of its exports. */
async function retainedRound(roundYears = 5): Promise<Retained> {
  const table = await createRound(emulators.dynamodbEndpoint);
  const { store, context } = table;
  const unit = returnOf(first);
  const { version } = await submitFirst(table, unit);
  succeed(await store.decide(unit, { version, decision: 'return', comment: '再確認', questions: [] }, '県'));
  const { version: again } = succeed(await store.submit(unit, { actor: '市', body: '', idempotencyKey: 'k' }));
  succeed(await store.decide(unit, { version: again, decision: 'accept' }, '県'));
  await saveFirst(table, returnOf(second));
  const sentBack = await submitFirst(table, returnOf(third));
  succeed(
    await store.decide(
      returnOf(third),
      { version: sentBack.version, decision: 'return', comment: '再確認', questions: [] },
      '県',
    ),
  );
  await store.recordAccess(round, { what: 'viewed', actor: '県' });

  const client = bucketClient(emulators.s3Endpoint);
  const bucket = `test-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const Key of files) await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x' }));
  const counted: string[] = [];
  const deps = {
    disposals: store,
    steps: createDisposalSteps(context),
    files: createDisposalFiles({ client, bucket }),
    roundYears,
    now: context.now,
    log: { info: () => undefined, error: () => undefined },
    metrics: { count: (metric: string) => void counted.push(metric) },
  };
  return {
    table,
    deps,
    counted,
    keys: () => keysOf(client, bucket),
    run: async (at) => {
      table.setClock(at);
      await runDueDisposals(deps, at);
    },
  };
}

async function keysOf(client: S3Client, bucket: string): Promise<string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key = '' }) => Key).toSorted();
}

/** The keys of a table without those of the directory, which is of no round. */
async function itemsOf(table: TestTable): Promise<string[]> {
  return [...(await table.contents()).keys()].filter((key) => !key.startsWith('DIR#')).toSorted();
}

async function hashesOf(table: TestTable): Promise<string[]> {
  const items = [...(await table.contents()).values()].filter(({ sk }) => String(sk).startsWith('V#'));
  return items
    .filter(({ pk }) => String(pk).startsWith('RETURN#'))
    .map(({ sha256 }) => String(sha256))
    .toSorted();
}

describe('a round whose retention has not ended', () => {
  it('is left alone, to the minute', async () => {
    const retained = await retainedRound();
    const before = await retained.table.contents();
    await retained.run('2030-03-31T23:59:00+09:00');
    expect(await retained.table.contents()).toEqual(before);
    expect(await retained.keys()).toEqual(files.toSorted());
  });

  it('is left alone by a start that claims to be a later day', async () => {
    const retained = await retainedRound();
    const before = await retained.table.contents();
    retained.table.setClock('2030-03-31T23:59:00+09:00');
    await runDueDisposals(retained.deps, due);
    expect(await retained.table.contents()).toEqual(before);
  });

  it('is left alone for ever where rounds are kept for good', async () => {
    const retained = await retainedRound(0);
    const before = await retained.table.contents();
    await retained.run('2999-04-01T04:30:00+09:00');
    expect(await retained.table.contents()).toEqual(before);
  });
});

describe('a round whose retention has ended', () => {
  it('is removed with everything but its published files, and leaves one record', async () => {
    const retained = await retainedRound();
    const hashes = await hashesOf(retained.table);
    expect(hashes).toHaveLength(3);
    const { store } = retained.table;
    const written = { text: '台風のため延長', by: '県' };
    for (const about of [round, 'r6-2']) await store.addNote({ kind: 'round', about, ...written });
    await store.addNote({ kind: 'unit', about: first, ...written });
    await retained.run(due);
    await retained.run(nextDay);
    expect(new Set((await store.notes()).map(({ about }) => about))).toEqual(new Set(['r6-2', first]));
    for (const { id } of await store.notes()) await store.removeNote(id);
    expect(await itemsOf(retained.table)).toEqual([`ROUND#${round} META`, 'ROUNDS LIST', 'ROUNDS REVISION']);
    expect(await retained.keys()).toEqual(['exports/r6-2/latest.json', 'published/r6/1/summary.json']);
    const sha256 = createHash('sha256')
      .update(hashes.map((hash) => `${hash}\n`).join(''))
      .digest('hex');
    expect(await retained.table.store.disposals()).toEqual([
      {
        round,
        name: definition.name,
        fiscalYear: 2024,
        referenceDate: '2024-09-30',
        actor: 'system',
        begunAt: new Date(due).toISOString(),
        disposedAt: new Date(nextDay).toISOString(),
        removed: { returns: 3, versions: 3, logEntries: 10, files: 3, uploads: 0, editions: 0, sha256 },
      },
    ]);
    expect(retained.counted).toEqual(['Disposals']);
    expect(JSON.stringify([...(await retained.table.contents())])).not.toContain('established');
  });

  it('answers nothing and takes nothing from the first moment, whatever was sent back', async () => {
    const { table, deps } = await retainedRound();
    const { store } = table;
    table.setClock(due);
    const { etag } = succeed(await store.readDraft(returnOf(third)));
    const ifMatch = etag({ kind: 'return' });
    succeed(await deps.steps.beginDisposal(round));
    const outcomes = [
      store.submit(returnOf(third), { actor: '市', body: '' }),
      store.saveDraft(returnOf(third), { kind: 'return' }, { answers: complete }, { ifMatch }, '市'),
      store.saveDraft(returnOf('112097'), { kind: 'return' }, { answers: complete }, { ifNoneMatch: '*' }, '市'),
      store.withdraw(returnOf(third), '市'),
      store.decide(returnOf(first), { version: 2, decision: 'return', comment: '再確認', questions: [] }, '県'),
      store.defineRound(round, definition, '県'),
    ];
    expect((await Promise.all(outcomes)).map(codeOf)).toEqual(outcomes.map(() => 'round-disposed'));
    expect(await store.round(round)).toBeUndefined();
    expect(await store.rounds()).toEqual([]);
    expect(await store.roundState(round)).toBeUndefined();
  });

  it('refuses a submission that had read the round before the disposal counted what it removes', async () => {
    const { table, deps } = await retainedRound();
    table.setClock(due);
    table.faults.clear();
    // The reads of a submission come first; its one transaction is the last call.
    table.faults.interpose(2, async () => {
      succeed(await deps.steps.beginDisposal(round));
      expect((await deps.steps.countItems(round)).versions).toBe(3);
    });
    expect(codeOf(await table.store.submit(returnOf(third), { actor: '市', body: '' }))).toBe('round-disposed');
    expect((await deps.steps.countItems(round)).versions).toBe(3);
  });

  it('is called disposed of only by a later run, which also removes what a slow function still wrote', async () => {
    const retained = await retainedRound();
    await retained.run(due);
    expect((await retained.table.store.disposal(round))?.disposedAt).toBeUndefined();
    await retained.table.store.recordAccess(round, { what: 'viewed', actor: '県' });
    await retained.run(nextDay);
    expect(await itemsOf(retained.table)).toEqual([`ROUND#${round} META`, 'ROUNDS LIST', 'ROUNDS REVISION']);
    expect((await retained.table.store.disposal(round))?.disposedAt).toBe(new Date(nextDay).toISOString());
  });

  it('stays as it is when the day’s start is delivered again', async () => {
    const retained = await retainedRound();
    await retained.run(due);
    await retained.run(nextDay);
    const after = await retained.table.contents();
    await retained.run(nextDay);
    await retained.run('2030-04-03T04:30:00+09:00');
    expect(await retained.table.contents()).toEqual(after);
    expect(retained.counted).toEqual(['Disposals']);
  });

  it('takes no call of the table that the function’s role does not allow', async () => {
    const retained = await retainedRound();
    retained.table.faults.clear();
    await retained.run(due);
    await retained.run(nextDay);
    // The transaction puts META and updates the list of rounds.
    const called = [
      'BatchWriteItemCommand',
      'GetItemCommand',
      'PutItemCommand',
      'QueryCommand',
      'TransactWriteItemsCommand',
    ];
    expect([...new Set(retained.table.faults.commands)].toSorted()).toEqual(called);
  });

  it('ends the same wherever a run is cut off, before or after a call', async () => {
    const reference = await retainedRound();
    await reference.run(due);
    const { removed } = (await reference.table.store.disposal(round)) ?? {};
    reference.table.faults.clear();
    const probe = await retainedRound();
    probe.table.faults.clear();
    await probe.run(due);
    const calls = probe.table.faults.commands.length;
    expect(calls).toBeGreaterThan(15);
    // Every third call: before it is sent and after it was answered take turns.
    for (let nth = 1; nth <= calls; nth += 3) {
      const retained = await retainedRound();
      retained.table.faults.clear();
      retained.table.faults.fail(nth, nth % 2 === 0 ? 'before' : 'after');
      await retained.run(due).catch(() => undefined);
      retained.table.faults.clear();
      await retained.run(due);
      await retained.run(nextDay);
      expect(await itemsOf(retained.table)).toEqual([`ROUND#${round} META`, 'ROUNDS LIST', 'ROUNDS REVISION']);
      const record = await retained.table.store.disposal(round);
      expect(record?.removed).toEqual(removed);
      expect(await retained.keys()).toEqual(['exports/r6-2/latest.json', 'published/r6/1/summary.json']);
    }
  });

  it('no longer offers its answers as those of the year before', async () => {
    const retained = await retainedRound();
    const { store } = retained.table;
    retained.table.setClock('2029-10-15T12:00:00+09:00');
    const next = {
      ...definition,
      referenceDate: '2029-09-30',
      opensAt: '2029-10-01',
      dueAt: '2030-11-29',
      closesAt: '2030-12-27',
    };
    succeed(await store.defineRound('r11', next, '県'));
    const newest = await store.round('r11');
    if (newest === undefined) throw new Error('no round r11');
    const key = { ...returnOf(first), round: 'r11' };
    expect((await store.previousReturn(newest, key))?.version.version).toBe(2);
    await retained.run(due);
    expect(await store.previousReturn(newest, key)).toBeUndefined();
    expect((await store.rounds()).map(({ id }) => id)).toEqual(['r11']);
    succeed(await store.saveDraft(key, { kind: 'return' }, { answers: complete }, { ifNoneMatch: '*' }, '市'));
    expect(codeOf(await store.submit(key, { actor: '市', body: '' }))).toBe('ok');
  });
});
