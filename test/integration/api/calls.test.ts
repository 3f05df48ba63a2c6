/** What a call asks of the table: calls cost more than anything else that a request does. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { injectFaults } from '../support/faults.ts';
import type { Faults } from '../support/faults.ts';
import { ok, openRound, openSystem } from '../support/fixtures.ts';
import { scratchCatalogue } from '../support/scratch-form.ts';
import { complete, saitama } from '../support/storage.ts';
import { startTestSystem } from '../support/system.ts';
import type { Client, TestSystem } from '../support/system.ts';

const [first = '', second = ''] = saitama.municipalities.map(({ code }) => code);
const pathOf = (unit: string): string => `/api/rounds/R6/returns/scratch-form/${unit}`;
const readAndWrite = ['BatchGetItemCommand', 'TransactWriteItemsCommand'];

let system: TestSystem;
let calls: Faults;

beforeAll(async () => {
  system = await startTestSystem({
    forms: scratchCatalogue,
    alter: (storage) => {
      calls = injectFaults(storage.client);
      return storage;
    },
  });
  await openSystem(system, saitama, 'R6', openRound({ 'scratch-form': 2024 }, { asOf: {} }));
});

afterAll(() => system.stop());

/** Whose token was verified, in a process that knows the directory and the rounds. */
async function known(unit: string): Promise<Client> {
  const client = system.municipality(unit);
  ok(await client.get(pathOf(unit)));
  calls.clear();
  return client;
}

describe('a municipality that was here a moment ago', () => {
  it('reads its return with one request, which also says whether it was signed out', async () => {
    const client = await known(first);
    ok(await client.get(pathOf(first)));
    expect(calls.commands).toEqual(['BatchGetItemCommand']);
  });

  it.each([
    ['without a key', first, {}],
    ['with a key', second, { 'idempotency-key': 'once' }],
  ])('saves and submits %s with two requests each', async (_what, unit, headers) => {
    const client = await known(unit);
    ok(await client.put(pathOf(unit), { answers: complete }, { 'if-none-match': '*' }));
    expect(calls.commands).toEqual(readAndWrite);
    calls.clear();
    ok(await client.post(`${pathOf(unit)}/submission`, undefined, headers));
    expect(calls.commands).toEqual(readAndWrite);
  });

  it('gets the first answer again for the same key, with one request', async () => {
    const client = await known(second);
    const again = await client.post(`${pathOf(second)}/submission`, undefined, { 'idempotency-key': 'once' });
    expect(again.json()).toMatchObject({ version: 1 });
    expect(calls.commands).toEqual(['BatchGetItemCommand']);
  });

  it('is refused a key that is none before it is looked for', async () => {
    const client = await known(second);
    const reply = await client.post(`${pathOf(second)}/submission`, undefined, { 'idempotency-key': 'k'.repeat(256) });
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'malformed-request' });
  });
});
