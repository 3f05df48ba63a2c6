import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSessions } from '../../../functions/storage/sessions.ts';
import { createSignOuts } from '../../../functions/storage/sign-outs.ts';
import type { SignOuts } from '../../../functions/storage/sign-outs.ts';
import { startEmulators } from '../support/emulators.ts';
import { createTable } from '../support/storage.ts';
import type { TestTable } from '../support/storage.ts';

let emulators: Awaited<ReturnType<typeof startEmulators>>;
let table: TestTable;
let signOuts: SignOuts;

beforeAll(async () => {
  emulators = await startEmulators();
  table = await createTable(emulators.dynamodbEndpoint);
  signOuts = createSignOuts(table.context);
});
afterAll(() => emulators.stop());

describe('what a person was issued', () => {
  it('counts as long as nobody has ended it', async () => {
    expect(await signOuts.hasEnded('sub-1', 0)).toBe(false);
  });

  it('counts no more while the person is barred, whenever it was issued', async () => {
    await signOuts.bar('sub-2');
    expect(await signOuts.hasEnded('sub-2', 0)).toBe(true);
    expect(await signOuts.hasEnded('sub-2', 9_999_999_999)).toBe(true);
    expect(await signOuts.hasEnded('sub-1', 0)).toBe(false);
  });

  it('counts again if it was issued after the person was admitted, in whole seconds as tokens have them', async () => {
    await signOuts.bar('sub-3');
    await signOuts.admit('sub-3', new Date('2025-04-01T00:00:10.900Z'));
    const at = Date.parse('2025-04-01T00:00:10Z') / 1000;
    expect(await signOuts.hasEnded('sub-3', at - 1)).toBe(true);
    expect(await signOuts.hasEnded('sub-3', at)).toBe(true);
    expect(await signOuts.hasEnded('sub-3', at + 1)).toBe(false);
  });
});

describe('those who are barred', () => {
  it('are told apart from those who were admitted and those nobody asked about, however many', async () => {
    const people = Array.from({ length: 230 }, (_, n) => `many-${n}`);
    const barred = [people[0], people[99], people[100], people[229]].flatMap((id) => id ?? []);
    for (const id of barred) await signOuts.bar(id);
    await signOuts.bar('many-1');
    await signOuts.admit('many-1', new Date());
    expect([...(await signOuts.barredAmong([...people, ...people]))].toSorted()).toEqual(barred.toSorted());
    expect(await signOuts.barredAmong([])).toEqual(new Set());
  });
});

describe('the record of a person', () => {
  it('stays while the person is barred, goes once nothing issued before can live any more, and names nobody', async () => {
    await signOuts.bar('kawagoe-01');
    const recordOf = async (): Promise<Readonly<Record<string, unknown>>[]> =>
      [...(await table.contents()).values()].filter(({ pk }) => String(pk).startsWith('SESSION#PERSON#'));
    const before = await recordOf();
    expect(JSON.stringify(before)).not.toContain('kawagoe-01');
    expect(before.filter(({ barred, expiresAt }) => barred === true && expiresAt !== undefined)).toEqual([]);
    expect(before.filter(({ barred, expiresAt }) => barred === false && expiresAt === undefined)).toEqual([]);
  });
});

describe('a session', () => {
  const person = { id: 'sub-4', name: 'kawagoe-02', role: 'municipality', units: ['112011'] } as const;

  it('is ended by what ends its person, also when it is opened late by a token of before', async () => {
    const sessions = createSessions(table.context);
    table.setClock('2025-04-01T09:00:00+09:00');
    const issuedAt = Date.parse('2025-04-01T09:00:00+09:00') / 1000;
    const early = await sessions.open(person, issuedAt);
    expect(await sessions.session(early.id)).toMatchObject({ hasEnded: false });
    await signOuts.bar(person.id);
    expect(await sessions.session(early.id)).toMatchObject({ hasEnded: true, person });
    await signOuts.admit(person.id, new Date('2025-04-01T09:00:05+09:00'));
    table.setClock('2025-04-01T09:00:10+09:00');
    const late = await sessions.open(person, issuedAt);
    const anew = await sessions.open(person, issuedAt + 8);
    expect(await sessions.session(early.id)).toMatchObject({ hasEnded: true });
    expect(await sessions.session(late.id)).toMatchObject({ hasEnded: true });
    expect(await sessions.session(anew.id)).toMatchObject({ hasEnded: false });
  });
});
