import { describe, expect, it } from 'vitest';
import { FormError } from '../../../schemas/form-drafts.ts';
import { refuse } from '../../../schemas/form-rule.ts';
import { strictest } from '../../../schemas/form-visibility.ts';
import { catalogue, form } from '../../../schemas/form.ts';
import type { Form } from '../../../schemas/form.ts';
import { choice, choices, count, group, list, matrix, section, text } from '../../../schemas/kinds/question.ts';
import type { AnswersTo, Fields } from '../../../schemas/kinds/question.ts';

const about = { title: '試験票', units: 'municipality', help: '' } as const;

function built<const F extends Fields>(sections: F): Form<AnswersTo<F>> {
  return form('scratch', 1, about, sections);
}

const status = choice('状況', { yes: 'あり', no: 'なし' });

describe('question ids', () => {
  const { items } = built({
    a: section('甲', { status, inner: group('内', { n: count('数', '件') }) }),
    b: list('乙', 3, { steps: list('段', 3, { title: text('題', 10) }) }),
  });

  it('are the keys from the root, list entries left out, in the order of the form', () => {
    expect([...items.keys()]).toEqual(['a', 'a.status', 'a.inner', 'a.inner.n', 'b', 'b.steps', 'b.steps.title']);
  });

  it('lead from the innermost list to the answer by keys', () => {
    expect(items.get('a.inner.n')?.keys).toEqual(['a', 'inner', 'n']);
    expect(items.get('b.steps.title')?.keys).toEqual(['title']);
  });
});

describe('an option その他', () => {
  const { items } = built({
    a: section('甲', { many: choices('複数', { x: '甲', other: 'その他' }).tally(), one: status }),
    b: list('乙', 3, { kind: choice('種別', { other: 'その他' }) }),
  });

  it('brings an internal text beside its question, asked when it is chosen and never required', () => {
    const other = items.get('a.manyOther');
    expect(other?.definition).toMatchObject({ kind: 'text', maxLength: 200, required: false });
    expect(other?.visibility).toBe('internal');
    expect(other?.conditions.map(({ on, values }) => [on.id, values])).toEqual([['a.many', ['other']]]);
    expect(items.get('b.kindOther')?.conditions.map(({ on }) => on.id)).toEqual(['b.kind']);
  });

  it('brings none where it is not offered', () => {
    expect(items.has('a.oneOther')).toBe(false);
  });

  it('cannot be brought where the place is taken', () => {
    expect(() =>
      built({ a: section('甲', { x: choice('一', { other: 'その他' }), xOther: text('自由', 10) }) }),
    ).toThrow(FormError);
  });
});

describe('conditions', () => {
  it('name a sibling or any question of the same scope by its id', () => {
    const { items } = built({
      a: section('甲', { status, n: count('数', '件').when({ status: 'yes' }) }),
      b: section('乙', { n: count('数', '件').when({ 'a.status': ['yes', 'no'] }) }),
    });
    expect(items.get('a.n')?.conditions.map(({ on, values }) => [on.id, values])).toEqual([['a.status', ['yes']]]);
    expect(items.get('b.n')?.conditions.map(({ on, values }) => [on.id, values])).toEqual([
      ['a.status', ['yes', 'no']],
    ]);
  });

  it('of a group hold for its questions too', () => {
    const { items } = built({
      a: section('甲', { status, inner: group('内', { n: count('数', '件') }).when({ status: 'yes' }) }),
    });
    expect(items.get('a.inner.n')?.conditions.map(({ on }) => on.id)).toEqual(['a.status']);
  });

  it.each<[string, Fields]>([
    ['a question that does not exist', { a: section('甲', { n: count('数', '件').when({ nowhere: 'yes' }) }) }],
    ['an option that does not exist', { a: section('甲', { status, n: count('数', '件').when({ status: 'maybe' }) }) }],
    [
      'a question without options',
      { a: section('甲', { n: count('数', '件'), m: count('数', '件').when({ n: 'yes' }) }) },
    ],
    [
      'a question outside its entry',
      { a: section('甲', { status }), b: list('乙', 2, { n: count('数', '件').when({ 'a.status': 'yes' }) }) },
    ],
    ['itself', { a: section('甲', { status: status.when({ status: 'yes' }) }) }],
    ['each other', { a: section('甲', { x: status.when({ y: 'yes' }), y: status.when({ x: 'yes' }) }) }],
    ['an entry’s question it withholds by', { b: list('乙', 2, { status }).withhold({ state: 'yes' }) }],
  ])('cannot read %s', (_, sections) => {
    expect(() => built(sections)).toThrow(FormError);
  });

  it('has a rule that is called as a question that asks for a reason itself', () => {
    const limits = refuse({ at: 'a.n', name: 'limits', if: 'n > 3', message: '' });
    const fields = { a: section('甲', { n: count('数', '件') }) };
    expect(() => form('scratch', 1, about, fields, { rules: [limits] }).rules).toThrow(FormError);
  });
});

describe('visibility', () => {
  it('is at least Σ where a condition reads Σ or 🔒, however far away', () => {
    const { items } = built({
      a: section('甲', {
        raised: status.tally(),
        how: choice('方法', { x: '甲' }).when({ raised: 'yes' }),
        deep: count('数', '件').when({ how: 'x' }),
        secret: status.internal(),
        after: count('数', '件').when({ secret: 'yes' }),
        free: count('数', '件'),
      }),
    });
    const visible = [...items.values()].map(({ id, visibility }) => [id, visibility]);
    expect(Object.fromEntries(visible)).toEqual({
      a: 'open',
      'a.raised': 'tally',
      'a.how': 'tally',
      'a.deep': 'tally',
      'a.secret': 'internal',
      'a.after': 'tally',
      'a.free': 'open',
    });
  });

  it('of a section is that of its questions, unless theirs is stricter', () => {
    const { items } = built({
      a: section('甲', { n: count('数', '件'), t: text('文', 10).open(), s: status.tally() }).internal(),
    });
    for (const id of ['a.n', 'a.t', 'a.s']) expect(items.get(id)?.visibility).toBe('internal');
  });

  it('of free text is 🔒 unless it is opened', () => {
    const { items } = built({ a: section('甲', { t: text('文', 10), o: text('文', 10).open() }) });
    expect(items.get('a.t')?.visibility).toBe('internal');
    expect(items.get('a.o')?.visibility).toBe('open');
  });

  it('must be open where a question stands in the list by unit', () => {
    expect(() => built({ a: section('甲', { n: count('数', '件').listed() }) })).not.toThrow();
    expect(() => built({ a: section('甲', { n: count('数', '件').tally().listed() }) })).toThrow(FormError);
    expect(() => built({ a: section('甲', { n: count('数', '件').listed() }).internal() })).toThrow(FormError);
  });

  it('of a measure is the strictest of what it reads', () => {
    const fields = { a: section('甲', { n: count('数', '件'), s: status.tally(), t: text('文', 10) }) };
    const visibilityOf = (expression: string) =>
      form('scratch', 1, about, fields, {
        measures: [{ kind: 'total', id: 'm', label: '計', measure: 'count', expression }],
      }).measures[0]?.visibility;
    expect(visibilityOf('1')).toBe('open');
    expect(visibilityOf('if answered(a.s) then a.n else 0')).toBe('tally');
    expect(visibilityOf('if answered(a.s) and answered(a.t) then 1 else 0')).toBe('internal');
    expect(() => visibilityOf('a.gone')).toThrow(FormError);
  });

  it('of what reads a group as a whole is that of the strictest in it', () => {
    const inner = group('内訳', { n: count('甲', '件'), s: count('乙', '件').internal() });
    const { items, measures } = form(
      'scratch',
      1,
      about,
      { a: section('甲', { inner, after: count('数', '件').when('total(inner) > 3') }) },
      { measures: [{ kind: 'total', id: 'm', label: '計', measure: 'sum', expression: 'total(a.inner)' }] },
    );
    expect([items.get('a.after')?.visibility, measures[0]?.visibility]).toEqual(['internal', 'internal']);
    expect(items.get('a.inner')?.visibility).toBe('open');
  });

  it('compares', () => {
    expect(strictest()).toBe('open');
    expect(strictest('tally', 'open')).toBe('tally');
    expect(strictest('open', 'internal', 'tally')).toBe('internal');
  });
});

describe('a form that cannot be', () => {
  it.each<[string, Fields]>([
    ['a question outside any section', { n: count('数', '件') }],
    ['a key of two words', { 'a b': section('甲', {}) }],
    ['the key id', { a: section('甲', { id: count('数', '件') }) }],
    ['an option that is no key', { a: section('甲', { s: choice('状況', { 'a.b': '甲' }) }) }],
    ['no options', { a: section('甲', { s: choice('状況', {}) }) }],
    [
      'a matrix option that is called as its total',
      { a: section('甲', { m: matrix('表', { r: '行' }, { any: '甲' }, '計') }) },
    ],
    ['a required group', { a: section('甲', { g: group('組', { n: count('数', '件') }).required() }) }],
  ])('has %s', (_, sections) => {
    expect(() => built(sections)).toThrow(FormError);
  });

  it('has a rule that is called as a question that asks for a reason itself', () => {
    const limits = refuse({ at: 'a.n', name: 'limits', if: 'n > 3', message: '' });
    const fields = { a: section('甲', { n: count('数', '件') }) };
    expect(() => form('scratch', 1, about, fields, { rules: [limits] }).rules).toThrow(FormError);
  });
});

describe('the catalogue', () => {
  it('finds forms by id and version and refuses two of one', () => {
    const scratch = built({ a: section('甲', { status }) });
    expect(catalogue([scratch]).get('scratch')?.get(1)).toBe(scratch);
    expect(() => catalogue([scratch, scratch])).toThrow(FormError);
  });
});
