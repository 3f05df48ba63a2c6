/** Exceptions for one return: more time, and that it will not come; before anybody has begun it too. */

import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkLedgers } from '../../../functions/storage/ledger-check.ts';
import { settleRound } from '../../../functions/storage/settle.ts';
import { logKey } from '../../../functions/storage/keys.ts';
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
} from '../support/storage.ts';
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
const request = { actor: '市', body: '' };
const granted = { dueAt: '2025-01-10', reason: '台風のため' };
const afterDue = '2024-11-30T00:00:00+09:00';
const afterClosing = '2024-12-28T00:00:00+09:00';

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

describe('more time', () => {
  it('lets a return be submitted in time after the round is due, and after it has closed', async () => {
    await saveFirst(table, key);
    succeed(await table.store.extend(key, granted, '県'));
    table.setClock(afterClosing);
    expect(succeed(await table.store.submit(key, request)).late).toBe(false);
    succeed(await table.store.withdraw(key, '市'));
    table.setClock('2025-01-11T00:00:00+09:00');
    expect(codeOf(await table.store.submit(key, request))).toBe('closed');
    expect(await findings()).toEqual([]);
  });

  it('is noted once however often the button is pressed, and taken back', async () => {
    await saveFirst(table, key);
    succeed(await table.store.extend(key, granted, '県'));
    succeed(await table.store.extend(key, granted, '県'));
    expect(succeed(await table.store.readDraft(key)).standing.extension).toEqual(granted);
    succeed(await table.store.endExtension(key, '県'));
    succeed(await table.store.endExtension(key, '県'));
    expect(await whats()).toEqual(['roundDefined', 'started', 'extended', 'extensionEnded']);
    table.setClock(afterDue);
    expect(succeed(await table.store.submit(key, request)).late).toBe(true);
  });

  it('stands before the first save, which goes on from it', async () => {
    succeed(await table.store.extend(key, granted, '県'));
    expect(await findings()).toEqual([]);
    expect(succeed(await table.store.readDraft(key))).toMatchObject({
      standing: { state: 'notStarted', extension: granted },
    });
    await submitFirst(table, key);
    expect(succeed(await table.store.readDraft(key)).standing).toMatchObject({
      state: 'submitted',
      extension: granted,
    });
    expect(await findings()).toEqual([]);
    expect(await whats()).toEqual(['roundDefined', 'extended', 'started', 'submitted']);
  });

  it('makes no round one that somebody has answered', async () => {
    succeed(await table.store.extend(key, granted, '県'));
    succeed(await table.store.defineRound(round, { ...definition, draft: true }, '県'));
    succeed(await table.store.removeUnanswered(round, '県'));
    expect(codeOf(await table.store.extend(key, granted, '県'))).toBe('round-removed');
  });

  it('lies in the log under a word that release 0.3.0 knows', async () => {
    succeed(await table.store.extend(key, granted, '県'));
    await whats();
    const { client, table: name } = table.context;
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: logKey(round, 2) }));
    expect(JSON.parse(String(Item?.['entry']))).toMatchObject({ what: 'started', really: 'extended', seq: 2 });
  });

  it('is settled as any change is, before an earlier release goes on', async () => {
    succeed(await table.store.markAbsent(key, { reason: '不在' }, '県'));
    expect(await settleRound(table.context, round)).toMatchObject({
      seq: 2,
      returns: 1,
      unknownBefore: ['exceptions'],
    });
    expect(await findings()).toEqual([]);
  });
});

describe('that a return will not come', () => {
  it('is counted until it comes after all', async () => {
    succeed(await table.store.markAbsent(key, { reason: '不在' }, '県'));
    const state = await table.store.roundState(round);
    expect(state?.returns.get(`scratch-form#${key.unit}`)).toMatchObject({
      state: 'notStarted',
      absence: { reason: '不在' },
    });
    await submitFirst(table, key, complete);
    expect(succeed(await table.store.readDraft(key)).standing).not.toHaveProperty('absence');
    expect(codeOf(await table.store.markAbsent(key, { reason: '不在' }, '県'))).toBe('already-submitted');
    expect(await findings()).toEqual([]);
  });

  it('is noted or submitted when both happen at once, and never both', async () => {
    await saveFirst(table, key);
    await Promise.all([table.store.submit(key, request), table.store.markAbsent(key, { reason: '不在' }, '県')]);
    const { standing } = succeed(await table.store.readDraft(key));
    expect(standing.state).toBe('submitted');
    expect(standing).not.toHaveProperty('absence');
    expect(await findings()).toEqual([]);
  });
});
