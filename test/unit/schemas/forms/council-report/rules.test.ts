import { describe, expect, it } from 'vitest';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import type { Json } from '../../../../../schemas/values/json.ts';
import { round, strikes } from '../returns.ts';

const refused = (...bodies: Json[]) => strikes(councilReport2024, 'refuse', { bodies });
const asked = (...bodies: Json[]) => strikes(councilReport2024, 'askReason', { bodies });
const noted = (...bodies: Json[]) => strikes(councilReport2024, 'note', { bodies });

const body = { id: 'b', name: 'こども部会', kind: 'subcommittee', meetings: 3, members: 12 };
const plan = (per: string, min: number, max = min) => ({ per, times: { min, max } });

describe('the tree of bodies', () => {
  it('stands with every parent there', () => {
    expect(refused({ ...body, id: 'a' }, { ...body, parent: 'a' })).toEqual([]);
  });

  it('refuses a parent that is not there', () => {
    expect(refused({ ...body, parent: 'gone' })).toEqual(['bodies.b.parent.unknown-parent']);
  });

  it('refuses cycles at every body on them, and nowhere else', () => {
    expect(refused({ ...body, parent: 'b' })).toEqual(['bodies.b.parent.parent-cycle']);
    expect(
      refused(
        { ...body, id: 'a', parent: 'c' },
        { ...body, id: 'b', parent: 'a' },
        { ...body, id: 'c', parent: 'b' },
        { ...body, id: 'd', parent: 'a' },
      ),
    ).toEqual(['bodies.a.parent.parent-cycle', 'bodies.b.parent.parent-cycle', 'bodies.c.parent.parent-cycle']);
  });
});

describe('the members’ term', () => {
  const term = (from: number, to: number) => ({ profile: { term: { from, to } } });

  it('does not end before it begins', () => {
    expect(strikes(councilReport2024, 'refuse', term(2023, 2022))).toEqual(['profile.term.term-reversed']);
    expect(strikes(councilReport2024, 'refuse', term(2023, 2023))).toEqual([]);
  });

  it('is asked about when it ended before the period, which begins in April 2023', () => {
    expect(strikes(councilReport2024, 'askReason', term(2020, 2022))).toEqual(['profile.term.term-over']);
    expect(strikes(councilReport2024, 'askReason', term(2021, 2023))).toEqual([]);
  });
});

describe('委員構成', () => {
  it('adds up to the number of members, where it is given', () => {
    expect(asked({ ...body, composition: { medical: 5, education: 6 } })).toEqual(['bodies.b.members.composition-sum']);
    expect(asked({ ...body, composition: { medical: 5, education: 7 } })).toEqual([]);
    expect(asked({ ...body, composition: {} })).toEqual([]);
    expect(asked(body)).toEqual([]);
  });

  it('is not compared with a number of members not yet answered, but with one that does not apply', () => {
    const { members: _, ...open } = body;
    expect(asked({ ...open, composition: { medical: 5 } })).toEqual([]);
    expect(asked({ ...body, members: null, composition: { medical: 5 } })).toEqual([
      'bodies.b.members.composition-sum',
    ]);
  });

  it('is worth a note without 障害当事者団体等', () => {
    expect(noted({ ...body, themes: ['x'], composition: { medical: 12 } })).toEqual([
      'bodies.b.composition.personsAndFamilies.no-persons-concerned',
    ]);
    expect(noted({ ...body, themes: ['x'], composition: { medical: 11, personsAndFamilies: 1 } })).toEqual([]);
    expect(noted({ ...body, themes: ['x'] })).toEqual([]);
  });
});

describe('sessions', () => {
  const held = (...dates: string[]) => ({
    ...body,
    meetings: dates.length,
    sessions: dates.map((heldOn, index) => ({ id: `s${index + 1}`, heldOn })),
  });

  it.each([
    ['2023-03-31', true],
    ['2023-04-01', false],
    ['2024-09-30', false],
    ['2024-10-01', true],
    ['2023-03', true],
    ['2023-04', false],
    ['2023', false],
    ['2022', true],
  ])('on %s outside April 2023 to September 2024: %s', (date, outside) => {
    expect(asked(held(date))).toEqual(outside ? ['bodies.b.sessions.s1.heldOn.outside-period'] : []);
  });

  it('leaves what is no date to the reading of dates', () => {
    expect(asked(held('9月'))).toEqual([]);
  });

  it('asks about two on one day, but not in one month', () => {
    expect(asked(held('2024-05-01', '2024-05-01'))).toEqual(['bodies.b.sessions.s2.heldOn.same-day']);
    expect(asked(held('2024-05', '2024-05', '2024-05-01'))).toEqual([]);
    expect(asked(held('2024-05-01'), { ...held('2024-05-01'), id: 'c' })).toEqual([]);
  });

  it('notes that not all are listed, once any is', () => {
    const themed = { ...held('2024-05-01', '2024-06-05'), themes: ['x'] };
    expect(noted({ ...themed, meetings: 3 })).toEqual(['bodies.b.sessions.sessions-listed']);
    expect(noted({ ...themed, meetings: null })).toEqual(['bodies.b.sessions.sessions-listed']);
    expect(noted(themed)).toEqual([]);
    expect(noted({ ...body, themes: ['x'] })).toEqual([]);
  });
});

describe('開催回数', () => {
  it('of 0 is asked about once, with the usual reasons ready', () => {
    expect(asked({ ...body, meetings: 0, planned: plan('month', 1) })).toEqual(['bodies.b.meetings.no-meetings']);
    expect(asked({ ...body, meetings: null })).toEqual([]);
    const { rule } = councilReport2024.rules.find((each) => each.rule.name === 'no-meetings') ?? {};
    expect(rule?.readyMade).toEqual(['隔年開催', '有期限のため終了', '休止中']);
  });

  it.each([
    ['a yearly plan gives 6 in 18 months', plan('year', 4), 2, 3],
    ['a monthly plan gives 18', plan('month', 1), 8, 9],
    ['a weekly plan gives 78', plan('week', 1), 38, 39],
    ['the fewest of a range count', plan('year', 4, 12), 2, 3],
    ['meetings as needed come on top', { ...plan('year', 4), asNeeded: true }, 2, 3],
  ])('below half of the plan is asked about: %s', (_, planned, few, enough) => {
    expect(asked({ ...body, planned, meetings: few })).toEqual(['bodies.b.meetings.fewer-than-planned']);
    expect(asked({ ...body, planned, meetings: enough })).toEqual([]);
  });

  it('takes a plan over the period of the round', () => {
    const aYear = { ...round, period: { from: '2024-04', to: '2025-03' } };
    const answers = { bodies: [{ ...body, planned: plan('year', 4), meetings: 2 }] };
    expect(strikes(councilReport2024, 'askReason', answers, { round: aYear })).toEqual([]);
  });

  it('has nothing to fall short of when meetings are held as needed', () => {
    expect(asked({ ...body, planned: 'asNeeded', meetings: 1 })).toEqual([]);
  });
});

describe('themes', () => {
  it('are missed where there are members', () => {
    expect(noted(body)).toEqual(['bodies.b.themes.no-theme']);
    expect(noted({ ...body, themes: [] })).toEqual(['bodies.b.themes.no-theme']);
    expect(noted({ ...body, members: 0 })).toEqual([]);
    expect(noted({ ...body, members: null })).toEqual([]);
  });
});

describe('the eight functions', () => {
  const themed = { ...body, themes: ['x'] };
  const all = ['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8'];

  it('are noted one by one where no body covers them, once any body has answered', () => {
    expect(
      noted({ ...themed, functions: ['f1', 'f2', 'f3', 'f4'] }, { ...themed, id: 'c', functions: ['f5'] }),
    ).toEqual(['bodies.f6-uncovered', 'bodies.f7-uncovered', 'bodies.f8-uncovered']);
    expect(noted({ ...themed, functions: all })).toEqual([]);
    expect(noted(themed)).toEqual([]);
  });

  it.each([
    ['ward', ['f7', 'f8']],
    ['block', ['f1', 'f3', 'f6', 'f7', 'f8']],
    ['city', ['f1', 'f4']],
  ])('at the tier %s are noted where the guideline places them elsewhere', (tier, misplaced) => {
    expect(noted({ ...themed, functions: all, tier })).toEqual(
      misplaced.map((each) => `bodies.b.functions.${each}-misplaced`),
    );
  });
});
