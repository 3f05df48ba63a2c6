import { describe, expect, test } from 'vitest';
import { evaluator } from '../../../../schemas/rules/evaluate.ts';
import { readRule } from '../../../../schemas/rules/print.ts';
import { about, scratch, value } from './support.ts';

const answers = {
  q: {
    held: 'yes',
    times: 4,
    means: ['phone', 'visit'],
    note: '𠮷野の件',
    heldOn: '2024-05',
    plan: { per: 'month', times: { min: 1, max: 2 } },
    term: { from: 2023, to: 2024 },
    with: ['112038'],
    persons: null,
  },
  staff: { table: { full: 3 }, handled: { physical: { persons: 2, times: 5 }, mental: { persons: 4 } } },
  offices: [
    { id: 'a', name: '甲', size: 'large', staff: 8, openedOn: '2020-04-01' },
    { id: 'b', name: '乙', size: 'small', openedOn: '2020-04-01' },
    { id: 'c', name: '丙', staff: 2, openedOn: '2020-04' },
  ],
};

describe('nothing answered is null', () => {
  test.each([
    ['q.inner.a = null', true],
    ['q.inner.a != 3', true],
    ['q.inner.a > 3', null],
    ['q.inner.a > 3 and q.times = 4', null],
    ['q.inner.a > 3 and q.times = 5', false],
    ['q.inner.a > 3 or q.times = 4', true],
    ['not(q.inner.a > 3)', null],
    ['(if q.inner.a > 3 then 1 else 2) = 2', true],
    ['(q.inner.a in [1, 2])', false],
    ['answered(q.inner.a)', false],
    ['answered(q.persons)', true],
    ['empty(q.persons)', true],
    ['not applicable(q.persons)', true],
    ['not applicable(q.inner.a)', false],
    ['total(q.inner) = null', true],
    ['sum(offices.staff) = null', true],
    ['total(offices.staff) = 10', true],
  ])('%s: %s', (text, result) => expect(value(text, [answers])).toBe(result));
});

describe('functions', () => {
  test.each([
    ['count(offices[staff > 1]) = 2', true],
    ['sum(offices[staff != null].staff) = 10', true],
    ['max(offices[staff != null].staff) - min(q.times, 9) = 4', true],
    ['some o in offices satisfies o.size = "small" and o.staff = null', true],
    ['every o in offices satisfies o.staff > 1', false],
    ['every o in offices satisfies o.name != null', true],
    ['"phone" in q.means', true],
    ['list contains(q.means, "mail")', false],
    ['(unit.code in q.with)', false],
    ['(q.held in ["no", "partly"])', false],
    ['contains(q.note, "野")', true],
    ['string length(q.note) = 4', true],
    ['total(staff.table) = 3', true],
    ['total(staff.handled) = 11', true],
    ['total(staff.handled.persons) = 6', true],
    ['total(staff.handled.physical) = 7', true],
    ['some r in staff.handled satisfies r.times < r.persons', false],
    ['some r in staff.handled satisfies r.times = null', true],
    ['planned(q.plan) = 12', true],
    ['fiscal year(q.heldOn) = 2024', true],
    ['q.term.to < round.fiscalYear', true],
    ['outside period(q.heldOn)', false],
    ['q.heldOn = "2024"', true],
    ['q.heldOn < "2024-05-20"', false],
    ['q.heldOn <= "2024-06"', true],
    ['(q.heldOn in ["2023", "2024"])', true],
    ['(q.heldOn in ["2024-06", "2024-07"])', false],
    ['list contains(offices.openedOn, "2020")', true],
    ['list contains(offices.openedOn, "2021")', false],
    ['round half up(q.times / 3, 2) = 1.33', true],
    ['round half up(q.times * 0.00125, 2) = 0.01', true],
    ['round half up(-q.times / 1.6, 0) = -3', true],
    ['round half up(q.times / 90000000, 2) = 0', true],
    ['round half up(q.times / 5000000, 6) = 0.000001', true],
    ['round half up(q.times * 100000000000000000000, 2) = q.times * 100000000000000000000', true],
    ['q.times * 0.1 + 0.2 = 0.6', true],
    ['q.times / 0 = null', true],
    ['abs(1 - q.times) = 3', true],
    ['unit.kind = "city" and q.times = 4', true],
    ['count(unit.members) = 2 and q.times = 4', true],
  ])('%s: %s', (text, result) => expect(value(text, [answers])).toBe(result));
});

describe('in an entry', () => {
  const [first, second, third] = answers.offices;
  test('names are its own, and ids the whole return', () => {
    expect(
      value('staff = 8 and sum(offices[staff != null].staff) = 10', [answers, first ?? {}], { at: 'offices.staff' }),
    ).toBe(true);
    expect(value('staff = null and q.times = 4', [answers, second ?? {}], { at: 'offices.staff' })).toBe(true);
  });
  test('repeated says that an earlier entry has the same whole day', () => {
    const repeated = [first, second, third].map((entry) =>
      value('repeated(openedOn)', [answers, entry ?? {}], { at: 'offices.openedOn' }),
    );
    expect(repeated).toEqual([false, true, null]);
  });
});

describe('the last accepted return', () => {
  const at = { at: 'q.times' };
  test.each([
    [{ times: 1 }, { times: 4 }, false],
    [{ times: 0 }, { times: 3 }, true],
    [{ times: 3 }, { times: 0 }, true],
    [{ times: 10 }, { times: 16 }, true],
    [{ times: 10 }, { times: 15 }, false],
    [{ times: 100 }, { times: 50 }, false],
    [{ times: 'x' }, { times: 50 }, null],
    [{}, { times: 50 }, null],
  ])('%j then %j is an abrupt change: %s', (before, now, result) =>
    expect(value('abrupt change(times)', [{ q: now }], at, [{ q: before }])).toBe(result),
  );
  test.each([
    ['yes', 'no', true],
    ['no', 'partly', false],
    ['gone', 'no', null],
  ])('%s then %s went back: %s', (before, now, result) =>
    expect(value('went back(held)', [{ q: { held: now } }], at, [{ q: { held: before } }])).toBe(result),
  );
  test('a previous answer that no longer fits is null', () => {
    expect(value('previous.held = null', [{}], at, [{ q: { held: 'gone' } }])).toBe(true);
    expect(value('previous.times = null', [{}], at, [{ q: { times: 'many' } }])).toBe(true);
    expect(value('previous.times = 3', [{}], at, [{ q: { times: 3 } }])).toBe(true);
  });
  test('same as last time leaves internal sections out', () => {
    const now = { q: { times: 4 }, contact: { person: '甲' } };
    expect(value('same as last time()', [now], {}, [{ q: { times: 4 }, contact: { person: '乙' } }])).toBe(true);
    expect(value('same as last time()', [now], {}, [{ q: { times: 5 } }])).toBe(false);
    expect(value('same as last time()', [now], {}, [undefined])).toBe(null);
  });
});

test('what takes more than 200,000 steps is null, and is told', () => {
  const read = readRule('some a in offices satisfies some b in offices satisfies a.staff + b.staff < 0', scratch, {
    use: 'rule',
  });
  if (!read.ok) throw new Error('refused');
  const offices = Array.from({ length: 600 }, (_, index) => ({ id: String(index), staff: index }));
  let told = 0;
  const run = evaluator(read.rule.tree);
  const exceeded = (): void => {
    told += 1;
  };
  expect(run({ scopes: [{ offices }], previous: [], about, exceeded })).toBe(null);
  expect(run({ scopes: [{ offices: offices.slice(0, 60) }], previous: [], about, exceeded })).toBe(false);
  expect(told).toBe(1);
});
