import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEmulators } from '../support/emulators.ts';
import { codeOf, createRound, returnOf, saveFirst, succeed } from '../support/storage.ts';
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

const whole = { kind: 'return' } as const;
const overview = { kind: 'section', section: 'overview' } as const;
const bodies = { kind: 'section', section: 'bodies' } as const;
const entry = (id: string) => ({ kind: 'entry', section: 'bodies', entry: id }) as const;
const first = { ifNoneMatch: '*' };
const key = returnOf();

describe('reading a draft', () => {
  it('shows a return that nobody has started as empty', async () => {
    const view = succeed(await table.store.readDraft(key));
    expect(view).toMatchObject({ standing: { state: 'notStarted', version: 0 }, answers: {}, reasons: {} });
    expect(view.savedAt).toBeUndefined();
    expect(view.etag(whole)).toBe('"0"');
  });

  it.each([
    ['round', { ...key, round: 'r7' }],
    ['form', { ...key, form: 'scratch-council' }],
    ['unit', { ...key, unit: '131016' }],
    ['unit, which is no unit at all', { ...key, unit: '../'.repeat(2000) }],
  ])('does not find an unknown %s', async (_, unknown) => {
    expect(codeOf(await table.store.readDraft(unknown))).toBe('not-found');
  });
});

describe('the first save', () => {
  it('starts the return, with a log entry', async () => {
    await saveFirst(table, key);
    const state = await table.store.roundState(key.round);
    expect(state?.asOf.seq).toBe(2);
    expect(succeed(await table.store.readDraft(key)).standing.state).toBe('draft');
  });

  it('writes no log entry for the saves after it', async () => {
    await saveFirst(table, key);
    succeed(await table.store.saveDraft(key, whole, { answers: {} }, { ifMatch: '"1"' }, '市'));
    expect((await table.store.roundState(key.round))?.asOf.seq).toBe(2);
  });

  it('keeps both of two people who start in two sections at once', async () => {
    const saves = await Promise.all([
      table.store.saveDraft(key, overview, { answers: { meetings: 3 } }, first, '甲'),
      table.store.saveDraft(key, bodies, { answers: [{ id: 'a', name: '全体会' }] }, first, '乙'),
    ]);
    expect(saves.map(codeOf)).toEqual(['ok', 'ok']);
    expect(succeed(await table.store.readDraft(key)).answers).toEqual({
      overview: { meetings: 3 },
      bodies: [{ id: 'a', name: '全体会' }],
    });
  });
});

describe('a saved draft', () => {
  it('knows who saved it last, where it was told whose name that is', async () => {
    await saveFirst(table, key);
    const imported = succeed(await table.store.readDraft(key));
    expect([imported.savedBy, imported.savedById]).toEqual(['市', undefined]);
    const saved = succeed(await table.store.saveDraft(key, whole, { answers: {} }, { ifMatch: '"1"' }, '市', 'id-1'));
    expect(saved.view.savedById).toBe('id-1');
    expect(succeed(await table.store.readDraft(key)).savedById).toBe('id-1');
  });
});

describe('20 concurrent saves from one ETag', () => {
  it('give one success and nineteen precondition-failed', async () => {
    await saveFirst(table, key);
    const saves = await Promise.all(
      Array.from({ length: 20 }, (_, meetings) =>
        table.store.saveDraft(key, whole, { answers: { overview: { meetings } } }, { ifMatch: '"1"' }, '市'),
      ),
    );
    expect(saves.map(codeOf).toSorted()).toEqual(['ok', ...Array.from({ length: 19 }, () => 'precondition-failed')]);
    const winner = saves.findIndex(({ ok }) => ok);
    const { answers, etag } = succeed(await table.store.readDraft(key));
    expect(answers).toEqual({ overview: { meetings: winner } });
    expect(etag(whole)).toBe('"2"');
  });

  it('do so for the first save too', async () => {
    const saves = await Promise.all(
      Array.from({ length: 20 }, () => table.store.saveDraft(key, overview, { answers: {} }, first, '市')),
    );
    expect(saves.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('parts', () => {
  it('two people in two sections are both kept, each with one ETag of its own', async () => {
    await saveFirst(table, key, { overview: { meetings: 1 }, remarks: { memo: '元' } });
    const { etag } = succeed(await table.store.readDraft(key));
    const remarks = { kind: 'section', section: 'remarks' } as const;
    const saves = await Promise.all([
      table.store.saveDraft(key, overview, { answers: { meetings: 2 } }, { ifMatch: etag(overview) }, '甲'),
      table.store.saveDraft(key, remarks, { answers: { memo: '新' } }, { ifMatch: etag(remarks) }, '乙'),
    ]);
    expect(saves.map(codeOf)).toEqual(['ok', 'ok']);
    expect(succeed(await table.store.readDraft(key)).answers).toEqual({
      overview: { meetings: 2 },
      remarks: { memo: '新' },
    });
  });

  it('ten people in ten entries are all kept', async () => {
    await saveFirst(table, key);
    const saves = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        table.store.saveDraft(key, entry(`b${n}`), { answers: { name: `部会${n}` } }, first, '市'),
      ),
    );
    expect(saves.every(({ ok }) => ok)).toBe(true);
    const { answers } = succeed(await table.store.readDraft(key));
    expect(answers['bodies']).toHaveLength(10);
  });

  it('an entry has an ETag of its own, which its neighbour does not move', async () => {
    await saveFirst(table, key, {
      bodies: [
        { id: 'a', name: '甲' },
        { id: 'b', name: '乙' },
      ],
    });
    const before = succeed(await table.store.readDraft(key));
    const { etag, view } = succeed(
      await table.store.saveDraft(
        key,
        entry('a'),
        { answers: { name: '丙' } },
        { ifMatch: before.etag(entry('a')) },
        '市',
      ),
    );
    expect(etag).not.toBe(before.etag(entry('a')));
    expect(view.etag(entry('b'))).toBe(before.etag(entry('b')));
    expect(view.etag(bodies)).not.toBe(before.etag(bodies));
    const again = await table.store.saveDraft(
      key,
      entry('a'),
      { answers: {} },
      { ifMatch: before.etag(entry('a')) },
      '市',
    );
    expect(codeOf(again)).toBe('precondition-failed');
  });

  it('gives an id to entries that have none', async () => {
    await saveFirst(table, key, { bodies: [{ name: '全体会' }] });
    const { answers } = succeed(await table.store.readDraft(key));
    expect(answers['bodies']).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{12}$/), name: '全体会' }]);
  });
});

describe('a save is refused', () => {
  it('without a precondition', async () => {
    expect(codeOf(await table.store.saveDraft(key, whole, { answers: {} }, {}, '市'))).toBe('precondition-required');
  });

  it('in the wrong shape, with errors where they stand', async () => {
    const save = await table.store.saveDraft(key, entry('a'), { answers: { name: 3, colour: '赤' } }, first, '市');
    expect(save).toMatchObject({
      problem: {
        code: 'wrong-shape',
        errors: [
          { path: 'bodies.a.name', code: 'wrong-type' },
          { path: 'bodies.a.colour', code: 'unknown-question' },
        ],
      },
    });
  });

  it('while it is submitted', async () => {
    await saveFirst(table, key);
    succeed(await table.store.submit(key, { actor: '市', body: '' }));
    expect(codeOf(await table.store.saveDraft(key, whole, { answers: {} }, { ifMatch: '"1"' }, '市'))).toBe(
      'not-editable',
    );
  });

  it('when it crosses a submission', async () => {
    await saveFirst(table, key);
    table.faults.clear();
    table.faults.interpose(2, async () => {
      table.faults.clear();
      succeed(await table.store.submit(key, { actor: '市', body: '' }));
    });
    const crossed = await table.store.saveDraft(key, whole, { answers: {} }, { ifMatch: '"1"' }, '市');
    expect(codeOf(crossed)).toBe('not-editable');
    expect(succeed(await table.store.readDraft(key)).answers).toEqual((await table.store.version(key, 1))?.answers);
  });
});

describe('the limit of 300 KB', () => {
  const frame = Buffer.byteLength(JSON.stringify({ remarks: { memo: '' } })) + Buffer.byteLength('{}');
  const filled = (bytes: number) => ({ remarks: { memo: 'x'.repeat(bytes - frame) } });

  it('takes 307,200 bytes of answers and reasons, submits them and reads them back', async () => {
    const memo = filled(307_200).remarks;
    await saveFirst(table, key, { remarks: memo });
    const completed = { overview: { status: 'established' }, remarks: { memo: memo.memo.slice(100) } };
    succeed(await table.store.saveDraft(key, whole, { answers: completed }, { ifMatch: '"1"' }, '市'));
    succeed(await table.store.submit(key, { actor: '市', body: '' }));
    expect((await table.store.version(key, 1))?.answers).toEqual(completed);
  });

  it('refuses one byte more', async () => {
    expect(codeOf(await table.store.saveDraft(key, whole, { answers: filled(307_201) }, first, '市'))).toBe(
      'return-too-large',
    );
  });

  it('counts bytes, not characters', async () => {
    const answers = { remarks: { memo: '市'.repeat(102_400) } };
    expect(codeOf(await table.store.saveDraft(key, whole, { answers }, first, '市'))).toBe('return-too-large');
  });

  it('refuses more entries than the item could remember revisions of', async () => {
    const answers = { bodies: Array.from({ length: 12_000 }, (_, n) => ({ id: `b${n}` })) };
    expect(codeOf(await table.store.saveDraft(key, whole, { answers }, first, '市'))).toBe('return-too-large');
  });
});
