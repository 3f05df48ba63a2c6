import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../functions/domain/outcome.ts';
import { startEmulators } from '../support/emulators.ts';
import { Disconnected } from '../support/faults.ts';
import { complete, createRound, returnOf, saveFirst, submitFirst } from '../support/storage.ts';
import type { TestTable } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());

const key = returnOf();

interface Act {
  readonly prepare: (table: TestTable) => Promise<unknown>;
  readonly act: (table: TestTable) => Promise<Outcome<unknown>>;
}

const acts: Record<string, Act> = {
  'a first save': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => store.saveDraft(key, { kind: 'return' }, { answers: complete }, { ifNoneMatch: '*' }, '市'),
  },
  'a save': {
    prepare: (table) => saveFirst(table, key),
    act: ({ store }) => store.saveDraft(key, { kind: 'return' }, { answers: {} }, { ifMatch: '"1"' }, '市'),
  },
  'a submission': {
    prepare: (table) => saveFirst(table, key),
    act: ({ store }) => store.submit(key, { actor: '市', body: '{}', idempotencyKey: 'k1' }),
  },
  'a submission without a key': {
    prepare: (table) => saveFirst(table, key),
    act: ({ store }) => store.submit(key, { actor: '市', body: '' }),
  },
  'a withdrawal': {
    prepare: (table) => submitFirst(table, key),
    act: ({ store }) => store.withdraw(key, '市'),
  },
  'a decision': {
    prepare: (table) => submitFirst(table, key),
    act: ({ store }) => store.decide(key, { version: 1, decision: 'accept' }, '県'),
  },
};

/** What the act changes, without the tokens and times that differ from one run to the next. */
async function stateOf(table: TestTable): Promise<unknown> {
  return [...(await table.contents())]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { operation: _token, operations: _tokens, gzip: _directory, ...item }]) => [key, item]);
}

async function prepared({ prepare }: Act): Promise<TestTable> {
  const table = await createRound(emulators.dynamodbEndpoint);
  await prepare(table);
  table.faults.clear();
  return table;
}

describe.each(Object.entries(acts))('%s', (_, act) => {
  it('leaves the state before or the state after, whichever of its calls fails', async () => {
    const undisturbed = await prepared(act);
    const before = await stateOf(undisturbed);
    expect((await act.act(undisturbed)).ok).toBe(true);
    const after = await stateOf(undisturbed);
    const calls = undisturbed.faults.commands.length;
    expect(calls).toBeGreaterThan(1);
    expect(after).not.toEqual(before);

    for (let nth = 1; nth <= calls; nth += 1) {
      for (const when of ['before', 'after'] as const) {
        const table = await prepared(act);
        table.faults.fail(nth, when);
        const outcome = await act.act(table).catch((error: unknown) => error);
        const state = await stateOf(table);
        if (outcome instanceof Disconnected) expect(state, `call ${nth} failed ${when}`).toEqual(before);
        else {
          expect(outcome, `call ${nth} failed ${when}`).toMatchObject({ ok: true });
          expect(state, `call ${nth} failed ${when}`).toEqual(after);
        }
      }
    }
  });

  it('tells its caller when every call fails', async () => {
    const table = await prepared(act);
    const before = await stateOf(table);
    for (let nth = 1; nth <= 100; nth += 1) table.faults.fail(nth, 'before');
    await expect(act.act(table)).rejects.toThrow(Disconnected);
    expect(await stateOf(table)).toEqual(before);
  });
});

describe.each(Object.entries(acts))('%s whose answer is lost on the wire', (_, act) => {
  it('is repeated by the SDK and still done once', async () => {
    const undisturbed = await prepared(act);
    expect((await act.act(undisturbed)).ok).toBe(true);
    const table = await prepared(act);
    table.faults.loseOnWire();
    expect(await act.act(table)).toMatchObject({ ok: true });
    expect(await stateOf(table)).toEqual(await stateOf(undisturbed));
  });
});

describe('a submission whose answer is lost', () => {
  it('answers with the version that it has made', async () => {
    const table = await createRound(emulators.dynamodbEndpoint);
    await saveFirst(table, key);
    await table.store.readDraft(key);
    table.faults.clear();
    table.faults.fail(2, 'after');
    const outcome = await table.store.submit(key, { actor: '市', body: '' });
    const [version] = await table.store.versions(key);
    expect(outcome).toMatchObject({
      ok: true,
      value: { version: 1, receipt: version?.receipt, sha256: version?.sha256 },
    });
  });
});
