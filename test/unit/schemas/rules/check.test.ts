import { describe, expect, test } from 'vitest';
import type { RulePlace } from '../../../../schemas/rules/check.ts';
import { readRule } from '../../../../schemas/rules/print.ts';
import { scratch } from './support.ts';

function errors(text: string, place: Partial<RulePlace> = {}): string[][] {
  const read = readRule(text, scratch, { use: 'rule', ...place });
  return read.ok
    ? []
    : read.errors.map(({ code, message, position, length }) => [
        code,
        text.slice(position, position + length),
        message,
      ]);
}

function codes(text: string, place: Partial<RulePlace> = {}): (string | undefined)[] {
  return errors(text, place).map(([code]) => code);
}

function rule(text: string, place: Partial<RulePlace> = {}): unknown {
  const read = readRule(text, scratch, { use: 'rule', ...place });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.rule;
}

describe('names', () => {
  test.each([
    ['held = "yes"', 'q.times', 'held = "yes"', ['q.held']],
    ['問1 = "yes"', 'q.times', 'held = "yes"', ['q.held']],
    ['問１ = "yes"', 'staff.table', 'q.held = "yes"', ['q.held']],
    ['問1-2 > 0', 'q.times', 'persons > 0', ['q.persons']],
    ['`2` != null', 'q.times', 'note != null', ['q.note']],
    ['list contains(①, "phone")', undefined, 'list contains(q.means, "phone")', ['q.means']],
    ['staff > 0', 'offices.name', 'staff > 0', ['offices.staff']],
    [
      'cases > 0 and staff > 0',
      'offices.visits.on',
      'cases > 0 and staff > 0',
      ['offices.visits.cases', 'offices.staff'],
    ],
    ['sum(問10.staff) > 0', 'q.held', 'sum(offices.staff) > 0', ['offices.staff']],
    ['list contains(offices.size, "large")', 'offices.name', 'list contains(offices.size, "large")', ['offices.size']],
    ['sum(offices.staff) > 0', 'offices.name', 'sum(offices.staff) > 0', ['offices.staff']],
    ['count(問10の1) > 0', 'q.held', 'count(offices.size) > 0', ['offices.size']],
    ['offices.visits = null', 'offices.visits.cases', 'offices.visits = null', ['offices.visits']],
    ['previous.問1の1 > times', 'q.persons', 'previous.times > times', ['q.times']],
    ['total(問8) > 0', 'q.held', 'total(staff.table) > 0', ['staff.table']],
    ['問8.常勤 > 0', 'q.held', 'staff.table.full > 0', ['staff.table.full']],
    ['問8.`非常勤（再掲）` > 0', 'staff.handled', 'table.part > 0', ['staff.table.part']],
    ['問7 > 0', 'q.inner.held', 'a > 0', ['q.inner.a']],
  ])('%s at %s is %s', (text, at, normal, reads) => expect(rule(text, { at })).toMatchObject({ text: normal, reads }));

  test('what is nearer is meant, and never falls outwards', () => {
    expect(rule('held > 1', { at: 'q.inner.a' })).toMatchObject({ reads: ['q.inner.held'] });
    expect(rule('q.held = "yes"', { at: 'q.inner.a' })).toMatchObject({ text: 'q.held = "yes"', reads: ['q.held'] });
  });

  test('a question that is not there is told the nearest', () => {
    expect(errors('問11 = "x" and heldd = "yes"', { at: 'q.times' })).toEqual([
      ['unknown-name', '問11', '「問11」はありません。「問10」ですか。'],
      ['unknown-name', 'heldd', '「heldd」はありません。「held」ですか。'],
    ]);
  });

  test.each([
    ['offices.visits.cases = 1', 'two-lists'],
    ['unit = "a"', 'incomplete-name'],
    ['unit.colour = "a"', 'unknown-name'],
    ['q.term.middle = 1', 'unknown-name'],
    ['q.held.x = 1', 'unknown-name'],
    ['staff.table.none = 1', 'unknown-name'],
    ['some unit in offices satisfies unit.staff > 0', 'reserved-name'],
    ['some 問1 in offices satisfies 問1.staff > 0', 'reserved-name'],
  ])('%s is refused: %s', (text, code) => expect(codes(text)).toEqual([code]));

  test('a number beside its subtraction is refused', () => {
    expect(codes('問1 - 2 > 0')).toContain('ambiguous-number');
    expect(codes('(q.times) - 2 > 0')).toEqual([]);
  });
});

describe('types', () => {
  test.each([
    ['q.times', 'wrong-type'],
    ['q.times = "a"', 'wrong-type'],
    ['q.held = "maybe"', 'unknown-option'],
    ['q.held in ["yes", "maybe"]', 'unknown-option'],
    ['"maybe" in q.means', 'unknown-option'],
    ['list contains(q.means, "maybe")', 'unknown-option'],
    ['q.means = "phone"', 'list-compared'],
    ['q.means in ["phone"]', 'wrong-type'],
    ['q.held < "no"', 'wrong-type'],
    ['q.times < null', 'wrong-type'],
    ['q.heldOn < "spring"', 'not-a-date'],
    ['q.heldOn < 2025', 'wrong-type'],
    ['q.held + 1 > 2', 'wrong-type'],
    ['q.times and q.persons', 'wrong-type'],
    ['not(q.times)', 'wrong-type'],
    ['offices[1].staff = null', 'no-index'],
    ['count(offices[staff]) > 0', 'no-index'],
    ['count(offices[name]) > 0', 'wrong-type'],
    ['some o in offices satisfies o.staff', 'wrong-type'],
    ['some o in q.times satisfies o > 0', 'not-a-list'],
    ['count(q.times) > 0', 'not-a-list'],
    ['sum(staff.table) > 0', 'wrong-type'],
    ['total(q.means) > 0', 'wrong-type'],
    ['answered(q.times + 1)', 'not-a-question'],
    ['went back(q.times)', 'wrong-type'],
    ['abrupt change(q.held)', 'wrong-type'],
    ['repeated(q.heldOn)', 'wrong-type'],
    ['planned(q.times) > 0', 'wrong-type'],
    ['contains(q.held, "y")', 'wrong-type'],
    ['empty(q.times, q.held)', 'wrong-arguments'],
    ['round half up(q.times, q.persons) > 0', 'wrong-arguments'],
    ['(if q.held = "yes" then 1 else "a") = 1', 'wrong-type'],
    ['1 < 2', 'literals-compared'],
    ['"a" in ["a"]', 'literals-compared'],
    ['unit.code = "112020"', 'no-question'],
    ['some a in offices satisfies some b in offices satisfies count(offices[staff > 1]) > 0', 'too-nested'],
  ])('%s is refused: %s', (text, code) => expect(codes(text)).toContain(code));

  test('everything that is wrong is said at once', () =>
    expect(codes('q.times = "a" or 問99 = 1 or q.held = "maybe"')).toEqual([
      'wrong-type',
      'unknown-name',
      'unknown-option',
    ]));
});

describe('uses', () => {
  test('a condition reads earlier questions of the return alone', () => {
    const at = 'q.persons';
    expect(codes('times > 1', { use: 'condition', at })).toEqual([]);
    expect(codes('persons > 1', { use: 'condition', at })).toEqual(['later-question']);
    expect(codes('note != null', { use: 'condition', at })).toEqual(['later-question']);
    expect(codes('q.inner.a > 1', { use: 'condition', at: 'q.inner.held' })).toEqual([]);
    expect(codes('total(q.inner) > 1', { use: 'condition', at: 'q.inner.held' })).toEqual(['later-question']);
    expect(codes('some o in offices satisfies o.staff > 1', { use: 'condition', at: 'contact.person' })).toEqual([]);
    expect(codes('offices.staff > 1', { use: 'condition', at: 'contact.person' })).toEqual(['wrong-type']);
    expect(codes('held = "yes" and unit.kind = "city"', { use: 'condition', at })).toEqual([]);
    expect(codes('times > 1 and round.fiscalYear >= 2025', { use: 'condition', at })).toEqual([]);
    expect(codes('outside period(q.heldOn)', { use: 'condition', at: 'contact.person' })).toEqual([]);
    expect(codes('unit.kind = "city"', { use: 'condition', at })).toEqual(['no-question']);
    expect(codes('previous.held = "yes"', { use: 'condition', at })).toEqual([]);
    expect(codes('previous.persons > 1', { use: 'condition', at })).toEqual(['later-question']);
    expect(codes('went back(held) or abrupt change(times)', { use: 'condition', at })).toEqual([]);
    expect(codes('same as last time()', { use: 'condition', at })).toEqual(['context-in-condition']);
  });

  test('what is withheld reads the entry', () =>
    expect(rule('size = "small"', { use: 'withheld', at: 'offices' })).toMatchObject({ reads: ['offices.size'] }));

  test('what is withheld knows neither unit nor round', () =>
    expect(codes('size = "small" and unit.kind = "city"', { use: 'withheld', at: 'offices' })).toEqual([
      'context-in-condition',
    ]));

  test('a formula and a total are numbers, a class is one of its options', () => {
    expect(codes('total(q.inner) / total(table)', { use: 'computed', at: 'staff.handled' })).toEqual([]);
    expect(codes('held = "yes"', { use: 'computed', at: 'q.times' })).toEqual(['wrong-type']);
    expect(codes('1', { use: 'total' })).toEqual([]);
    const options = { large: '大', small: '小' };
    expect(codes('if count(offices) >= 5 then "large" else "small"', { use: 'class', options })).toEqual([]);
    expect(codes('if count(offices) >= 5 then "large" else "tiny"', { use: 'class', options })).toEqual([
      'unknown-option',
    ]);
  });

  test('that blank is different from any option is a notice where blank is possible', () => {
    expect(rule('offices.size != null')).toMatchObject({ notices: [] });
    expect(rule('q.held != "yes"')).toMatchObject({ notices: [] });
    expect(rule('size != "large"', { at: 'offices.name' })).toMatchObject({ notices: [{ code: 'true-when-blank' }] });
  });
});
