import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulators } from '../support/emulators.ts';
import {
  codeOf,
  complete,
  createRound,
  definition,
  returnOf,
  saveFirst,
  submitFirst,
  succeed,
  unitsOfSaitama,
} from '../support/storage.ts';
import type { TestTable } from '../support/storage.ts';
import { sealOf } from '../../../functions/storage/seal.ts';

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
const whole = { kind: 'return' } as const;
const request = { actor: '市', body: '' };

describe('a submission', () => {
  it('makes a version whose hash is that of what was answered, and a receipt that quotes it', async () => {
    const submitted = await submitFirst(table, key);
    const version = await table.store.version(key, 1);
    expect(version).toMatchObject({
      ...key,
      version: 1,
      formVersion: 2024,
      answers: complete,
      reasons: {},
      submittedBy: '市',
    });
    expect(version && sealOf(version)).toBe(submitted.sha256);
    expect(submitted.receipt).toBe(`r6-${key.unit}-1-${submitted.sha256.slice(0, 6).toUpperCase()}`);
    expect(submitted).toMatchObject({
      version: 1,
      late: false,
      replayed: false,
      submittedAt: '2024-10-15T03:00:00.000Z',
    });
  });

  it('takes two requests after one another, besides the pinned directory and the list of rounds read once', async () => {
    await saveFirst(table, key);
    await table.store.readDraft(key);
    table.faults.clear();
    succeed(await table.store.submit(key, request));
    expect(table.faults.commands).toEqual(['BatchGetItemCommand', 'TransactWriteItemsCommand']);
  });

  it('is read with what says who may make it, once: the next read is of what stands then', async () => {
    await saveFirst(table, key);
    await table.store.readDraft(key);
    await table.store.currentDirectory();
    const named = { ...key };
    const findOut = async (): Promise<void> => {
      table.store.readAhead(named);
      await Promise.all([table.store.round(key.round), table.store.currentDirectory()]);
    };
    table.faults.clear();
    await findOut();
    succeed(await table.store.submit(named, request));
    expect(table.faults.commands).toEqual(['BatchGetItemCommand', 'TransactWriteItemsCommand']);
    expect(succeed(await table.store.readDraft(named)).standing.state).toBe('submitted');
  });

  it('does not trust what was read ahead where somebody saved since', async () => {
    await saveFirst(table, key);
    const named = { ...key };
    table.store.readAhead(named);
    await table.store.round(key.round);
    const answers = { overview: { status: 'established', meetings: 3 } };
    succeed(await table.store.saveDraft(key, whole, { answers }, { ifMatch: '"1"' }, '市'));
    succeed(await table.store.submit(named, request));
    expect((await table.store.version(key, 1))?.answers).toEqual(answers);
  });

  it('tells what it found wanting with the draft that it was found in: nothing is read or examined again', async () => {
    await saveFirst(table, key, { overview: { status: 'established', meetings: 101 } });
    await table.store.readDraft(key);
    table.faults.clear();
    const { examined } = await table.store.submit(key, request);
    const examination = await examined?.examination();
    expect(table.faults.commands).toEqual(['BatchGetItemCommand']);
    const stands = succeed(await table.store.readDraft(key));
    expect(examination).toEqual(await stands.examination());
    expect(examined?.answers).toEqual(stands.answers);
    expect(examined?.etag(whole)).toBe(stands.etag(whole));
  });

  it('lists every error and writes nothing', async () => {
    await saveFirst(table, key, { overview: { reason: '準備中' }, bodies: [{ id: 'a', members: 0 }] });
    const before = await table.contents();
    expect(await table.store.submit(key, request)).toMatchObject({
      problem: {
        code: 'invalid-return',
        errors: [
          { path: 'overview.status', code: 'required' },
          { path: 'overview.reason', code: 'not-asked' },
          { path: 'bodies.a.name', code: 'required' },
          { path: 'bodies.a.members', code: 'empty' },
        ],
      },
    });
    expect(await table.contents()).toEqual(before);
  });

  it('asks for a reason and keeps the one given, and only that', async () => {
    const answers = { overview: { status: 'established', meetings: 101 } };
    await saveFirst(table, key, answers);
    expect(await table.store.submit(key, request)).toMatchObject({
      problem: { errors: [{ code: 'reason-required', check: 'overview.meetings.many' }] },
    });
    const reasons = { 'overview.meetings.many': '毎週2回開催', 'overview.status.gone': '以前の理由' };
    succeed(await table.store.saveDraft(key, whole, { reasons }, { ifMatch: '"1"' }, '市'));
    const { asked, errors } = await succeed(await table.store.readDraft(key)).examination();
    expect(errors).toEqual([]);
    expect(asked.map(({ key }) => key)).toEqual(['overview.meetings.many']);
    succeed(await table.store.submit(key, request));
    expect((await table.store.version(key, 1))?.reasons).toEqual({ 'overview.meetings.many': '毎週2回開催' });
  });

  it('saves what a page that has shown the return adds, in the same step', async () => {
    await saveFirst(table, key, { overview: { status: 'established', meetings: 101 } });
    const many = 'overview.meetings.many';
    const checked = { ifMatch: '"1"', reasons: { [many]: '毎週2回開催' }, actorId: 'p1' };
    await table.store.readDraft(key);
    table.faults.clear();
    succeed(await table.store.submit(key, { ...request, checked }));
    expect(table.faults.commands).toEqual(['BatchGetItemCommand', 'TransactWriteItemsCommand']);
    expect((await table.store.version(key, 1))?.reasons).toEqual({ [many]: '毎週2回開催' });
    expect(succeed(await table.store.readDraft(key)).reasons).toEqual({ [many]: '毎週2回開催' });
  });

  it('keeps what the page adds where it is refused for errors, and nothing where the page showed another draft', async () => {
    await saveFirst(table, key, { overview: { status: 'established', meetings: 101 } });
    const reasons = { 'overview.status.gone': '以前の理由' };
    const refusal = { ...request, checked: { ifMatch: '"1"', reasons, actorId: 'p1' } };
    expect(codeOf(await table.store.submit(key, refusal))).toBe('invalid-return');
    expect(succeed(await table.store.readDraft(key)).reasons).toEqual(reasons);
    expect(codeOf(await table.store.submit(key, refusal))).toBe('precondition-failed');
    expect(await table.store.versions(key)).toEqual([]);
  });

  it('is refused for what nobody has started', async () => {
    expect(codeOf(await table.store.submit(key, request))).toBe('nothing-to-submit');
  });

  it('is refused when the draft was saved while it was examined, until that is examined too', async () => {
    await saveFirst(table, key);
    table.faults.clear();
    table.faults.interpose(2, async () => {
      table.faults.clear();
      succeed(await table.store.saveDraft(key, whole, { answers: {} }, { ifMatch: '"1"' }, '市'));
    });
    expect(codeOf(await table.store.submit(key, request))).toBe('invalid-return');
    expect(await table.store.versions(key)).toEqual([]);
  });
});

describe('10 concurrent submissions', () => {
  it('make one version; the others get its receipt', async () => {
    await saveFirst(table, key);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => table.store.submit(key, request)));
    const made = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
    expect(made).toHaveLength(1);
    const others = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem]));
    expect(others).toHaveLength(9);
    for (const each of others)
      expect(each).toEqual({ code: 'already-submitted', version: 1, receipt: made[0]?.receipt });
    expect(await table.store.versions(key)).toHaveLength(1);
  });
});

describe('60 concurrent submissions of different units', () => {
  it('are all made, and the log has no gap', async () => {
    const keys = unitsOfSaitama.slice(0, 60).map(returnOf);
    for (const each of keys) await saveFirst(table, each);
    const submitted = await Promise.all(keys.map((each) => table.store.submit(each, request)));
    expect(submitted.map(codeOf).filter((code) => code !== 'ok')).toEqual([]);
    const receipts = new Set(submitted.map((each) => succeed(each).receipt));
    expect(receipts.size).toBe(60);
    const state = await table.store.roundState(key.round);
    expect(state?.asOf.seq).toBe(1 + 60 + 60);
    expect([...(state?.returns.values() ?? [])].every(({ state }) => state === 'submitted')).toBe(true);
  });
});

describe('an idempotency key', () => {
  const keyed = { actor: '市', body: '{}', idempotencyKey: 'k1' };

  it('gives the first answer again for the same body', async () => {
    await saveFirst(table, key);
    const first = succeed(await table.store.submit(key, keyed));
    const second = succeed(await table.store.submit(key, keyed));
    expect(second).toEqual({ ...first, replayed: true });
    expect(await table.store.versions(key)).toHaveLength(1);
  });

  it('gives ten concurrent callers the same answer', async () => {
    await saveFirst(table, key);
    const answers = await Promise.all(Array.from({ length: 10 }, () => table.store.submit(key, keyed)));
    expect(new Set(answers.map((each) => succeed(each).receipt)).size).toBe(1);
    expect(answers.filter((each) => !succeed(each).replayed)).toHaveLength(1);
  });

  it('is refused with another body', async () => {
    await saveFirst(table, key);
    succeed(await table.store.submit(key, keyed));
    expect(codeOf(await table.store.submit(key, { ...keyed, body: '{"a":1}' }))).toBe('idempotency-key-reused');
  });

  it('is refused once that submission is withdrawn, naming its receipt, also after another one', async () => {
    await saveFirst(table, key);
    const { receipt } = succeed(await table.store.submit(key, keyed));
    succeed(await table.store.withdraw(key, '市'));
    const refusal = { ok: false, problem: { code: 'already-withdrawn', version: 1, receipt } };
    expect(await table.store.submit(key, keyed)).toEqual(refusal);
    expect((await table.store.versions(key)).map(({ version }) => version)).toEqual([1]);
    succeed(await table.store.submit(key, { ...keyed, idempotencyKey: 'k2' }));
    expect(await table.store.submit(key, keyed)).toEqual(refusal);
  });

  it('is refused once that submission is sent back, and stays good while it is accepted', async () => {
    await saveFirst(table, key);
    const { receipt } = succeed(await table.store.submit(key, keyed));
    succeed(await table.store.decide(key, { version: 1, decision: 'accept' }, '県'));
    expect(succeed(await table.store.submit(key, keyed))).toMatchObject({ receipt, replayed: true });
    const comment = '訂正してください。';
    succeed(await table.store.decide(key, { version: 1, decision: 'return', comment, questions: [] }, '県'));
    expect(await table.store.submit(key, keyed)).toMatchObject({ problem: { code: 'already-withdrawn', receipt } });
  });

  it('does not matter to a second submission without one', async () => {
    await saveFirst(table, key);
    const { receipt } = succeed(await table.store.submit(key, keyed));
    expect(await table.store.submit(key, request)).toMatchObject({ problem: { code: 'already-submitted', receipt } });
  });

  it('keeps no answer of a refused submission', async () => {
    await saveFirst(table, key, {});
    expect(codeOf(await table.store.submit(key, keyed))).toBe('invalid-return');
    succeed(await table.store.saveDraft(key, whole, { answers: complete }, { ifMatch: '"1"' }, '市'));
    expect(succeed(await table.store.submit(key, keyed)).replayed).toBe(false);
  });

  it('is forgotten a day later, though the expired item is still there', async () => {
    await saveFirst(table, key);
    succeed(await table.store.submit(key, keyed));
    table.setClock('2024-10-16T12:00:00+09:00');
    expect(codeOf(await table.store.submit(key, keyed))).toBe('already-submitted');
    succeed(await table.store.withdraw(key, '市'));
    expect(succeed(await table.store.submit(key, keyed))).toMatchObject({ version: 2, replayed: false });
  });

  it('belongs to one return', async () => {
    const other = returnOf(unitsOfSaitama[1]);
    await saveFirst(table, key);
    await saveFirst(table, other);
    succeed(await table.store.submit(key, keyed));
    expect(succeed(await table.store.submit(other, { ...keyed, body: '' })).replayed).toBe(false);
  });

  it.each(['', 'k'.repeat(256)])('of an impossible length is refused', async (idempotencyKey) => {
    expect(codeOf(await table.store.submit(key, { ...keyed, idempotencyKey }))).toBe('malformed-request');
  });
});

describe('the minutes at which a round opens, is due and closes, in Japan', () => {
  it.each([
    ['2024-09-30T23:59:59.999+09:00', 'not-open'],
    ['2024-10-01T00:00:00+09:00', false],
    ['2024-11-29T23:59:59.999+09:00', false],
    ['2024-11-30T00:00:00+09:00', true],
    ['2024-12-27T23:59:59.999+09:00', true],
    ['2024-12-28T00:00:00+09:00', 'closed'],
  ])('%s: %s', async (instant, expected) => {
    await saveFirst(table, key);
    table.setClock(instant);
    const outcome = await table.store.submit(key, request);
    expect(outcome.ok ? outcome.value.late : outcome.problem.code).toBe(expected);
  });
});

describe('the previous round', () => {
  it('is what the edit checks compare with, once it is accepted', async () => {
    const earlier = { ...key, round: 'r5' };
    const r5 = { ...definition, name: '令和5年度', fiscalYear: 2023, referenceDate: '2023-09-30' };
    succeed(await table.store.defineRound('r5', r5, '県'));
    await submitFirst(table, earlier, { overview: { status: 'established', meetings: 20 } });
    await saveFirst(table, key);
    expect((await succeed(await table.store.readDraft(key)).examination()).asked).toEqual([]);
    succeed(await table.store.decide(earlier, { version: 1, decision: 'accept' }, '県'));
    expect(await table.store.submit(key, request)).toMatchObject({
      problem: { errors: [{ check: 'overview.meetings.fewer' }] },
    });
  });
});
