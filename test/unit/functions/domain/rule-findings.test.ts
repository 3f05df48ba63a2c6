import { describe, expect, it } from 'vitest';
import { editChecks } from '../../../../functions/domain/edit-checks.ts';
import { FormError } from '../../../../schemas/form-drafts.ts';
import { formWith } from '../../../../schemas/form.ts';
import type { Form } from '../../../../schemas/form.ts';
import type { FormRule } from '../../../../schemas/form-rule.ts';
import type { ExpressedMeasure } from '../../../../schemas/measure.ts';
import { choice, count, list, municipalities, section } from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { round } from '../../schemas/forms/returns.ts';

const fields = {
  q: section('対応', {
    held: choice('開催したか', { yes: 'した', no: 'していない' }).required(),
    times: count('回数', '回').when('held = "yes"'),
  }),
  rows: list('行', 9, {
    n: count('数', '件'),
    with: municipalities('相手'),
    inner: list('内', 9, { m: count('内数', '件') }),
  }),
  secret: section('内部', { k: count('数', '件').internal() }),
};

function built(rules: readonly FormRule[], measures: readonly ExpressedMeasure[] = []): Form {
  return formWith<Answers>('scratch', 1, { title: '', units: 'municipality', help: '' }, fields, {
    rules,
    measures,
  });
}

function rule(
  name: string,
  at: string | undefined,
  condition: string,
  severity: FormRule['severity'] = 'askReason',
): FormRule {
  return { name, at, severity, if: condition, message: '確認してください。', readyMade: ['正しい'] };
}

function keys(rules: readonly FormRule[], answers: Answers, previous?: Answers): string[] {
  const about = { unit: '112020', round, previous, place: { kind: 'city', members: ['112020'] } };
  return editChecks(built(rules), answers, about).map(({ key }) => key);
}

describe('a rule', () => {
  it('strikes at its question, with its severity and reasons', () => {
    const about = { unit: '112020', round };
    expect(
      editChecks(built([rule('many', 'q.times', 'times > 50')]), { q: { held: 'yes', times: 51 } }, about),
    ).toEqual([
      {
        path: 'q.times',
        key: 'q.times.many',
        severity: 'askReason',
        name: 'many',
        message: '確認してください。',
        readyMade: ['正しい'],
      },
    ]);
  });

  it('strikes the whole return where it stands at none', () =>
    expect(keys([rule('few', undefined, 'count(rows) < 2')], { rows: [{ id: 'a' }] })).toEqual(['return.few']));

  it('strikes in each entry that it is true of, at any depth', () => {
    const rows = [
      { id: 'a', n: 3, inner: [{ id: 'x', m: 9 }] },
      { id: 'b', n: 1, with: ['112020'], inner: [{ id: 'y', m: 1 }] },
    ];
    const rules = [
      rule('large', 'rows.n', 'n > 2 and q.held = "yes"'),
      rule('itself', 'rows.with', 'unit.kind = "city" and (unit.code in with)', 'refuse'),
      rule('more', 'rows.inner.m', 'm > n'),
    ];
    expect(keys(rules, { q: { held: 'yes' }, rows })).toEqual([
      'rows.a.n.large',
      'rows.b.with.itself',
      'rows.a.inner.x.m.more',
    ]);
  });

  it('is silent while its question is not asked, or nothing is known', () => {
    expect(keys([rule('none', 'q.times', 'times = null')], { q: { held: 'no' } })).toEqual([]);
    expect(keys([rule('none', 'q.times', 'times = null')], { q: { held: 'yes' } })).toEqual(['q.times.none']);
    expect(keys([rule('many', 'q.times', 'times > 50')], { q: { held: 'yes' } })).toEqual([]);
  });

  it('knows the last return, entry by entry', () => {
    const previous = {
      q: { held: 'no', times: 0 },
      rows: [
        { id: 'b', n: 20 },
        { id: 'a', n: 1 },
      ],
    };
    const answers = {
      q: { held: 'yes', times: 4 },
      rows: [
        { id: 'a', n: 1 },
        { id: 'b', n: 1 },
        { id: 'c', n: 9 },
      ],
    };
    const rules = [rule('changed', 'q.times', 'abrupt change(times)'), rule('fewer', 'rows.n', 'n < previous.n')];
    expect(keys(rules, answers, previous)).toEqual(['q.times.changed', 'rows.b.n.fewer']);
    expect(keys(rules, answers)).toEqual([]);
  });

  it('is refused when the rules are read, and so are two of one name', () => {
    expect(() => built([rule('wrong', 'q.times', 'time > 3')]).rules).toThrow(FormError);
    expect(() => built([rule('nowhere', 'q.nothing', 'q.times > 3')]).rules).toThrow(FormError);
    expect(() => built([rule('same', 'q.times', 'times > 3'), rule('same', 'q.times', 'times > 4')]).rules).toThrow(
      FormError,
    );
  });
});

describe('a measure', () => {
  const { measures } = built(
    [],
    [
      { kind: 'total', id: 'total', label: '計', measure: 'sum', unit: '件', expression: 'sum(rows[n != null].n)' },
      { kind: 'total', id: 'secret', label: '内部', measure: 'sum', expression: 'secret.k' },
      {
        kind: 'class',
        id: 'size',
        label: '規模',
        options: { large: '大', small: '小' },
        expression: 'if count(rows) >= 2 then "large" else "small"',
      },
      { kind: 'class', id: 'held', label: '開催', options: { yes: 'した', no: 'していない' }, expression: 'q.held' },
    ],
  );
  const unit = { code: '112020', name: '甲市', kind: null, members: ['112020'], editor: '112020' };
  const given = (answers: Answers): unknown[] => measures.map(({ measure }) => measure.of(answers, unit));

  it('is a number or a class of each return, and nothing where it is neither', () => {
    expect(given({ q: { held: 'yes' }, rows: [{ id: 'a', n: 2 }, { id: 'b', n: 3 }, { id: 'c' }] })).toEqual([
      5,
      null,
      'large',
      'yes',
    ]);
    expect(given({ rows: [] })).toEqual([null, null, 'small', null]);
  });

  it('is as public as what it reads', () =>
    expect(measures.map(({ visibility }) => visibility)).toEqual(['open', 'internal', 'open', 'open']));
});

describe('a rule that takes too many steps', () => {
  it('is silent, and its name is told, the others find what they find', () => {
    const form = built([
      rule('slow', undefined, 'some a in rows satisfies (some b in rows satisfies a.n > b.n + 1000)'),
      rule('many', undefined, 'count(rows) > 100'),
    ]);
    const told: string[] = [];
    const rows = Array.from({ length: 500 }, (_, n) => ({ id: String(n), n }));
    const found = editChecks(form, { rows }, { unit: '112020', round, exceeded: (name) => told.push(name) });
    expect(found.map(({ name }) => name)).toEqual(['many']);
    expect(told).toEqual(['slow']);
  });
});
