import { describe, expect, it } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { FormError } from '../../../schemas/form-drafts.ts';
import { form } from '../../../schemas/form.ts';
import { jsonSchema } from '../../../schemas/json-schema.ts';
import { choice, choices, count, list, section } from '../../../schemas/kinds/question.ts';

const held = choice('開催したか', { yes: 'した', partly: '一部した', no: 'していない' });

const built = form(
  'scratch',
  1,
  { title: '試験票', units: 'municipality', help: '' },
  {
    q: section('対応', {
      held: held.required(),
      secret: count('内部の数', '件').internal(),
      means: choices('手段', { phone: '電話', visit: '訪問' }),
      equal: count('等しい', '件').when('held in ["yes", "partly"]').required(),
      both: count('両方', '件').when('held = "yes" and list contains(means, "phone")').required(),
      other: count('以外', '件').when('held != "no" and equal > 3').required(),
      hidden: count('内部による', '件').when('secret > 3'),
    }),
    rows: list('行', 5, {
      size: choice('規模', { large: '大', small: '小' }),
      n: count('数', '件').when('size = "large" and q.held = "yes"').required(),
    }).withhold('size = "small"'),
    last: section('最後', { sum: count('計', '件').when('sum(rows.n) > 3') }),
  },
);

const item = (id: string) => built.items.get(id);

describe('a condition that is an expression', () => {
  it('asks for options alone where it says no more', () => {
    expect(item('q.equal')?.conditions.map(({ on, values }) => [on.id, values])).toEqual([
      ['q.held', ['yes', 'partly']],
    ]);
    expect(item('q.both')?.conditions.map(({ on, values }) => [on.id, values])).toEqual([
      ['q.held', ['yes']],
      ['q.means', ['phone']],
    ]);
    expect(item('q.equal')?.expressions).toEqual([]);
  });

  it('is kept whole where it says more, or reads beyond its entry', () => {
    expect(item('q.other')?.conditions).toEqual([]);
    expect(item('q.other')?.expressions.map(({ text, reads }) => [text, reads.map(({ id }) => id)])).toEqual([
      ['held != "no" and equal > 3', ['q.held', 'q.equal']],
    ]);
    expect(item('rows.n')?.expressions.map(({ scopes }) => scopes.length)).toEqual([2]);
  });

  it('makes its question no more public than what it reads', () =>
    expect(item('q.hidden')?.visibility).toBe('internal'));

  it('withholds entries', () =>
    expect(item('rows')?.withheld?.conditions.map(({ on, values }) => [on.id, values])).toEqual([
      ['rows.size', ['small']],
    ]));

  it('is refused when the form is built', () => {
    const wrong = (when: string) => () =>
      form(
        'scratch',
        1,
        { title: '', units: 'municipality', help: '' },
        { a: section('甲', { held, n: count('数', '件').when(when), later: count('後', '件') }) },
      );
    expect(wrong('held = "maybe"')).toThrow(FormError);
    expect(wrong('later > 3')).toThrow(FormError);
    expect(wrong('n > 3')).toThrow(FormError);
  });

  it('is if and then in JSON Schema as far as it asks for options, and words beyond', () => {
    const schema = jsonSchema(built);
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const rows: unknown[] = [];
    expect(validate({ q: { held: 'no' }, rows })).toBe(true);
    expect(validate({ q: { held: 'yes' }, rows })).toBe(false);
    expect(validate({ q: { held: 'yes', equal: 4 }, rows })).toBe(true);
    expect(validate({ q: { held: 'no', equal: 4 }, rows })).toBe(false);
    expect(JSON.stringify(schema)).toContain('Asked if: held != \\"no\\" and equal > 3');
  });
});
