/** Every call of what changes the table fails, before it is sent and after it was answered: the state before or after it. */

import { deepStrictEqual, notDeepStrictEqual, ok } from 'node:assert/strict';
import { done } from '../../functions/domain/outcome.ts';
import type { Outcome } from '../../functions/domain/outcome.ts';
import { createApprovals } from '../../functions/service/approvals.ts';
import { createAskedQuestions } from '../../functions/service/asked-questions.ts';
import { createComments } from '../../functions/service/comments.ts';
import { decideOnForm, saveForm } from '../../functions/service/forms.ts';
import { createImports } from '../../functions/service/imports.ts';
import { createSignIns } from '../../functions/storage/sign-ins.ts';
import { createSignOuts } from '../../functions/storage/sign-outs.ts';
import type { Json } from '../../schemas/values/json.ts';
import type { Act } from './act.ts';
import { actsOfOfficers } from './acts-of-officers.ts';
import { scratchForm } from '../integration/support/scratch-form.ts';
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
const chief = { id: 'person-2', name: '係長' };

const questionnaire: { [key: string]: Json; id: string } = {
  format: 1,
  id: 'kinkyu-r6',
  version: 2024,
  title: '緊急照会',
  units: 'municipality',
  help: '',
  sections: [{ key: 'q', label: '照会', questions: [{ key: 'held', kind: 'count', label: '回数', unit: '回' }] }],
};

function saveQuestionnaire({ store, context: { forms } }: TestTable): Promise<Outcome<unknown>> {
  return saveForm({ store, forms }, { form: questionnaire.id, version: 2024 }, questionnaire, {}, '県');
}

/** An earlier round in which the return was submitted. */
async function answerBefore(table: TestTable): Promise<void> {
  succeed(await table.store.defineRound('r4', { ...definition, referenceDate: '2022-09-30' }, '県'));
  await submitFirst(table, { ...key, round: 'r4' });
}

const sentFile = { name: '要綱.pdf', type: 'application/pdf', bytes: 9, sha256: 'a'.repeat(64) } as const;
const link = {
  id: 'b'.repeat(64),
  name: '同僚',
  expiresAt: '2024-10-20T00:00:00.000Z',
  createdAt: '2024-10-15T03:00:00.000Z',
  createdBy: '市',
  editor: key.unit,
};
const person = 'person-1';

const asked = 'question-1';
function ask({ store, context }: TestTable): Promise<Outcome<unknown>> {
  const wanted = { path: 'overview.meetings', text: '書面開催も含みますか。' };
  return createAskedQuestions(store.askedQuestions, context).ask(key, scratchForm, wanted, '市', asked);
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
  'a return that is imported': {
    prepare: () => Promise.resolve(),
    act: ({ store, context }) => createImports(store, context).importReturn(key, complete, '県'),
  },
  'a takeover': {
    prepare: answerBefore,
    act: ({ store }) => store.takeOver(key, ['overview'], { round: 'r4', version: 1 }, '市'),
  },
  'another questionnaire': {
    prepare: () => Promise.resolve(),
    act: saveQuestionnaire,
  },
  'the adoption of a questionnaire': {
    prepare: saveQuestionnaire,
    act: ({ store, context: { forms } }) =>
      decideOnForm({ store, forms }, { form: questionnaire.id, version: 2024 }, 'adopted', {}, '県'),
  },
  'a release of figures': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => {
      const questions = [{ form: key.form, question: 'overview.meetings', units: [key.unit] }];
      return store.releaseFigures(round, { questions, reason: '公表済み' }, '県', 1);
    },
  },
  'a file of a return': {
    prepare: (table) => saveFirst(table, key),
    act: ({ store }) => store.addFile(key, sentFile, '市'),
  },
  'a link to a return': {
    prepare: (table) => saveFirst(table, key),
    act: ({ store }) => store.addShare(key, link),
  },
  'the end of a link': {
    prepare: async (table) => {
      await saveFirst(table, key);
      succeed(await table.store.addShare(key, link));
    },
    act: ({ store }) => store.endShare(key, link.id, '市'),
  },
  'a question to the prefecture': {
    prepare: (table) => saveFirst(table, key),
    act: ask,
  },
  'its answer': {
    prepare: async (table) => {
      await saveFirst(table, key);
      succeed(await ask(table));
    },
    act: ({ store, context }) =>
      createAskedQuestions(store.askedQuestions, context).answerQuestion(
        key,
        asked,
        { text: '含みます。' },
        { ifMatch: '"0"' },
        '県',
      ),
  },
  'a comment inside a municipality': {
    prepare: (table) => saveFirst(table, key),
    act: ({ store, context }) =>
      createComments(store.comments, context).comment(
        { key, form: scratchForm, sections: undefined },
        { text: '確認中です。' },
        '市',
        'comment-1',
      ),
  },
  'an approval': {
    prepare: (table) => saveFirst(table, key),
    act: ({ store, context }) => createApprovals(store, context).approve(key, { ifMatch: '"1"' }, chief),
  },
  'a submission that was approved': {
    prepare: async (table) => {
      await saveFirst(table, key);
      await table.store.saveUnitSettings(key.unit, { approval: true });
      succeed(await createApprovals(table.store, table.context).approve(key, { ifMatch: '"1"' }, chief));
    },
    act: ({ store }) => store.submit(key, { actor: '市', body: '' }),
  },
  'values given beforehand': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => {
      const values = [{ form: key.form, unit: key.unit, path: 'overview.meetings', value: 4 }];
      return store.changePrefilled(round, '県', () => done(values));
    },
  },
  'a sign-in': {
    prepare: ({ context }) =>
      createSignIns(context).beginSignIn('browser', { state: 's', nonce: 'n', verifier: 'v', returnTo: '/' }),
    act: async ({ context }) => done(await createSignIns(context).finishSignIn('browser', 's')),
    isOneWrite: true,
  },
  'the end of what a person holds': {
    prepare: () => Promise.resolve(),
    act: async ({ context }) => done(await createSignOuts(context).bar(person)),
    isOneWrite: true,
  },
  'another beginning for a person': {
    prepare: ({ context }) => createSignOuts(context).bar(person),
    act: async ({ context }) => done(await createSignOuts(context).admit(person, context.now())),
    isOneWrite: true,
  },
  'settings of the report': {
    prepare: () => Promise.resolve(),
    act: ({ store }) => store.saveReportSettings(round, { division: '福祉部' }, '県'),
  },
  ...actsOfOfficers,
};

/** Ids that begin with their instant end at random. */
function withoutRandom(text: string): string {
  return text.replaceAll(/(?<=Z)#[\da-f-]{36}/g, '');
}

/** What the act changes, without the tokens, times and random ids that differ from one run to the next. */
export async function stateOf(table: TestTable): Promise<unknown> {
  return (
    [...(await table.contents())]
      .map(([name, { operation: _token, operations: _tokens, gzip: _directory, pk: _pk, sk: _sk, ...item }]) => ({
        name: withoutRandom(name),
        item: typeof item['record'] === 'string' ? { ...item, record: withoutRandom(item['record']) } : item,
      }))
      // Of one instant there may be several.
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  );
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
  ok(calls > (act.isOneWrite ? 0 : 1));
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
      const isDone = outcome !== undefined || (act.isOneWrite === true && when === 'after' && nth === calls);
      deepStrictEqual(await stateOf(table), isDone ? after : before, at);
    }
  }
  return calls * whens.length;
}
