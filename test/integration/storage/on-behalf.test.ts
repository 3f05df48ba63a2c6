/** What the prefecture enters for a unit, and corrects of what was submitted: one transaction, and what stays of it. */

import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkLedgers } from '../../../functions/storage/ledger-check.ts';
import { logKey } from '../../../functions/storage/keys.ts';
import { sealOf } from '../../../functions/storage/seal.ts';
import { startEmulators } from '../support/emulators.ts';
import { codeOf, complete, createRound, returnOf, round, saveFirst, submitFirst, succeed } from '../support/storage.ts';
import type { TestTable } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let table: TestTable;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());
beforeEach(async () => {
  table = await createRound(emulators.dynamodbEndpoint);
});

const key = returnOf();
const whole = { kind: 'return' } as const;
const proxy = { source: 'telephone', reason: '通信障害のため' } as const;
const correction = { source: 'correction', reason: '転記の誤り' } as const;
const corrected = { overview: { status: 'established', meetings: 13 } };

async function findings(): Promise<unknown> {
  const items = [...(await table.contents()).values()];
  async function* each() {
    yield* items;
  }
  return (await checkLedgers(each())).findings;
}

async function whats(): Promise<string[]> {
  const { entries } = succeed(await table.store.log(round, { limit: 100 }));
  return entries.map(({ what }) => what);
}

function correct(answers: Record<string, unknown> = corrected, idempotencyKey?: string) {
  const body = JSON.stringify(answers);
  return table.store.submit(key, {
    actor: '県',
    body,
    idempotencyKey,
    onBehalf: correction,
    corrected: { answers: JSON.parse(body), actorId: 'p' },
  });
}

describe('an entry by the prefecture', () => {
  it('is begun by the first save, and marks the version that it becomes', async () => {
    const first = { ifNoneMatch: '*' };
    succeed(await table.store.saveDraft(key, whole, { answers: complete }, first, '県', 'p', proxy));
    expect(succeed(await table.store.readDraft(key)).standing).toEqual({ state: 'draft', version: 0, proxy });
    succeed(await table.store.submit(key, { actor: '県', body: '', onBehalf: proxy }));
    const version = await table.store.version(key, 1);
    expect(version).toMatchObject({ onBehalf: proxy, submittedBy: '県' });
    expect((await table.store.versions(key))[0]).toMatchObject({ onBehalf: proxy });
    // What the hash is over stays what it was.
    expect(version && sealOf(version)).toBe(version?.sha256);
    expect(await whats()).toEqual(['roundDefined', 'started', 'submitted']);
    expect(await findings()).toEqual([]);
  });

  it('is begun before anybody has saved, and over a draft of the unit, once however often it is said', async () => {
    succeed(await table.store.beginProxy(key, proxy, '県'));
    succeed(await table.store.beginProxy(key, proxy, '県'));
    const { etag } = await saveFirst(table, key)
      .then(() => table.store.readDraft(key))
      .then(succeed);
    const again = { ...proxy, source: 'fax' } as const;
    const ifMatch = etag(whole);
    succeed(await table.store.saveDraft(key, whole, { answers: complete }, { ifMatch }, '県', 'p', again));
    succeed(await table.store.endProxy(key, '県'));
    succeed(await table.store.endProxy(key, '県'));
    expect(await whats()).toEqual(['roundDefined', 'proxyBegun', 'started', 'proxyBegun', 'proxyEnded']);
    expect(await findings()).toEqual([]);
  });

  it('ends where the unit submits, whose version it is then', async () => {
    succeed(await table.store.beginProxy(key, proxy, '県'));
    await submitFirst(table, key);
    expect(await table.store.version(key, 1)).not.toHaveProperty('onBehalf');
    expect(succeed(await table.store.readDraft(key)).standing).not.toHaveProperty('proxy');
    expect(codeOf(await table.store.beginProxy(key, proxy, '県'))).toBe('not-editable');
  });

  it('lies in the log under a word that release 0.3.0 knows', async () => {
    succeed(await table.store.beginProxy(key, proxy, '県'));
    await whats();
    const { client, table: name } = table.context;
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: logKey(round, 2) }));
    expect(JSON.parse(String(Item?.['entry']))).toMatchObject({ what: 'started', really: 'proxyBegun', seq: 2 });
  });
});

describe('a correction by the prefecture', () => {
  it('is sent back and submitted in one, with two entries of the log', async () => {
    await submitFirst(table, key);
    succeed(await table.store.decide(key, { version: 1, decision: 'accept' }, '県'));
    expect(succeed(await correct())).toMatchObject({ version: 2, late: false });
    const { standing, answers } = succeed(await table.store.readDraft(key));
    expect(standing).toMatchObject({ state: 'submitted', version: 2, acceptedVersion: 1 });
    expect(answers).toEqual(corrected);
    expect(await table.store.version(key, 2)).toMatchObject({ onBehalf: correction, answers: corrected });
    const { entries } = succeed(await table.store.log(round, { limit: 100 }));
    expect(entries.slice(-2)).toMatchObject([
      { what: 'returned', onBehalf: correction, event: 4 },
      { what: 'submitted', onBehalf: correction, event: 5 },
    ]);
    expect(await findings()).toEqual([]);
  });

  it('is refused whole where its answers are wrong, or nothing is submitted', async () => {
    await saveFirst(table, key);
    expect(codeOf(await correct())).toBe('not-submitted');
    succeed(await table.store.submit(key, { actor: '市', body: '' }));
    const before = await table.contents();
    expect(codeOf(await correct({ overview: {} }))).toBe('invalid-return');
    expect(codeOf(await correct({ overview: { status: 5 } }))).toBe('wrong-shape');
    expect(await table.contents()).toEqual(before);
  });

  it('is made once for one key, and by one of two at once', async () => {
    await submitFirst(table, key);
    const [one, other] = await Promise.all([correct(corrected, 'k'), correct(corrected, 'k')]);
    expect([succeed(one).version, succeed(other).version]).toEqual([2, 2]);
    expect(await whats()).toEqual(['roundDefined', 'started', 'submitted', 'returned', 'submitted']);
    expect(await findings()).toEqual([]);
  });

  it('stays as much in time as what it corrects', async () => {
    await submitFirst(table, key);
    table.setClock('2024-12-28T00:00:00+09:00');
    expect(succeed(await correct()).late).toBe(false);
  });
});
