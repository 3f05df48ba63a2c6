import { describe, expect, it } from 'vitest';
import { coordinationMeeting2024 } from '../../../../../schemas/forms/coordination-meeting/v2024.ts';
import { strikes } from '../returns.ts';

describe('支援調整会議実施状況票', () => {
  it('asks municipalities with a welfare office', () => {
    expect(coordinationMeeting2024.units).toBe('welfareOffice');
  });

  it('asks exactly these questions', () => {
    const program = (id: string) => [id, `${id}.operation`, `${id}.contractors`, `${id}.contractorsOther`];
    expect([...coordinationMeeting2024.items.keys()]).toEqual([
      'population',
      'population.count',
      'population.asOf',
      'programs',
      ...program('programs.selfReliance'),
      ...program('programs.employmentPreparation'),
      ...program('programs.householdBudget'),
      ...program('programs.childrenLearning'),
      'holding',
      'holding.venue',
      'holding.pattern',
      'holding.meetings',
      'holding.meetings.name',
      'holding.meetings.holding',
      'holding.meetings.frequency',
      'holding.meetings.casesPerMeeting',
      'holding.meetings.minutesPerCase',
      'holding.meetings.purposes',
      'holding.meetings.coreParticipants',
      'holding.meetings.coreParticipantsOther',
      'holding.meetings.otherParticipants',
      'holding.meetings.otherParticipantsOther',
      'holding.meetings.note',
      'holding.afterTheFact',
    ]);
  });

  it('must have the marked ones answered', () => {
    const items = [...coordinationMeeting2024.items.values()];
    expect(items.filter(({ definition }) => definition.required).map(({ id }) => id)).toEqual([
      'population.count',
      'population.asOf',
      'holding.venue',
      'holding.pattern',
      'holding.meetings',
      'holding.meetings.holding',
    ]);
  });

  it('asks for contractors where a programme is commissioned, wholly or in part', () => {
    const { conditions = [] } = coordinationMeeting2024.items.get('programs.householdBudget.contractors') ?? {};
    expect(conditions.map(({ on, values }) => [on.id, values])).toEqual([
      ['programs.householdBudget.operation', ['commissioned', 'both']],
    ]);
  });

  it('keeps nothing but the texts beside その他 to the prefecture', () => {
    const items = [...coordinationMeeting2024.items.values()];
    const hidden = items.filter(({ visibility }) => visibility !== 'open').map(({ id }) => id);
    expect(hidden).toHaveLength(6);
    expect(hidden.filter((id) => !id.endsWith('Other'))).toEqual([]);
  });
});

describe('開催パターン', () => {
  const refused = (pattern: string, ...holdings: string[]) =>
    strikes(coordinationMeeting2024, 'refuse', {
      holding: { pattern, meetings: holdings.map((holding, index) => ({ id: `m${index}`, holding })) },
    });

  it.each([
    ['regular', ['regular'], false],
    ['regular', ['regular', 'regular'], false],
    ['regular', ['asNeeded'], true],
    ['regular', ['regular', 'asNeeded'], true],
    ['asNeeded', ['asNeeded'], false],
    ['asNeeded', ['regular'], true],
    ['asNeeded', ['regular', 'asNeeded'], true],
    ['both', ['regular', 'asNeeded'], false],
    ['both', ['regular'], true],
    ['both', ['asNeeded', 'asNeeded'], true],
  ])('%s with meetings %j disagrees: %s', (pattern, holdings, disagrees) => {
    expect(refused(pattern, ...holdings)).toEqual(disagrees ? ['holding.pattern.pattern-disagrees'] : []);
  });

  it('judges only what is there', () => {
    expect(refused('both')).toEqual([]);
    expect(
      strikes(coordinationMeeting2024, 'refuse', { holding: { meetings: [{ id: 'm', holding: 'regular' }] } }),
    ).toEqual([]);
    const halfDone = { pattern: 'both', meetings: [{ id: 'm1', holding: 'regular' }, { id: 'm2' }] };
    expect(strikes(coordinationMeeting2024, 'refuse', { holding: halfDone })).toEqual([]);
  });
});
