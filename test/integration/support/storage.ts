/** A store on a table of its own in the real emulator, with a clock that stands where the test puts it. */

import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { tableClient } from '../../../functions/storage/client.ts';
import type { StorageContext } from '../../../functions/storage/context.ts';
import { defineRound, removeRound } from '../../../functions/service/rounds.ts';
import { saveDirectories } from '../../../functions/service/directories.ts';
import { saveReportSettings, saveRoundTexts } from '../../../functions/service/round-settings.ts';
import type { UseCase } from '../../../functions/service/service.ts';
import { createReturns, noUploads } from '../../../functions/service/returns.ts';
import type { Returns } from '../../../functions/service/returns.ts';
import type { Submitted } from '../../../functions/service/submissions.ts';
import { createStore } from '../../../functions/storage/store.ts';
import type { Store } from '../../../functions/storage/store.ts';
import { tableDefinition } from '../../../functions/storage/create-table.ts';
import type { Outcome } from '../../../functions/domain/outcome.ts';
import { directory } from '../../../schemas/directory.ts';
import { roundDefinition } from '../../../schemas/round.ts';
import type { RoundDefinition } from '../../../schemas/round.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { ReturnKey } from '../../../schemas/return.ts';
import fixture from '../../fixtures/saitama-r6/directory.json' with { type: 'json' };
import { injectFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { scratchCatalogue } from './scratch-form.ts';

export const saitama = directory.parse(fixture);
export const unitsOfSaitama: readonly string[] = saitama.municipalities.map(({ code }) => code);

export const round = 'r6';

/** Opens on 1 October, is due on 29 November, closes on 27 December 2024, all in Japan. */
export const definition: RoundDefinition = roundDefinition.parse({
  name: '令和6年度',
  fiscalYear: 2024,
  referenceDate: '2024-09-30',
  period: { from: '2023-04', to: '2024-03' },
  forms: { 'scratch-form': 2024 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
  closesAt: '2024-12-27',
});

export function returnOf(unit = unitsOfSaitama[0] ?? ''): ReturnKey {
  return { round, form: 'scratch-form', unit };
}

/** Answers that may be submitted. */
export const complete = { overview: { status: 'established', meetings: 12 } };

/** The store with what is done about directories, rounds, returns and the settings of a report. */
interface TestStore extends Store, Returns {
  readonly saveDirectories: UseCase<typeof saveDirectories>;
  readonly defineRound: UseCase<typeof defineRound>;
  readonly removeUnanswered: UseCase<typeof removeRound>;
  readonly saveReportSettings: UseCase<typeof saveReportSettings>;
  readonly saveRoundTexts: UseCase<typeof saveRoundTexts>;
}

export interface TestTable {
  readonly store: TestStore;
  readonly context: StorageContext;
  readonly faults: Faults;
  setClock(instant: string): void;
  /** Everything in the table, by key. */
  contents(): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>>;
}

/** A store with what is done about its returns. */
function withReturns(store: Store, context: StorageContext): TestStore {
  const { forms } = context;
  return {
    ...store,
    ...createReturns(store, context, noUploads),
    saveDirectories: (...given) => saveDirectories({ store }, ...given),
    saveReportSettings: (...given) => saveReportSettings(store, ...given),
    saveRoundTexts: (...given) => saveRoundTexts(store, ...given),
    defineRound: (...given) => defineRound({ store, forms }, ...given),
    removeUnanswered: (...given) => removeRound(store, ...given),
  };
}

/** A fresh table with its store; the clock stands at 15 October 2024, noon in Japan. */
export async function createTable(endpoint: string): Promise<TestTable> {
  const client = tableClient(endpoint);
  const table = `test-${randomUUID()}`;
  await client.send(new CreateTableCommand({ TableName: table, ...tableDefinition }));
  let instant = '2024-10-15T12:00:00+09:00';
  const context: StorageContext = {
    client,
    table,
    forms: scratchCatalogue,
    now: () => new Date(instant),
    randomId: () => randomUUID(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
  };
  const observer = tableClient(endpoint);
  return {
    store: withReturns(createStore(context), context),
    context,
    faults: injectFaults(client),
    setClock: (to) => {
      instant = to;
    },
    contents: async () => {
      const { Items = [] } = await observer.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
      return new Map(Items.map((item) => [`${String(item['pk'])} ${String(item['sk'])}`, item]));
    },
  };
}

/** The same with Saitama's directory and the round of 令和6年度. */
export async function createRound(endpoint: string): Promise<TestTable> {
  const table = await createTable(endpoint);
  succeed(await table.store.saveDirectories([saitama], '県'));
  succeed(await table.store.defineRound(round, definition, '県'));
  return table;
}

/** What one request of a batch may write. */
const batchSize = 25;

/**
 * A fresh table with the items of this one, its clock where that of a fresh one stands. What takes many calls to come
 * about is made once, and copied for each fault that is tried on it.
 */
export async function copyOf(table: TestTable, endpoint: string): Promise<TestTable> {
  const copy = await createTable(endpoint);
  const { client, table: name } = copy.context;
  const puts = [...(await table.contents()).values()].map((Item) => ({ PutRequest: { Item } }));
  for (let start = 0; start < puts.length; start += batchSize) {
    const RequestItems = { [name]: puts.slice(start, start + batchSize) };
    const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems }));
    if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('not every item was copied');
  }
  return copy;
}

/** The value of an outcome that must not be a refusal. */
export function succeed<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`refused: ${JSON.stringify(outcome.problem)}`);
}

/** The code of an outcome, `ok` when it is none. */
export function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.problem.code;
}

const whole = { kind: 'return' } as const;

/** Saves answers for the first time. */
export async function saveFirst({ store }: TestTable, key: ReturnKey, answers: Answers = complete): Promise<void> {
  succeed(await store.saveDraft(key, whole, { answers }, { ifNoneMatch: '*' }, '市'));
}

/** Saves and submits answers for the first time. */
export async function submitFirst(table: TestTable, key: ReturnKey, answers: Answers = complete): Promise<Submitted> {
  await saveFirst(table, key, answers);
  return succeed(await table.store.submit(key, { actor: '市', body: '' }));
}
