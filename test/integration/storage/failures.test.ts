import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acts, failAct, prepared, stateOf } from '../../chaos/faults.ts';
import { startEmulators } from '../support/emulators.ts';
import { Disconnected } from '../support/faults.ts';
import { createRound, returnOf, saveFirst } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;

beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());

const key = returnOf();

describe.each(Object.entries(acts))('%s', (_, act) => {
  it('leaves the state before or the state after, whichever of its calls fails', async () => {
    expect(await failAct(emulators.dynamodbEndpoint, act)).toBeGreaterThan(act.isOneWrite ? 1 : 2);
  });

  it('tells its caller when every call fails', async () => {
    const table = await prepared(emulators.dynamodbEndpoint, act);
    const before = await stateOf(table);
    for (let nth = 1; nth <= 100; nth += 1) table.faults.fail(nth, 'before');
    await expect(act.act(table)).rejects.toThrow(Disconnected);
    expect(await stateOf(table)).toEqual(before);
  });
});

describe.each(Object.entries(acts))('%s whose answer is lost on the wire', (_, act) => {
  it('is repeated by the SDK and still done once', async () => {
    const undisturbed = await prepared(emulators.dynamodbEndpoint, act);
    expect((await act.act(undisturbed)).ok).toBe(true);
    const table = await prepared(emulators.dynamodbEndpoint, act);
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
