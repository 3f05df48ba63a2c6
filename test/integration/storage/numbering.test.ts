/** Events get their numbers once each, in the order of their returns, whoever numbers, reads or dies. */

import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedgers } from '../../../functions/storage/ledger-check.ts';
import { numberWaiting } from '../../../functions/storage/numbering.ts';
import { settleRound } from '../../../functions/storage/settle.ts';
import { scan } from '../../../infra/operation/restore-drill/items.ts';
import { keepChanging, loggedChanges, watchChanges } from '../../chaos/readers.ts';
import { startEmulators } from '../support/emulators.ts';
import { Disconnected } from '../support/faults.ts';
import {
  codeOf,
  complete,
  copyOf,
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
afterAll(() => emulators.stop());

const [first = '', second = '', third = ''] = unitsOfSaitama;

async function findingsOf({ context }: TestTable): Promise<readonly unknown[]> {
  return (await checkLedgers(scan(context))).findings;
}

/** Eight events: three of the first return, of which one has its number already, two of the second, three of the third. */
async function makeWaitingRound(): Promise<TestTable> {
  const table = await createRound(emulators.dynamodbEndpoint);
  await saveFirst(table, returnOf(first));
  await numberWaiting(table.context, round);
  succeed(await table.store.submit(returnOf(first), { actor: '市', body: '' }));
  succeed(await table.store.decide(returnOf(first), { version: 1, decision: 'accept' }, '県'));
  await submitFirst(table, returnOf(second));
  await submitFirst(table, returnOf(third));
  succeed(await table.store.withdraw(returnOf(third), '市'));
  return table;
}

let made: Promise<TestTable> | undefined;

/** A copy of it: made once. */
async function waitingRound(): Promise<TestTable> {
  made ??= makeWaitingRound();
  return copyOf(await made, emulators.dynamodbEndpoint);
}

const expected = [
  [`${first} 1 started`, `${first} 2 submitted`, `${first} 3 accepted`],
  [`${second} 1 started`, `${second} 2 submitted`],
  [`${third} 1 started`, `${third} 2 submitted`, `${third} 3 withdrawn`],
];

function byReturn(lines: readonly string[]): string[][] {
  return [first, second, third].map((unit) => lines.filter((line) => line.startsWith(unit)));
}

describe('numbering', () => {
  it('numbers what waits before the log is read, each return in its own order', async () => {
    const table = await waitingRound();
    expect(await findingsOf(table)).toEqual([]);
    expect(byReturn(await loggedChanges(table))).toEqual(expected);
    expect([...(await table.contents()).keys()].filter((key) => key.startsWith('EVENT#'))).toEqual([]);
    expect(await findingsOf(table)).toEqual([]);
  });

  it('ends the same whichever of its calls fails, before it is sent or after it was answered', async () => {
    const probe = await waitingRound();
    probe.faults.clear();
    await probe.store.roundState(round);
    const calls = probe.faults.commands.length;
    expect(calls).toBeGreaterThan(6);
    for (let nth = 1; nth <= calls; nth += 1)
      for (const when of ['before', 'after'] as const) {
        const table = await waitingRound();
        table.faults.clear();
        table.faults.fail(nth, when);
        const read = await table.store.roundState(round).catch((error: unknown) => error);
        if (!(read instanceof Disconnected))
          expect(read, `call ${nth} failed ${when}`).toMatchObject({ asOf: { seq: 9 } });
        table.faults.clear();
        expect(byReturn(await loggedChanges(table)), `call ${nth} failed ${when}`).toEqual(expected);
        expect(await findingsOf(table)).toEqual([]);
      }
  });

  it('numbers each event once when several number at the same time', async () => {
    const table = await waitingRound();
    const states = await Promise.all(Array.from({ length: 5 }, () => table.store.roundState(round)));
    expect(states.map((state) => state?.asOf.seq)).toEqual([9, 9, 9, 9, 9]);
    expect(byReturn(await loggedChanges(table))).toEqual(expected);
  });

  it('numbers more than one transaction takes', async () => {
    const table = await createRound(emulators.dynamodbEndpoint);
    for (const unit of unitsOfSaitama.slice(0, 60)) await saveFirst(table, returnOf(unit));
    table.faults.clear();
    expect((await table.store.roundState(round))?.asOf.seq).toBe(61);
    expect(table.faults.commands.filter((command) => command.startsWith('TransactWrite')).length).toBeLessThanOrEqual(
      2,
    );
    expect(await findingsOf(table)).toEqual([]);
  });

  it('does not number an event before that of the same return which its list has missed', async () => {
    const table = await waitingRound();
    const contents = await table.contents();
    const missed = [...contents].find(([key]) => key.endsWith(`${first}#000000000002`))?.[1];
    if (missed === undefined) throw new Error('no such event');
    const { client, table: name } = table.context;
    const request = (each: object) => client.send(new BatchWriteCommand({ RequestItems: { [name]: [each] } }));
    await request({ DeleteRequest: { Key: { pk: missed['pk'], sk: missed['sk'] } } });
    table.faults.clear();
    // Four partitions and META are read; then comes the transaction.
    table.faults.interpose(6, async () => {
      await client.send(new PutCommand({ TableName: name, Item: missed }));
    });
    expect((await table.store.roundState(round))?.isBehind).toBeUndefined();
    expect(byReturn(await loggedChanges(table))).toEqual(expected);
  });

  it('says that it is behind where numbering takes longer than a reader waits, and is not the next time', async () => {
    const table = await createRound(emulators.dynamodbEndpoint);
    for (const unit of unitsOfSaitama.slice(0, 60)) await saveFirst(table, returnOf(unit));
    table.faults.clear();
    // Four partitions and META are read; then comes the first of two transactions.
    table.faults.interpose(6, async () => table.setClock('2024-10-15T12:00:06+09:00'));
    expect(succeed(await table.store.newestLog(round, { limit: 1 }))).toMatchObject({ isBehind: true });
    const read = await table.store.roundState(round);
    expect(read?.asOf.seq).toBe(61);
    expect(read?.isBehind).toBeUndefined();
  });
});

const changesEach = 6;

describe('hundreds of changes', () => {
  it('are seen by a reader among them without gaps or doubles, and all that were acknowledged', async () => {
    const { submissions } = await watchChanges(await createRound(emulators.dynamodbEndpoint), changesEach);
    expect(submissions).toBe(3 * unitsOfSaitama.length);
  });

  it('are each found once when whoever numbers them dies after every call in turn', async () => {
    const table = await createRound(emulators.dynamodbEndpoint);
    const acknowledged: string[] = [];
    await Promise.all(
      unitsOfSaitama.map((unit) => keepChanging(table, unit, changesEach, (line) => acknowledged.push(line))),
    );
    let isDone = false;
    // It starts anew each time and comes one call further: the reads, then one transaction after the other.
    for (let calls = 1; !isDone; calls += 1)
      for (const when of ['before', 'after'] as const) {
        table.faults.clear();
        table.faults.fail(calls, when);
        table.faults.fail(calls + 1, 'before');
        isDone = await numberWaiting(table.context, round).then(
          (read) => read?.isComplete === true,
          () => false,
        );
      }
    table.faults.clear();
    expect((await loggedChanges(table)).toSorted()).toEqual(acknowledged.toSorted());
    expect(await findingsOf(table)).toEqual([]);
  });
});

describe('settling', () => {
  it('drops an event that has its entry, and writes the log number that release 0.3 reads', async () => {
    const table = await waitingRound();
    const { client, table: name } = table.context;
    const event = [...(await table.contents())].find(([key]) => key.endsWith(`${third}#000000000003`))?.[1];
    await table.store.roundState(round);
    await client.send(new PutCommand({ TableName: name, Item: { ...event } }));
    expect(await findingsOf(table)).not.toEqual([]);
    expect(await settleRound(table.context, round)).toEqual({ dropped: 1, seq: 9, returns: 3, unknownBefore: [] });
    expect(await findingsOf(table)).toEqual([]);
    const heads = [...(await table.contents())].filter(([key]) => key.includes('HEAD#'));
    expect(heads.map(([, { seq }]) => typeof seq)).toEqual(['number', 'number', 'number']);
    // And on it goes.
    succeed(await table.store.submit(returnOf(third), { actor: '市', body: '' }));
    expect((await table.store.roundState(round))?.asOf.seq).toBe(10);
    expect(await findingsOf(table)).toEqual([]);
  });
});

describe('a definition that changes what returns begin under', () => {
  const without = { ...definition, forms: { 'scratch-form': 2025 } };

  it('is refused where a return has begun between its look and its write', async () => {
    const table = await createRound(emulators.dynamodbEndpoint);
    table.faults.clear();
    const probe = await createRound(emulators.dynamodbEndpoint);
    probe.faults.clear();
    await probe.store.defineRound(round, without, '県');
    const last = probe.faults.commands.length;
    expect(probe.faults.commands.at(-1)).toContain('TransactWrite');
    table.faults.interpose(last, async () => {
      succeed(
        await table.store.saveDraft(
          returnOf(first),
          { kind: 'return' },
          { answers: complete },
          { ifNoneMatch: '*' },
          '市',
        ),
      );
    });
    expect(codeOf(await table.store.defineRound(round, without, '県'))).toBe('round-in-use');
  });

  it('makes a return that was about to begin begin under the new one', async () => {
    const table = await createRound(emulators.dynamodbEndpoint);
    table.faults.clear();
    table.faults.interpose(2, async () => {
      succeed(await table.store.defineRound(round, without, '県'));
    });
    await submitFirst(table, returnOf(first));
    expect((await table.store.version(returnOf(first), 1))?.formVersion).toBe(2025);
  });
});
