import { describe, expect, it } from 'vitest';
import {
  asOfDate,
  endOf,
  phaseAt,
  roundDefinition,
  roundId,
  startOf,
  storedRoundDefinition,
} from '../../../schemas/round.ts';
import { round as kept } from './forms/returns.ts';

const { id: _id, directoryVersion: _directoryVersion, ...round } = kept;

function issues(change: object): string[] {
  const { error } = roundDefinition.safeParse({ ...round, ...change });
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
}

function phase(change: object, instant: string): string {
  return phaseAt({ ...round, ...change }, new Date(instant));
}

describe('a round', () => {
  it('is its name, dates, period and forms', () => {
    expect(roundDefinition.parse(round)).toEqual(round);
  });

  it('has a period of days, months or years, both ends included', () => {
    expect(issues({ period: { from: '2023-04', to: '2024-09' } })).toEqual([]);
    expect(issues({ period: { from: '2024', to: '2024' } })).toEqual([]);
    expect(issues({ period: { from: '2024-09', to: '2024-09' } })).toEqual([]);
    expect(issues({ period: { from: '2024-09-30', to: '2024-09' } })).toEqual([]);
    expect(issues({ period: { from: '2024-10', to: '2024-09-30' } })).toEqual(['period']);
    expect(issues({ period: { from: '2024-02-30', to: '2024-09' } })).toContain('period.from');
  });

  it('is due after it opens and closes no earlier than it is due', () => {
    expect(issues({ opensAt: '2024-11-29', dueAt: '2024-11-29' })).toEqual([]);
    expect(issues({ opensAt: '2024-11-30', dueAt: '2024-11-29' })).toEqual(['dueAt']);
    expect(issues({ dueAt: '2024-11-29', closesAt: '2024-11-29' })).toEqual([]);
    expect(issues({ dueAt: '2024-11-29', closesAt: '2024-11-28' })).toEqual(['closesAt']);
    expect(issues({ dueAt: '2024-11-29', closesAt: '2024-11-29T23:59:00+09:00' })).toEqual(['closesAt']);
  });

  it('refuses days that do not exist, forms without a version, no forms, and what it does not know', () => {
    expect(issues({ referenceDate: '2024-02-30' })).toEqual(['referenceDate']);
    expect(issues({ asOf: { consultation: '2024-04-31' } })).toEqual(['asOf.consultation']);
    expect(issues({ dueAt: '2024/11/29' })).toEqual(['dueAt']);
    expect(issues({ forms: { 'municipal-survey': 0 } })).toEqual(['forms.municipal-survey']);
    expect(issues({ forms: {} })).toEqual(['forms']);
    for (const name of ['令和6\0年度', '令和6\u000B年度', '令和6\uFFFE年度'])
      expect(issues({ name })).toEqual(['name']);
    expect(roundDefinition.safeParse({ ...round, colour: 'red' }).success).toBe(false);
  });

  it.each(['令和6\u202E年度', '令和6\u200B年度', '令和6\n年度'])('is not called %j, but was once stored so', (name) => {
    expect(issues({ name })).toEqual(['name']);
    expect(storedRoundDefinition.safeParse({ ...round, name }).success).toBe(true);
  });

  it('says in Japanese what is wrong', () => {
    const { error } = roundDefinition.safeParse({ ...round, dueAt: 'soon', closesAt: '2024-13-01' });
    expect(error?.issues).toHaveLength(2);
    for (const { message } of error?.issues ?? []) expect(message).toMatch(/\p{Script=Hiragana}/u);
  });

  it.each(['r6', 'R6-2', '2024'])('may be called %s', (id) => expect(roundId.safeParse(id).success).toBe(true));
  it.each(['', '-r6', 'r6#1', '令和6', 'a'.repeat(33), 'r6/..'])('may not be called %j', (id) =>
    expect(roundId.safeParse(id).success).toBe(false),
  );
});

describe('days and instants', () => {
  it('begin and end at midnight in Japan', () => {
    expect(startOf('2024-10-01')).toBe(Date.parse('2024-09-30T15:00:00Z'));
    expect(endOf('2024-10-01')).toBe(Date.parse('2024-10-01T15:00:00Z'));
  });

  it('are taken as they are when they name a time, in Japan unless they name a place', () => {
    for (const text of [
      '2024-11-29T17:00:00+09:00',
      '2024-11-29T08:00:00Z',
      '2024-11-29T17:00:00',
      '2024-11-29T17:00',
    ]) {
      expect(startOf(text)).toBe(Date.parse('2024-11-29T08:00:00Z'));
      expect(endOf(text)).toBe(Date.parse('2024-11-29T08:00:00Z'));
    }
  });
});

describe('the phase of a round, to the minute in Japan', () => {
  it.each([
    ['2024-09-30T23:59:59+09:00', 'notOpen'],
    ['2024-10-01T00:00:00+09:00', 'open'],
    ['2024-11-29T23:59:59.999+09:00', 'open'],
    ['2024-11-30T00:00:00+09:00', 'late'],
    ['2024-12-13T23:59:00+09:00', 'late'],
    ['2024-12-14T00:00:00+09:00', 'closed'],
    ['2024-12-13T14:59:59Z', 'late'],
    ['2024-12-13T15:00:00Z', 'closed'],
  ])('by bare dates: at %s it is %s', (instant, expected) => {
    expect(phase({ opensAt: '2024-10-01', dueAt: '2024-11-29', closesAt: '2024-12-13' }, instant)).toBe(expected);
  });

  it.each([
    ['2024-10-01T08:29:00+09:00', 'notOpen'],
    ['2024-10-01T08:30:00+09:00', 'open'],
    ['2024-11-29T16:59:59+09:00', 'open'],
    ['2024-11-29T17:00:00+09:00', 'late'],
    ['2024-12-13T16:59:00+09:00', 'late'],
    ['2024-12-13T17:00:00+09:00', 'closed'],
  ])('by instants: at %s it is %s', (instant, expected) => {
    const hours = {
      opensAt: '2024-10-01T08:30:00+09:00',
      dueAt: '2024-11-29T17:00',
      closesAt: '2024-12-13T08:00:00Z',
    };
    expect(phase(hours, instant)).toBe(expected);
  });

  it('is that of a draft at any hour until it is opened, and then that of the clock', () => {
    const dates = { opensAt: '2024-10-01', dueAt: '2024-11-29', closesAt: '2024-12-13' };
    for (const instant of [
      '2024-09-30T23:59:00+09:00',
      '2024-10-01T00:00:00+09:00',
      '2024-11-30T00:00:00+09:00',
      '2024-12-14T00:00:00+09:00',
    ])
      expect(phase({ ...dates, draft: true }, instant)).toBe('draft');
    expect(issues({ draft: false }), 'absent says that it is none').toEqual(['draft']);
  });

  it('is never closed without a closing date', () => {
    expect(phase({}, '2999-12-31T23:59:00+09:00')).toBe('late');
  });

  it('goes from open to closed when it closes as it is due', () => {
    const same = { dueAt: '2024-11-29', closesAt: '2024-11-29' };
    expect(phase(same, '2024-11-29T23:59:00+09:00')).toBe('open');
    expect(phase(same, '2024-11-30T00:00:00+09:00')).toBe('closed');
  });
});

describe('the as-of date', () => {
  it('is the section’s own, or the reference date', () => {
    expect(asOfDate(round, 'consultation')).toBe('2024-04-01');
    expect(asOfDate(round, 'bases')).toBe('2024-09-30');
    expect(asOfDate({ ...round, asOf: undefined }, 'consultation')).toBe('2024-09-30');
  });
});
