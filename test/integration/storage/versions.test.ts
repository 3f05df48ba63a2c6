import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { versionKey } from '../../../functions/storage/keys.ts';
import { startEmulators } from '../support/emulators.ts';
import { createRound, returnOf, round, submitFirst, unitsOfSaitama } from '../support/storage.ts';
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

describe('versions', () => {
  it('are streamed in the order of the list, in chunks of which one is read ahead', async () => {
    const units = unitsOfSaitama.slice(0, 60);
    for (const unit of units) await submitFirst(table, returnOf(unit));
    const named = units.toReversed().map((unit) => ({ form: 'scratch-form', unit, version: 1 }));
    table.faults.clear();
    const read: string[] = [];
    for await (const version of table.store.versionsOf(named, round)) read.push(version.unit);
    expect(read).toEqual(units.toReversed());
    expect(table.faults.commands).toHaveLength(2);

    // Three chunks, of which the next one is on its way while one is worked on, and no more.
    table.faults.clear();
    const requests: number[] = [];
    for await (const _version of table.store.versionsOf([...named, ...named], round))
      requests.push(table.faults.commands.length);
    expect([requests[0], requests[49], requests[50], requests.at(-1)]).toEqual([2, 2, 3, 3]);
  });

  it('are streamed too when each is as large as it may be', async () => {
    const [first = '', ...others] = unitsOfSaitama.slice(0, 55);
    const units = [first, ...others];
    const overview = { status: 'established' };
    await submitFirst(table, returnOf(first), { overview, remarks: { memo: 'x'.repeat(306_000) } });
    const { client, table: name } = table.context;
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: versionKey(returnOf(first), 1) }));
    for (const unit of others)
      await client.send(new PutCommand({ TableName: name, Item: { ...Item, ...versionKey(returnOf(unit), 1), unit } }));
    const named = units.map((unit) => ({ form: 'scratch-form', unit, version: 1 }));
    let count = 0;
    for await (const version of table.store.versionsOf(named, round)) {
      expect(version.unit).toBe(units[count]);
      count += 1;
    }
    expect(count).toBe(55);
  });

  it('that do not exist fail the stream', async () => {
    const stream = table.store.versionsOf([{ form: 'scratch-form', unit: '112038', version: 1 }], round);
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toThrow();
  });

  it('that do not exist are none when read alone', async () => {
    expect(await table.store.version(returnOf(), 1)).toBeUndefined();
    expect(await table.store.versions(returnOf())).toEqual([]);
  });

  it('are listed without what was answered', async () => {
    const { receipt, sha256 } = await submitFirst(table, returnOf());
    const submittedAt = '2024-10-15T03:00:00.000Z';
    expect(await table.store.versions(returnOf())).toEqual([
      { ...returnOf(), formVersion: 2024, version: 1, submittedAt, submittedBy: '市', late: false, receipt, sha256 },
    ]);
  });
});
