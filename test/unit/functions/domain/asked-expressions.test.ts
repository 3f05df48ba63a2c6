import { describe, expect, it } from 'vitest';
import { askedAnswers, isAsked, mayBeAsked } from '../../../../functions/domain/asked.ts';
import { completeness } from '../../../../functions/domain/completeness.ts';
import { conditionText } from '../../../../functions/domain/question-facts.ts';
import { publicAnswers } from '../../../../functions/domain/public-answers.ts';
import { pageRule } from '../../../../functions/web/answer/page-rules.ts';
import { form } from '../../../../schemas/form.ts';
import type { Item } from '../../../../schemas/form.ts';
import { choice, choices, count, list, partialDate, section } from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { evaluator } from '../../../../schemas/rules/evaluate.ts';

const built = form(
  'scratch',
  1,
  { title: '試験票', units: 'municipality', help: '' },
  {
    q: section('対応', {
      held: choice('開催したか', { yes: 'した', no: 'していない' }).numbered('問1'),
      times: count('回数', '回').when({ held: 'yes' }).numbered('問2'),
      many: count('多い場合の数', '件').when('times > 3 or times = 0').required(),
      deeper: count('その先', '件').when('many != 1').required(),
      on: partialDate('日').when('held != "no"'),
    }),
    rows: list('行', 9, {
      size: choice('規模', { large: '大', small: '小' }),
      n: count('数', '件').when('size = "large" and q.held = "yes"').required(),
    }).withhold('size != "large"'),
    last: section('最後', {
      means: choices('手段', { phone: '電話', visit: '訪問' }),
      sum: count('計', '件').when('sum(rows.n) > 3 and count(means) < 2'),
      any: count('任意', '件').when('some r in rows satisfies r.n = 1'),
      over: count('超', '件').when('sum(rows.n) > count(means)'),
    }),
  },
);

function item(id: string): Item {
  const found = built.items.get(id);
  if (found === undefined) throw new RangeError(id);
  return found;
}

function asked(id: string, answers: Answers): boolean {
  return isAsked(item(id), [answers]);
}

describe('expressions', () => {
  it('ask by numbers', () => {
    expect(asked('q.many', { q: { held: 'yes', times: 4 } })).toBe(true);
    expect(asked('q.many', { q: { held: 'yes', times: 3 } })).toBe(false);
    expect(asked('q.many', { q: { held: 'yes' } })).toBe(false);
  });

  it('read no answer that is not asked', () => {
    expect(asked('q.many', { q: { held: 'no', times: 4 } })).toBe(false);
    expect(asked('q.deeper', { q: { held: 'no', times: 4, many: 1 } })).toBe(true);
    expect(asked('last.any', { q: { held: 'no' }, rows: [{ id: 'a', size: 'large', n: 1 }] })).toBe(false);
    expect(asked('last.any', { q: { held: 'yes' }, rows: [{ id: 'a', size: 'large', n: 1 }] })).toBe(true);
    expect(asked('last.any', { q: { held: 'yes' }, rows: [{ id: 'a', size: 'small', n: 1 }] })).toBe(false);
  });

  it('read the whole return from inside an entry', () => {
    const answers = {
      q: { held: 'yes' },
      rows: [
        { id: 'a', size: 'large', n: 1 },
        { id: 'b', size: 'small', n: 2 },
      ],
    };
    expect(askedAnswers(built.sections, answers)).toEqual({
      q: { held: 'yes' },
      rows: [
        { id: 'a', size: 'large', n: 1 },
        { id: 'b', size: 'small' },
      ],
    });
    expect(completeness(built.sections, answers, new Set()).map(({ path, code }) => [path, code])).toEqual([
      ['q.deeper', 'required'],
      ['rows.b.n', 'not-asked'],
    ]);
  });

  it('may come to hold while what they read is open', () => {
    expect(mayBeAsked(item('q.many'), [{}])).toBe(true);
    expect(mayBeAsked(item('q.many'), [{ q: { held: 'no' } }])).toBe(false);
    expect(mayBeAsked(item('q.many'), [{ q: { held: 'yes', times: 2 } }])).toBe(false);
  });

  it('withhold entries', () =>
    expect(
      publicAnswers(built, { rows: [{ id: 'a', size: 'large' }, { id: 'b', size: 'small' }, { id: 'c' }] }),
    ).toEqual({
      rows: [{ id: 'a', size: 'large' }],
    }));

  it('are said in words', () => {
    expect(conditionText(item('q.many'))).toBe('「問2　回数」が3回より大きい場合、または「問2　回数」が0回の場合');
    expect(conditionText(item('q.on'))).toBe('「問1　開催したか」が「していない」以外の場合');
    expect(conditionText(item('last.any'))).toBe('「行」のいずれかで「数」が1件の場合');
  });
});

describe('on a page', () => {
  const rule = (
    id: string,
    answers: Answers,
    scope: string,
    isField: (item: Item, isInnermost: boolean) => boolean,
    isSeen: (section: string) => boolean = () => true,
  ) => {
    const [expression] = item(id).expressions;
    if (expression === undefined) throw new RangeError(id);
    return pageRule(expression, answers, scope, { isField, isSeen });
  };

  it('they read its fields', () => {
    const made = rule('q.many', {}, '', () => true);
    expect(made).toMatchObject({ fields: { 'q.times': 'typed' } });
    if (typeof made === 'boolean') throw new Error('not followed');
    const holds = evaluator(made.tree);
    expect(holds({ scopes: [{ 'q.times': 4 }] })).toBe(true);
    expect(holds({ scopes: [{ 'q.times': 2 }] })).toBe(false);
    expect(holds({ scopes: [{}] })).toBe(null);
  });

  it('what stands elsewhere stands in them as it is stored', () => {
    const answers = { q: { held: 'yes' }, rows: [{ id: 'a', size: 'large', n: 5 }] };
    const inEntry = rule('rows.n', answers, 'rows.a', (_, isInnermost) => isInnermost);
    expect(inEntry).toMatchObject({ fields: { 'rows.a.size': 'one' } });
    if (typeof inEntry === 'boolean') throw new Error('not followed');
    expect(evaluator(inEntry.tree)({ scopes: [{ 'rows.a.size': 'large' }] })).toBe(true);
    const inLast = rule('last.sum', answers, '', ({ id }) => id.startsWith('last.'));
    expect(inLast).toMatchObject({ fields: { 'last.means': 'several' } });
    if (typeof inLast === 'boolean') throw new Error('not followed');
    expect(evaluator(inLast.tree)({ scopes: [{ 'last.means': ['phone'] }] })).toBe(true);
    expect(evaluator(inLast.tree)({ scopes: [{ 'last.means': ['phone', 'visit'] }] })).toBe(false);
  });

  it('nothing stands in them of a section that the visitor does not see, but whether something holds', () => {
    const isField = ({ id }: Item): boolean => id.startsWith('last.');
    const isLast = (section: string): boolean => section === 'last';
    const rows = [{ id: 'a', size: 'large', n: 5 }];
    const answers = { q: { held: 'yes' }, rows, last: { means: ['phone'] } };
    expect(JSON.stringify(rule('last.over', answers, '', isField))).toContain('5');
    expect(rule('last.over', answers, '', isField, isLast)).toBe(true);
    expect(rule('last.over', { ...answers, rows: [] }, '', isField, isLast)).toBe(false);
    expect(rule('last.sum', answers, '', isField, isLast)).toEqual(rule('last.sum', answers, '', isField));
  });

  it('one that reads nothing on it is decided by the server', () => {
    const answers = { q: { held: 'yes' }, rows: [{ id: 'a', size: 'large', n: 1 }] };
    expect(rule('last.any', answers, '', ({ id }) => id.startsWith('last.'))).toBe(true);
    expect(rule('last.any', {}, '', ({ id }) => id.startsWith('last.'))).toBe(false);
  });
});
