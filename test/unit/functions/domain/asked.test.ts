import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedAnswers, isAsked, mayBeAsked } from '../../../../functions/domain/asked.ts';
import { form } from '../../../../schemas/form.ts';
import { choice, choices, count, group, list, section } from '../../../../schemas/kinds/question.ts';
import type { Answers } from '../../../../schemas/values/json.ts';
import { answersOf } from '../../support/arbitrary-answers.ts';
import { realForms, saitamaCodes } from '../../support/real-forms.ts';
import { scratchForm } from '../../support/scratch-form.ts';

const yesNo = { yes: 'はい', no: 'いいえ' };
const chain = form(
  'chain',
  1,
  { title: '', units: 'municipality', help: '' },
  {
    a: section('甲', {
      first: choice('一', yesNo),
      second: choice('二', yesNo).when({ first: 'yes' }),
      third: count('三', '件').when({ second: ['yes', 'no'] }),
      many: choices('複数', { x: '甲', y: '乙', other: 'その他' }),
      part: group('組', { inner: count('内', '件'), deeper: count('奥', '件').when({ 'a.many': 'y' }) }).when({
        first: 'yes',
      }),
    }),
    b: section('乙', { elsewhere: count('他', '件').when({ 'a.second': 'yes' }) }),
    c: list('丙', 3, { kind: choice('種別', yesNo), n: count('数', '件').when({ kind: 'yes' }) }),
  },
);

function asked(id: string, answers: Answers): boolean {
  const item = chain.items.get(id);
  if (item === undefined) throw new RangeError(id);
  return isAsked(item, [answers]);
}

describe('a question that is not asked yet', () => {
  const may = (id: string, answers: Answers): boolean => {
    const item = chain.items.get(id);
    if (item === undefined) throw new RangeError(id);
    return mayBeAsked(item, [answers]);
  };

  it('may be, while what it hangs on is open', () => {
    expect(may('a.third', {})).toBe(true);
    expect(may('a.third', { a: { first: 'yes' } })).toBe(true);
    expect(may('b.elsewhere', { a: { first: 'yes', second: 'yes' } })).toBe(true);
  });

  it('may not be, once that was answered otherwise, at any distance', () => {
    expect(may('a.second', { a: { first: 'no' } })).toBe(false);
    expect(may('a.third', { a: { first: 'no' } })).toBe(false);
    expect(may('a.third', { a: { first: 'no', second: 'yes' } })).toBe(false);
    expect(may('a.part.deeper', { a: { many: ['x'] } })).toBe(false);
  });
});

describe('a question', () => {
  it('without a condition is always asked', () => {
    expect(asked('a.first', {})).toBe(true);
    expect(asked('c', {})).toBe(true);
  });

  it('is asked when the other holds the value, or one of the values', () => {
    expect(asked('a.second', { a: { first: 'yes' } })).toBe(true);
    expect(asked('a.second', { a: { first: 'no' } })).toBe(false);
    expect(asked('a.third', { a: { first: 'yes', second: 'no' } })).toBe(true);
  });

  it('is not asked when the other is not answered, null or something else', () => {
    expect(asked('a.second', {})).toBe(false);
    expect(asked('a.second', { a: {} })).toBe(false);
    for (const first of [null, 0, {}, [], true]) expect(asked('a.second', { a: { first } })).toBe(false);
  });

  it('is not asked when it hangs on one that is not asked itself, whatever that holds', () => {
    expect(asked('a.third', { a: { first: 'no', second: 'yes' } })).toBe(false);
    expect(asked('a.third', { a: { second: 'yes' } })).toBe(false);
    expect(asked('b.elsewhere', { a: { first: 'no', second: 'yes' } })).toBe(false);
    expect(asked('b.elsewhere', { a: { first: 'yes', second: 'yes' } })).toBe(true);
  });

  it('hangs on one of many options as soon as it is among those chosen', () => {
    expect(asked('a.manyOther', { a: { many: ['x', 'other'] } })).toBe(true);
    expect(asked('a.manyOther', { a: { many: ['x'] } })).toBe(false);
    expect(asked('a.manyOther', { a: { many: [] } })).toBe(false);
  });

  it('inside a group needs the group’s conditions and its own', () => {
    expect(asked('a.part.inner', { a: { first: 'yes' } })).toBe(true);
    expect(asked('a.part.deeper', { a: { first: 'yes', many: ['y'] } })).toBe(true);
    expect(asked('a.part.deeper', { a: { first: 'no', many: ['y'] } })).toBe(false);
    expect(asked('a.part.deeper', { a: { first: 'yes', many: ['x'] } })).toBe(false);
  });
});

describe('the asked answers', () => {
  it('leave out what is not asked, chains included', () => {
    const a = { first: 'no', second: 'yes', third: 3, many: ['other'], manyOther: 'x', part: { inner: 1 } };
    expect(askedAnswers(chain.sections, { a, b: { elsewhere: 1 } })).toEqual({
      a: { first: 'no', many: ['other'], manyOther: 'x' },
      b: {},
    });
  });

  it('judge every entry of a list by itself, keep its id, and leave it out when it says nothing', () => {
    const c = [{ id: 'p', kind: 'yes', n: 1 }, { id: 'q', kind: 'no', n: 2 }, { id: 'r', n: 3 }, { id: 's' }];
    expect(askedAnswers(chain.sections, { c })).toEqual({
      c: [
        { id: 'p', kind: 'yes', n: 1 },
        { id: 'q', kind: 'no' },
      ],
    });
  });

  it('do not take a list of empty entries for one without any', () => {
    expect(askedAnswers(chain.sections, { c: [{ id: 'p' }, { id: 'q' }] })).toEqual({});
    expect(askedAnswers(chain.sections, { c: [] })).toEqual({ c: [] });
  });

  it('keep null, 0 and [] as they are', () => {
    const first = { status: 'yes', detail: 'a', more: 0, functions: null, visitors: null, partners: [], goals: [] };
    expect(askedAnswers(scratchForm.sections, { first, units: [] })).toEqual({ first, units: [] });
  });

  it.each(realForms)('are all answers of a well-formed return of %s', (_, form) => {
    assert(
      property(answersOf(form, { municipalities: saitamaCodes }), (answers) => {
        expect(askedAnswers(form.sections, answers)).toEqual(answers);
      }),
      { numRuns: 40 },
    );
  });
});
