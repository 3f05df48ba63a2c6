import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { searchLog } from '../../../functions/service/log-search.ts';
import type { LogSearch } from '../../../functions/service/log-search.ts';
import { logKey } from '../../../functions/storage/keys.ts';
import { checkLedgers } from '../../../functions/storage/ledger-check.ts';
import type { LogPageEntry } from '../../../functions/storage/log.ts';
import { startEmulators } from '../support/emulators.ts';
import type { RoundDefinition } from '../../../schemas/round.ts';
import {
  codeOf,
  createRound,
  createTable,
  definition,
  returnOf,
  round,
  saitama,
  saveFirst,
  succeed,
  unitsOfSaitama,
} from '../support/storage.ts';
import { saveDirectories } from '../../../functions/service/directories.ts';
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

const define = (changes: Partial<RoundDefinition>, id = round) =>
  table.store.defineRound(id, { ...definition, ...changes }, '県');

/** Saitama without its first municipality. */
const [gone, ...rest] = saitama.municipalities;
const smaller = {
  ...saitama,
  municipalities: rest,
  councils: saitama.councils.filter(({ members }) => !members.includes(gone?.code ?? '')),
};

describe('directories', () => {
  it('are none at first', async () => {
    const empty = await createTable(emulators.dynamodbEndpoint);
    expect(await empty.store.currentDirectory()).toBeUndefined();
    expect(codeOf(await empty.store.defineRound(round, definition, '県'))).toBe('no-directory');
  });

  it('are numbered, and each version stays as it was', async () => {
    expect(succeed(await table.store.saveDirectories([smaller], '県'))).toEqual({ version: 2 });
    expect(await table.store.directoryDocument(1)).toEqual(saitama);
    expect(await table.store.currentDirectory()).toEqual({ version: 2, directory: smaller });
  });

  it('hold from the midnight in Japan that they name', async () => {
    succeed(await table.store.saveDirectories([{ ...smaller, validFrom: '2024-11-01' }], '県'));
    table.setClock('2024-10-31T23:59:59+09:00');
    expect((await table.store.currentDirectory())?.version).toBe(1);
    table.setClock('2024-11-01T00:00:00+09:00');
    expect((await table.store.currentDirectory())?.version).toBe(2);
  });

  it('of an earlier first day leave today as it is', async () => {
    succeed(await table.store.saveDirectories([{ ...smaller, validFrom: '2022-04-01' }], '県'));
    expect((await table.store.currentDirectory())?.version).toBe(1);
    expect((await table.store.directoryOn('2024-03-31'))?.version).toBe(2);
  });

  it('saved without a day hold from that day, and a plan stays planned', async () => {
    succeed(await table.store.saveDirectories([{ ...smaller, validFrom: '2025-04-01' }], '県'));
    table.setClock('2024-10-16T00:00:00+09:00');
    succeed(await table.store.saveDirectories([saitama], '県'));
    expect((await table.store.currentDirectory())?.version).toBe(3);
    table.setClock('2025-03-31T23:59:59+09:00');
    expect((await table.store.currentDirectory())?.version).toBe(3);
    table.setClock('2025-04-01T00:00:00+09:00');
    expect((await table.store.currentDirectory())?.version).toBe(2);
  });

  it('may be saved together, all or none, upon the newest version seen', async () => {
    const both = [smaller, { ...smaller, validFrom: '2025-04-01' }];
    expect(codeOf(await table.store.saveDirectories(both, '県', 0))).toBe('directory-changed');
    expect(succeed(await table.store.saveDirectories(both, '県', 1))).toEqual({ version: 3 });
    // A second press of the button, and somebody who saw as little and wants something else.
    expect(succeed(await table.store.saveDirectories(both, '県', 1))).toEqual({ version: 3 });
    expect(codeOf(await table.store.saveDirectories([saitama], '県', 1))).toBe('directory-changed');
    expect(await table.store.directoryCalendar()).toEqual({
      newest: 3,
      starts: { '2024-10-15': 2, '2025-04-01': 3 },
      undated: 2,
    });
  });

  it('of another prefecture are refused where the deployment has one of its own', async () => {
    const { store } = table;
    const save = (prefecture: string) => saveDirectories({ store, prefecture }, [saitama], '県');
    expect(await save('100005')).toMatchObject({
      problem: { code: 'invalid-directory', errors: [{ path: 'prefecture.code', code: 'other-prefecture' }] },
    });
    expect(succeed(await save(saitama.prefecture.code))).toEqual({ version: 2 });
  });

  it('written before their first days were kept are read as they are', async () => {
    succeed(await table.store.saveDirectories([{ ...smaller, validFrom: '2022-04-01' }], '県'));
    const written = await table.store.directoryCalendar();
    await table.context.client.send(
      new PutCommand({ TableName: table.context.table, Item: { pk: 'DIR#', sk: 'LATEST', version: 2 } }),
    );
    expect(await table.store.directoryCalendar()).toEqual(written);
  });

  it('saved at once get a number each', async () => {
    const saved = await Promise.all(Array.from({ length: 8 }, () => table.store.saveDirectories([saitama], '県')));
    expect(saved.map((each) => succeed(each).version).toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('rounds', () => {
  it('are listed by reference date, the first with its pinned directory', async () => {
    succeed(await define({ referenceDate: '2023-09-30' }, 'r5'));
    expect((await table.store.rounds()).map(({ id }) => id)).toEqual(['r5', 'r6']);
    expect(await table.store.round(round)).toEqual({ ...definition, id: round, directoryVersion: 1 });
    expect(await table.store.round('r7')).toBeUndefined();
  });

  it('pin the directory that holds on their reference date', async () => {
    succeed(await table.store.saveDirectories([{ ...smaller, validFrom: '2024-10-01' }], '県'));
    expect(succeed(await define({}, 'before')).round.directoryVersion).toBe(1);
    expect(succeed(await define({ referenceDate: '2024-10-01' }, 'after')).round.directoryVersion).toBe(2);
  });

  it('keep the directory they pinned, whatever is saved meanwhile, until another is asked for', async () => {
    succeed(await table.store.saveDirectories([{ ...smaller, validFrom: '2024-04-01' }], '県'));
    expect(succeed(await define({})).round.directoryVersion).toBe(1);
    expect((await table.store.roundState(round))?.asOf.seq, 'nothing was written').toBe(1);
    expect(succeed(await define({ name: '改称', referenceDate: '2024-10-01' })).round.directoryVersion).toBe(1);
    const asked = succeed(await table.store.defineRound(round, definition, '県', { directoryVersion: 2 })).round;
    expect(asked.directoryVersion).toBe(2);
    expect(succeed(await define({ name: '改称' })).round.directoryVersion, 'and keep that one').toBe(2);
  });

  it('pin no version that there is not', async () => {
    expect(await table.store.defineRound(round, definition, '県', { directoryVersion: 2 })).toMatchObject({
      problem: { code: 'invalid-round', errors: [{ path: 'directoryVersion', code: 'unknown-directory' }] },
    });
  });

  it('may be changed, with a log entry; the same definition again writes nothing', async () => {
    expect(succeed(await define({ name: '令和6年度調査' })).created).toBe(false);
    expect((await table.store.roundState(round))?.asOf.seq).toBe(2);
    succeed(await define({ name: '令和6年度調査' }));
    expect((await table.store.roundState(round))?.asOf.seq).toBe(2);
  });

  it('are closed and taken up again under words of their own, which lie under the one that release 0.3.0 knows', async () => {
    const closed = { ...definition, closesAt: '2024-12-02T00:00:00.000Z' };
    succeed(await table.store.defineRound(round, closed, '県', { what: 'roundClosed' }));
    succeed(await table.store.defineRound(round, definition, '県', { what: 'roundReopened' }));
    const { entries } = succeed(await table.store.log(round, { limit: 10 }));
    expect(entries.map(({ what }) => what)).toEqual(['roundDefined', 'roundClosed', 'roundReopened']);
    expect((await table.store.roundState(round, 2))?.definition).toMatchObject({ closesAt: closed.closesAt });
    const { client, table: name } = table.context;
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: logKey(round, 2) }));
    expect(JSON.parse(String(Item?.['entry']))).toMatchObject({ what: 'roundDefined', really: 'roundClosed' });
    const items = [...(await table.contents()).values()];
    async function* each() {
      yield* items;
    }
    expect((await checkLedgers(each())).findings).toEqual([]);
  });

  it('are changed once by those who saw the same definition', async () => {
    const rename = (name: string) =>
      table.store.defineRound(round, { ...definition, name }, '県', {
        isAsSeen: (before) => before?.name === definition.name,
      });
    const codes = (await Promise.all(['甲', '乙', '丙'].map(rename))).map(codeOf);
    expect(codes.toSorted()).toEqual(['ok', 'precondition-failed', 'precondition-failed']);
    expect((await table.store.roundState(round))?.asOf.seq).toBe(2);
  });

  it('ask only forms and sections that exist', async () => {
    const outcome = await define({ forms: { nothing: 2024, 'scratch-form': 1999 }, asOf: { nowhere: '2024-06-01' } });
    expect(outcome).toMatchObject({
      problem: {
        code: 'invalid-round',
        errors: [
          { path: 'forms.nothing', code: 'unknown-form' },
          { path: 'forms.scratch-form', code: 'unknown-form-version' },
          { path: 'asOf.nowhere', code: 'unknown-section' },
        ],
      },
    });
  });

  it('keep the version of a form, and a unit, once it has a return', async () => {
    succeed(await define({ forms: { 'scratch-form': 2025 } }));
    succeed(await define({}));
    await saveFirst(table, returnOf());
    expect(await define({ forms: { 'scratch-form': 2025 } })).toMatchObject({
      problem: { code: 'round-in-use', errors: [{ path: 'forms.scratch-form', code: 'form-in-use' }] },
    });
    expect(codeOf(await define({ forms: { 'scratch-council': 2024 } }))).toBe('round-in-use');
    const both = { 'scratch-form': 2024, 'scratch-council': 2024 };
    succeed(await define({ forms: both, dueAt: '2024-12-06' }));
    succeed(await table.store.saveDirectories([smaller], '県'));
    expect(
      await table.store.defineRound(round, { ...definition, forms: both }, '県', { directoryVersion: 2 }),
    ).toMatchObject({
      problem: {
        code: 'round-in-use',
        errors: expect.arrayContaining([expect.objectContaining({ code: 'unit-in-use' })]),
      },
    });
  });

  it('do not change under a return that is started at the same moment', async () => {
    table.faults.clear();
    table.faults.interpose(4, async () => {
      table.faults.clear();
      await saveFirst(table, returnOf());
    });
    expect(codeOf(await define({ forms: { 'scratch-form': 2025 } }))).toBe('round-in-use');
  });
});

describe('the log', () => {
  it('folds to the round as of any number', async () => {
    const key = returnOf();
    await saveFirst(table, key);
    succeed(await table.store.submit(key, { actor: '市', body: '' }));
    succeed(await table.store.decide(key, { version: 1, decision: 'accept' }, '県'));
    const newest = await table.store.roundState(round);
    const states = await Promise.all([1, 2, 3, 4].map((upTo) => table.store.roundState(round, upTo)));
    const name = `scratch-form#${unitsOfSaitama[0]}`;
    expect(states.map((state) => state?.returns.get(name)?.state)).toEqual([
      undefined,
      'draft',
      'submitted',
      'accepted',
    ]);
    expect(states.map((state) => state?.asOf.seq)).toEqual([1, 2, 3, 4]);
    expect(newest).toEqual(states[3]);
    expect(await table.store.roundState(round, 5)).toBeUndefined();
    expect(await table.store.roundState('r7')).toBeUndefined();
  });

  it('pages entries and access records by time, each exactly once', async () => {
    const at = (minute: number) => table.setClock(`2024-10-15T13:${String(minute).padStart(2, '0')}:00+09:00`);
    for (const [index, unit] of unitsOfSaitama.slice(0, 6).entries()) {
      at(index * 2);
      await saveFirst(table, returnOf(unit));
      await table.store.roundState(round);
      at(index * 2 + 1);
      await table.store.recordAccess(round, { what: 'viewed', actor: '県', return: { form: 'scratch-form', unit } });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = succeed(await table.store.log(round, { cursor, limit: 5 }));
      seen.push(...page.entries.map((entry) => ('seq' in entry ? String(entry.seq) : entry.what)));
      cursor = page.next;
      pages += 1;
    } while (cursor !== undefined);
    expect(seen).toEqual(['1', ...['2', '3', '4', '5', '6', '7'].flatMap((seq) => [seq, 'viewed'])]);
    expect(pages).toBe(3);
  });

  it('is read from its newest end too: the same entries in reverse, each exactly once', async () => {
    for (const [index, unit] of unitsOfSaitama.slice(0, 6).entries()) {
      table.setClock(`2024-10-15T13:0${index}:00+09:00`);
      await saveFirst(table, returnOf(unit));
      table.setClock(`2024-10-15T13:0${index}:30+09:00`);
      await table.store.recordAccess(round, { what: 'viewed', actor: '県', return: { form: 'scratch-form', unit } });
    }
    const { entries: oldestFirst } = succeed(await table.store.log(round, { limit: 100 }));
    for (const limit of [1, 4, 100]) {
      const seen: LogPageEntry[] = [];
      let cursor: string | undefined;
      for (let isComplete = false; !isComplete;) {
        const read = succeed(await table.store.newestLog(round, { cursor, limit }));
        seen.push(...read.entries.map(({ entry }) => entry));
        cursor = read.entries.at(-1)?.cursor ?? cursor;
        isComplete = read.complete;
      }
      expect(seen).toEqual(oldestFirst.toReversed());
    }
  });

  it('tells a hundred refusals of a person in an hour, and of others all the same', async () => {
    table.setClock('2024-10-15T13:00:00+09:00');
    const refuse = (actor: string) =>
      table.store.recordAccess(round, { what: 'refused', actor, code: 'forbidden', action: 'return.read' });
    for (let calls = 0; calls < 130; calls += 1) await refuse('甲');
    await refuse('乙');
    await table.store.recordAccess(round, { what: 'signedIn', actor: '甲' });
    const codes = async (actor: string): Promise<(string | undefined)[]> => {
      const { entries } = succeed(await table.store.log(round, { limit: 500 }));
      return entries.flatMap((entry) => (entry.what === 'refused' && entry.actor === actor ? [entry.code] : []));
    };
    const told = await codes('甲');
    expect([told.length, told.filter((code) => code === 'too-many-requests').length]).toEqual([100, 1]);
    expect(await codes('乙')).toEqual(['forbidden']);
    table.setClock('2024-10-15T14:00:00+09:00');
    await refuse('甲');
    expect((await codes('甲')).length).toBe(101);
  });

  it('is searched from the newest end, between two moments, page by page', async () => {
    for (const [index, unit] of unitsOfSaitama.slice(0, 6).entries()) {
      table.setClock(`2024-10-1${index + 1}T00:00:00+09:00`);
      await table.store.recordAccess(round, { what: 'viewed', actor: '県', return: { form: 'scratch-form', unit } });
    }
    const viewed = { isWanted: ({ what }: LogPageEntry) => what === 'viewed', isFiltered: true, count: 2 };
    const days = async (search: Partial<LogSearch>): Promise<{ days: string[]; next: string | undefined }> => {
      const { entries, next } = succeed(await searchLog(table, round, { ...viewed, ...search }));
      return {
        days: entries.map(({ at }) => new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(8, 10)),
        next,
      };
    };
    const period = { from: '2024-10-11T15:00:00.000Z', until: '2024-10-14T15:00:00.000Z' };
    const first = await days(period);
    expect(first.days).toEqual(['14', '13']);
    expect(await days({ ...period, cursor: first.next })).toEqual({ days: ['12'], next: undefined });
    expect((await days({ count: 10 })).days).toEqual(['16', '15', '14', '13', '12', '11']);
    expect(await days({ count: 6 })).toMatchObject({ next: undefined });
    expect(codeOf(await searchLog(table, round, { ...viewed, cursor: 'x' }))).toBe('malformed-request');
  });

  it('refuses a cursor that is none and a round that is none', async () => {
    expect(codeOf(await table.store.log(round, { cursor: 'x', limit: 5 }))).toBe('malformed-request');
    expect(codeOf(await table.store.log('r7', { limit: 5 }))).toBe('not-found');
  });
});
