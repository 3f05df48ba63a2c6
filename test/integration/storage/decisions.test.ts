import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulators } from '../support/emulators.ts';
import type { Decision } from '../../../schemas/return.ts';
import { codeOf, complete, createRound, returnOf, saveFirst, submitFirst, succeed } from '../support/storage.ts';
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

const key = returnOf();
const request = { actor: '市', body: '' };
const accept = (version: number): Decision => ({ version, decision: 'accept' });
const sendBack = (version: number): Decision => ({
  version,
  decision: 'return',
  comment: '回数を確認してください。',
  questions: [{ path: 'overview.meetings', reason: '前回の倍です。' }],
});

describe('withdrawal', () => {
  it('makes a submission a draft again; the version stays and the next one has the next number', async () => {
    await submitFirst(table, key);
    expect(succeed(await table.store.withdraw(key, '市'))).toMatchObject({ state: 'draft', version: 1 });
    expect(succeed(await table.store.submit(key, request)).version).toBe(2);
    expect((await table.store.versions(key)).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('is refused after review, and for what was never submitted', async () => {
    await saveFirst(table, key);
    expect(codeOf(await table.store.withdraw(key, '市'))).toBe('not-submitted');
    succeed(await table.store.submit(key, request));
    succeed(await table.store.decide(key, accept(1), '県'));
    expect(codeOf(await table.store.withdraw(key, '市'))).toBe('not-submitted');
  });
});

describe('a decision', () => {
  it('accepts', async () => {
    await submitFirst(table, key);
    expect(succeed(await table.store.decide(key, accept(1), '県'))).toMatchObject({
      state: 'accepted',
      acceptedVersion: 1,
    });
  });

  it('sends back with reasons; the draft is editable, and it is resubmitted after closing as late', async () => {
    await submitFirst(table, key);
    succeed(await table.store.decide(key, sendBack(1), '県'));
    table.setClock('2025-01-10T09:00:00+09:00');
    const view = succeed(await table.store.readDraft(key));
    expect(view.standing).toMatchObject({ state: 'returned', sentBack: sendBack(1) });
    const answers = { overview: { ...complete.overview, meetings: 6 } };
    succeed(
      await table.store.saveDraft(
        key,
        { kind: 'return' },
        { answers },
        { ifMatch: view.etag({ kind: 'return' }) },
        '市',
      ),
    );
    expect(succeed(await table.store.submit(key, request))).toMatchObject({ version: 2, late: true });
    expect((await table.store.version(key, 1))?.answers).toEqual(complete);
    expect((await table.store.version(key, 2))?.answers).toEqual(answers);
  });

  it('sends an accepted return back for correction and remembers what was accepted', async () => {
    await submitFirst(table, key);
    succeed(await table.store.decide(key, accept(1), '県'));
    expect(succeed(await table.store.decide(key, sendBack(1), '県'))).toMatchObject({
      state: 'returned',
      acceptedVersion: 1,
    });
  });

  it('is refused on another version than the current one, and twice', async () => {
    await submitFirst(table, key);
    expect(await table.store.decide(key, accept(2), '県')).toMatchObject({
      problem: { code: 'not-current-version', version: 1 },
    });
    succeed(await table.store.decide(key, accept(1), '県'));
    expect(codeOf(await table.store.decide(key, accept(1), '県'))).toBe('already-accepted');
  });

  it('is made once when two are made at once', async () => {
    await submitFirst(table, key);
    const outcomes = await Promise.all([table.store.decide(key, accept(1), '甲'), table.store.withdraw(key, '市')]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('with more text than can be kept is refused', async () => {
    await submitFirst(table, key);
    const questions = Array.from({ length: 400 }, (_, n) => ({ path: `bodies.b${n}.name`, reason: '長'.repeat(1000) }));
    const decision: Decision = { version: 1, decision: 'return', comment: '長い', questions };
    expect(codeOf(await table.store.decide(key, decision, '県'))).toBe('invalid-decision');
  });

  it('that hangs a reason on no question of the form is refused', async () => {
    await submitFirst(table, key);
    const questions = [{ path: 'overview.nothing', reason: '確認してください。' }];
    expect(
      await table.store.decide(key, { version: 1, decision: 'return', comment: '要確認', questions }, '県'),
    ).toMatchObject({
      problem: { code: 'invalid-decision', errors: [{ path: 'questions.0.path', code: 'unknown-question' }] },
    });
  });

  it('with as much text as can be kept is kept, twice', async () => {
    await submitFirst(table, key);
    const questions = Array.from({ length: 48 }, (_, n) => ({ path: `bodies.b${n}.name`, reason: '長'.repeat(1000) }));
    const decision: Decision = { version: 1, decision: 'return', comment: '長い', questions };
    succeed(await table.store.decide(key, decision, '県'));
    succeed(await table.store.submit(key, request));
    succeed(await table.store.decide(key, { ...decision, version: 2 }, '県'));
    expect(succeed(await table.store.readDraft(key)).standing.sentBack).toEqual({ ...decision, version: 2 });
  });
});
