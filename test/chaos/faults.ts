/** Every call of what changes the table fails, before it is sent and after it was answered: the state before or after it. */

import { deepStrictEqual, notDeepStrictEqual, ok } from 'node:assert/strict';
import type { Outcome } from '../../functions/domain/outcome.ts';
import { Disconnected } from '../integration/support/faults.ts';
import {
  codeOf,
  complete,
  copyOf,
  createRound,
  definition,
  returnOf,
  round,
  saitama,
  saveFirst,
  submitFirst,
  succeed,
} from '../integration/support/storage.ts';
import type { TestTable } from '../integration/support/storage.ts';

/** When a call fails: before it is sent, or after it was answered. */
export const whens = ['before', 'after'] as const;
export type When = (typeof whens)[number];

const key = returnOf();

export interface Act {
  readonly prepare: (table: TestTable) => Promise<unknown>;
  readonly act: (table: TestTable) => Promise<Outcome<unknown>>;
}

/** What changes the table in one step. */
export const acts: Readonly<Record<string, Act>> = {
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
  'a return for correction': {
    prepare: (table) => submitFirst(table, key),
    act: ({ store }) => store.decide(key, { version: 1, decision: 'return', comment: '再確認', questions: [] }, '県'),
  },
  'another due date': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => store.defineRound(round, { ...definition, dueAt: '2024-12-06' }, '県'),
  },
  'another round': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => store.defineRound('r7', definition, '県'),
  },
  'another directory': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => store.saveDirectories([saitama], '県'),
  },
  'settings of the report': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => store.saveReportSettings(round, { division: '福祉部' }, '県'),
  },
};

/** What the act changes, without the tokens, times and random ids that differ from one run to the next. */
export async function stateOf(table: TestTable): Promise<unknown> {
  return [...(await table.contents())]
    .map(([name, { operation: _token, operations: _tokens, gzip: _directory, pk: _pk, sk: _sk, ...item }]) => ({
      name: name.replace(/(?<=Z)#[\da-f-]{36}$/, ''),
      item,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A table on which the act may be done. */
export async function prepared(endpoint: string, { prepare }: Act): Promise<TestTable> {
  const table = await createRound(endpoint);
  await prepare(table);
  table.faults.clear();
  return table;
}

async function again(endpoint: string, table: TestTable): Promise<TestTable> {
  const copy = await copyOf(table, endpoint);
  copy.faults.clear();
  return copy;
}

/**
 * Fails each call of an act on the table by turns.
 *
 * @returns how many faults were forced
 */
export async function failAct(endpoint: string, act: Act): Promise<number> {
  const ready = await prepared(endpoint, act);
  const undisturbed = await again(endpoint, ready);
  const before = await stateOf(undisturbed);
  succeed(await act.act(undisturbed));
  const after = await stateOf(undisturbed);
  const calls = undisturbed.faults.commands.length;
  ok(calls > 1);
  notDeepStrictEqual(after, before);

  for (let nth = 1; nth <= calls; nth += 1) {
    for (const when of whens) {
      const table = await again(endpoint, ready);
      table.faults.fail(nth, when);
      const outcome = await act.act(table).catch((error: unknown) => {
        if (error instanceof Disconnected) return undefined;
        throw error;
      });
      const at = `call ${nth} failed ${when}`;
      if (outcome !== undefined) deepStrictEqual(codeOf(outcome), 'ok', at);
      deepStrictEqual(await stateOf(table), outcome === undefined ? before : after, at);
    }
  }
  return calls * whens.length;
}
