import { describe, expect, it } from 'vitest';
import { replacePart } from '../../../../functions/domain/draft-parts.ts';
import type { Content, DraftBody, Part } from '../../../../functions/domain/draft-parts.ts';
import { scratchForm } from '../../../integration/support/scratch-form.ts';

const before: Content = {
  answers: {
    overview: { meetings: 1 },
    bodies: [
      { id: 'a', name: '甲' },
      { id: 'b', name: '乙' },
    ],
  },
  reasons: {
    'overview.meetings.many': '多い',
    'bodies.a.few': '少ない',
    'bodies.b.few': '少ない',
    'return.sum': '合わない',
  },
};
const save = (part: Part, body: DraftBody) => replacePart(scratchForm, before, part, body, () => 'new1');
const whole: Part = { kind: 'return' };
const section = (name: string): Part => ({ kind: 'section', section: name });
const entry = (id: string): Part => ({ kind: 'entry', section: 'bodies', entry: id });

describe('saving a return', () => {
  it('replaces every answer, brings them in the form’s order and leaves the reasons', () => {
    const answers = { remarks: { memo: '備考' }, overview: { topics: ['work', 'housing'], meetings: 0 } };
    const saved = save(whole, { answers });
    expect(JSON.stringify(saved)).toBe(
      JSON.stringify({
        ok: true,
        value: {
          answers: { overview: { meetings: 0, topics: ['housing', 'work'] }, remarks: { memo: '備考' } },
          reasons: before.reasons,
        },
      }),
    );
  });

  it('replaces every reason that is given', () => {
    expect(save(whole, { reasons: { 'return.sum': '合った' } })).toMatchObject({
      value: { answers: before.answers, reasons: { 'return.sum': '合った' } },
    });
  });

  it('lists every wrong shape by entry id', () => {
    expect(save(whole, { answers: { bodies: [{ id: 'a', members: '三人' }], nothing: 1 } })).toMatchObject({
      problem: { code: 'wrong-shape', errors: [{ path: 'bodies.a.members' }, { path: 'nothing' }] },
    });
  });

  it.each([[null], ['text'], [[]], [3]])('refuses %j for answers', (answers) => {
    expect(save(whole, { answers })).toMatchObject({ problem: { code: 'wrong-shape' } });
  });
});

describe('saving a section', () => {
  it('replaces it and the reasons inside it', () => {
    expect(save(section('bodies'), { answers: [{ name: '丙' }], reasons: { 'bodies.new1.few': '新設' } })).toEqual({
      ok: true,
      value: {
        answers: { overview: { meetings: 1 }, bodies: [{ id: 'new1', name: '丙' }] },
        reasons: { 'overview.meetings.many': '多い', 'return.sum': '合わない', 'bodies.new1.few': '新設' },
      },
    });
  });

  it('keeps an empty list apart from none', () => {
    expect(save(section('bodies'), { answers: [] })).toMatchObject({ value: { answers: { bodies: [] } } });
  });

  it('refuses reasons of other sections', () => {
    expect(save(section('overview'), { reasons: { 'bodies.a.few': '少ない' } })).toMatchObject({
      problem: { code: 'wrong-shape', errors: [{ path: 'bodies.a.few', code: 'unknown-check' }] },
    });
  });

  it('that the form does not have is not found', () => {
    expect(save(section('nothing'), { answers: {} })).toMatchObject({ problem: { code: 'not-found' } });
    expect(save(section('nothing'), { reasons: {} })).toMatchObject({ problem: { code: 'not-found' } });
  });
});

describe('saving an entry', () => {
  it('replaces it in its place, and the reasons inside it', () => {
    expect(save(entry('a'), { answers: { name: '丙' }, reasons: {} })).toMatchObject({
      value: {
        answers: {
          bodies: [
            { id: 'a', name: '丙' },
            { id: 'b', name: '乙' },
          ],
        },
        reasons: { 'bodies.b.few': '少ない' },
      },
    });
  });

  it('appends a new one under the id of its path', () => {
    expect(save(entry('c'), { answers: { id: 'c', name: '丙' } })).toMatchObject({
      value: { answers: { bodies: [{ id: 'a' }, { id: 'b' }, { id: 'c', name: '丙' }] } },
    });
  });

  it('refuses another id than that of its path', () => {
    expect(save(entry('c'), { answers: { id: 'd' } })).toMatchObject({
      problem: { code: 'wrong-shape', errors: [{ path: 'bodies.c.id', code: 'invalid-id' }] },
    });
  });

  it('is not found in a section that is no list, under an id that is none, and with reasons only before it exists', () => {
    expect(save({ kind: 'entry', section: 'overview', entry: 'a' }, { answers: {} })).toMatchObject({
      problem: { code: 'not-found' },
    });
    expect(save(entry('-'), { answers: {} })).toMatchObject({ problem: { code: 'not-found' } });
    expect(save(entry('c'), { reasons: {} })).toMatchObject({ problem: { code: 'not-found' } });
  });

  it('is refused where two entries have its id', () => {
    const doubled: Content = { answers: { bodies: [{ id: 'a' }, { id: 'a' }] }, reasons: {} };
    expect(replacePart(scratchForm, doubled, entry('a'), { answers: {} }, () => 'new1')).toMatchObject({
      problem: { errors: [{ path: 'bodies', code: 'duplicate' }] },
    });
  });
});

describe('as much as a body can hold', () => {
  const levels = 500_000;
  const nested = `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const entries = `[${'{},'.repeat(300_000)}{}]`;
  const objects = `${'{"name":'.repeat(100_000)}0${'}'.repeat(100_000)}`;

  it.each([
    ['lists in each other', nested],
    ['entries', entries],
    ['objects in each other', objects],
  ])('of %s is refused where it stands, and nothing goes through it', (_, text) => {
    const value = JSON.parse(text);
    const places: [Part, DraftBody][] = [
      [whole, { answers: { bodies: value } }],
      [whole, { answers: { overview: { topics: value } } }],
      [section('bodies'), { answers: value }],
      [entry('a'), { answers: { name: value } }],
    ];
    for (const [part, body] of places) {
      const refusal = save(part, body);
      expect(refusal.ok ? undefined : refusal.problem.code).toBe('wrong-shape');
      expect(refusal.ok ? 0 : refusal.problem.errors?.length).toBe(1);
    }
  });
});
