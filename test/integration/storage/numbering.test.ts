/** Events get their numbers once each, in the order of their returns, whoever numbers, reads or dies. */

import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedgers } from '../../../functions/storage/ledger-check.ts';
import { numberWaiting } from '../../../functions/storage/numbering.ts';
import { settleRound } from '../../../functions/storage/settle.ts';
import { startEmulators } from '../support/emulators.ts';
import { Disconnected } from '../support/faults.ts';
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
afterAll(() => emulators.stop());

const [first = '', second = '', third = '', fourth = '', fifth = ''] = unitsOfSaitama;

/** Every numbered entry of a return, as `unit event what`, in the order of the log. */
async function logged({ store }: TestTable): Promise<string[]> {
  const { entries } = succeed(await store.log(round, { limit: 500 }));
  const numbered = entries.filter((entry) => 'seq' in entry);
  expect(numbered.map(({ seq }) => seq)).toEqual(numbered.map((_, index) => index + 1));
  return numbered.flatMap((entry) => ('return' in entry ? [`${entry.return.unit} ${entry.event} ${entry.what}`] : []));
}

async function findingsOf(table: TestTable): Promise<readonly unknown[]> {
  const items = [...(await table.contents()).values()];
  return (
    await checkLedgers(
      (async function* () {
        yield* items;
      })(),
    )
  ).findings;
}

/** Eight events: three of the first return, of which one has its number already, two of the second, three of the third. */
async function waitingRound(): Promise<TestTable> {
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
    expect(byReturn(await logged(table))).toEqual(expected);
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
        expect(byReturn(await logged(table)), `call ${nth} failed ${when}`).toEqual(expected);
        expect(await findingsOf(table)).toEqual([]);
      }
  });

  it('numbers each event once when several number at the same time', async () => {
    const table = await waitingRound();
    const states = await Promise.all(Array.from({ length: 5 }, () => table.store.roundState(round)));
    expect(states.map((state) => state?.asOf.seq)).toEqual([9, 9, 9, 9, 9]);
    expect(byReturn(await logged(table))).toEqual(expected);
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
    expect(byReturn(await logged(table))).toEqual(expected);
  });

  it('lets a reader among writers see neither gaps nor doubles, and all that was acknowledged', async () => {
    const table = await createRound(emulators.dynamodbEndpoint);
    const acknowledged = new Set<string>();
    const writing = { isOver: false };
    const writers = Promise.all(
      unitsOfSaitama.slice(0, 30).map(async (unit) => {
        await submitFirst(table, returnOf(unit));
        acknowledged.add(`${unit} 2 submitted`);
      }),
    ).finally(() => {
      writing.isOver = true;
    });
    while (!writing.isOver) {
      const before = [...acknowledged];
      const lines = await logged(table);
      expect(new Set(lines).size).toBe(lines.length);
      expect(before.filter((line) => !lines.includes(line))).toEqual([]);
    }
    await writers;
    expect(await logged(table)).toHaveLength(60);
    expect(await findingsOf(table)).toEqual([]);
  });
});

describe('a table of release 0.3', () => {
  /** Returns in every state, as that release left them: HEAD with the log number, nothing that came after it. */
  async function oldTable(): Promise<TestTable> {
    const table = await waitingRound();
    const { store, context } = table;
    await saveFirst(table, returnOf(fourth));
    await submitFirst(table, returnOf(fifth));
    succeed(
      await store.decide(returnOf(fifth), { version: 1, decision: 'return', comment: '再', questions: [] }, '県'),
    );
    succeed(
      (await settleRound(context, round)) === undefined
        ? { ok: false, problem: { code: 'not-found' } }
        : { ok: true, value: null },
    );
    for (const [key, item] of await table.contents()) {
      const { events: _events, operations: _operations, numberedAt: _at, gate: _gate, ...rest } = item;
      const entry: unknown = typeof rest['entry'] === 'string' ? JSON.parse(rest['entry']) : undefined;
      const { event: _event, numberedAt: _numberedAt, ...old } = Object.assign({ event: 0, numberedAt: '' }, entry);
      const Item = entry === undefined ? rest : { ...rest, entry: JSON.stringify(old) };
      if (!key.startsWith('DIR#')) await context.client.send(new PutCommand({ TableName: context.table, Item }));
    }
    expect(await findingsOf(table)).toEqual([]);
    return table;
  }

  it('is read as it is and goes on in every state', async () => {
    const table = await oldTable();
    const { store } = table;
    const before = await store.roundState(round);
    expect(
      [first, second, third, fourth, fifth].map((unit) => before?.returns.get(`scratch-form#${unit}`)?.state),
    ).toEqual(['accepted', 'submitted', 'draft', 'draft', 'returned']);
    succeed(
      await store.decide(returnOf(first), { version: 1, decision: 'return', comment: '訂正', questions: [] }, '県'),
    );
    succeed(await store.decide(returnOf(second), { version: 1, decision: 'accept' }, '県'));
    for (const unit of [third, fourth, fifth]) succeed(await store.submit(returnOf(unit), { actor: '市', body: '' }));
    const after = await store.roundState(round);
    expect(after?.asOf.seq).toBe((before?.asOf.seq ?? 0) + 5);
    expect(
      [first, second, third, fourth, fifth].map((unit) => after?.returns.get(`scratch-form#${unit}`)?.state),
    ).toEqual(['returned', 'accepted', 'submitted', 'submitted', 'submitted']);
    expect(await findingsOf(table)).toEqual([]);
  });

  it('is what settling makes again, and settling drops an event that has its entry', async () => {
    const table = await waitingRound();
    const { client, table: name } = table.context;
    const event = [...(await table.contents())].find(([key]) => key.endsWith(`${third}#000000000003`))?.[1];
    await table.store.roundState(round);
    await client.send(new PutCommand({ TableName: name, Item: { ...event } }));
    expect(await findingsOf(table)).not.toEqual([]);
    expect(await settleRound(table.context, round)).toEqual({ dropped: 1, seq: 9, returns: 3 });
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
