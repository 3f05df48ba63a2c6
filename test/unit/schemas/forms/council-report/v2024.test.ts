import { describe, expect, it } from 'vitest';
import { councilReport2024 } from '../../../../../schemas/forms/council-report/v2024.ts';
import type { ReportingUnit } from '../../../../../schemas/directory.ts';

const items = [...councilReport2024.items.values()];

const categories = [
  'consultationProviders',
  'employmentLifeCentres',
  'developmentalCentres',
  'serviceProviders',
  'medical',
  'education',
  'companies',
  'elderlyCare',
  'personsAndFamilies',
  'rightsGroups',
  'academics',
  'helloWork',
  'healthCentres',
  'nurseries',
  'childGuidance',
  'municipalStaff',
  'prefecturalStaff',
  'disabilityCounsellors',
  'welfareCommissioners',
  'chiefChildCommissioners',
  'residents',
  'other',
];

describe('協議会活動報告書', () => {
  it('asks every council', () => {
    expect(councilReport2024.units).toBe('council');
  });

  it('asks exactly these questions', () => {
    expect(items.map(({ id }) => id)).toEqual([
      'profile',
      'profile.secretariat',
      'profile.establishedOn',
      'profile.operation',
      'profile.operationNote',
      'profile.purpose',
      'profile.goals',
      'profile.term',
      'profile.organisations',
      'profile.partners',
      'profile.partners.name',
      'profile.partners.role',
      'profile.events',
      'profile.events.name',
      'profile.events.heldOn',
      'bodies',
      'bodies.name',
      'bodies.kind',
      'bodies.kindOther',
      'bodies.countedAsSubcommittee',
      'bodies.role',
      'bodies.parent',
      'bodies.tier',
      'bodies.functions',
      'bodies.limitedUntil',
      'bodies.planned',
      'bodies.meetings',
      'bodies.members',
      'bodies.composition',
      ...categories.map((category) => `bodies.composition.${category}`),
      'bodies.themes',
      'bodies.sessions',
      'bodies.sessions.title',
      'bodies.sessions.heldOn',
      'bodies.sessions.items',
      'bodies.sessions.items.kind',
      'bodies.sessions.items.kindOther',
      'bodies.sessions.items.text',
      'bodies.futureIssues',
    ]);
  });

  it('must have the marked ones answered', () => {
    expect(items.filter(({ definition }) => definition.required).map(({ id }) => id)).toEqual([
      'profile.secretariat',
      'profile.establishedOn',
      'profile.operation',
      'profile.partners.name',
      'profile.events.name',
      'bodies',
      'bodies.name',
      'bodies.kind',
      'bodies.meetings',
      'bodies.members',
    ]);
  });

  it('lets meetings and members, and nothing else, not apply', () => {
    expect(items.filter(({ definition }) => definition.nullable).map(({ id }) => id)).toEqual([
      'bodies.meetings',
      'bodies.members',
    ]);
  });

  it('keeps only the texts beside その他 to the prefecture', () => {
    expect(items.filter(({ visibility }) => visibility !== 'open').map(({ id }) => id)).toEqual([
      'bodies.kindOther',
      'bodies.sessions.items.kindOther',
    ]);
  });

  it('withholds 事例検討 from public files', () => {
    expect(councilReport2024.items.get('bodies.sessions.items')?.definition).toMatchObject({
      withheld: { kind: 'caseStudy' },
    });
  });

  it('counts meetings over the period', () => {
    expect(items.filter(({ definition }) => definition.overPeriod === true).map(({ id }) => id)).toEqual([
      'profile.events',
      'bodies.meetings',
      'bodies.sessions',
    ]);
  });

  it('prints the eight functions whole', () => {
    const { definition } = councilReport2024.items.get('bodies.functions') ?? {};
    expect(definition).toMatchObject({
      options: {
        f1: '個別事例への支援のあり方に関する協議、調整',
        f2: '地域における障害者等への支援体制等に関する課題（以下、「地域課題」という）の抽出、把握及び共有',
        f8: '地域における課題等について都道府県協議会への必要な応じた報告及び都道府県協議会との連携',
      },
    });
  });
});

describe('measures', () => {
  const one: ReportingUnit = { code: 'a', name: 'A市協議会', kind: null, members: ['112011'], editor: '112011' };
  const two: ReportingUnit = { ...one, members: ['112011', '112020'] };
  const measured = (id: string, answers: unknown, unit = one) =>
    councilReport2024.measures.find(({ measure }) => measure.id === id)?.measure.of(answers, unit);

  const body = { id: 'x', name: 'x', members: 1 };
  const report = {
    bodies: [
      { ...body, id: 'p1', kind: 'plenary', meetings: 2 },
      { ...body, id: 'p2', kind: 'plenary', meetings: null },
      { ...body, id: 'p3', kind: 'plenary', meetings: 1 },
      { ...body, id: 's1', kind: 'subcommittee', meetings: 9 },
      { ...body, id: 's2', kind: 'subcommittee', meetings: 0, countedAsSubcommittee: 'no' },
      { ...body, id: 'l1', kind: 'liaison', meetings: 4, countedAsSubcommittee: 'yes' },
      { ...body, id: 'l2', kind: 'liaison', meetings: 4 },
    ],
  };

  it('are public', () => {
    expect(councilReport2024.measures.map(({ measure, visibility }) => [measure.id, visibility])).toEqual([
      ['councils', 'open'],
      ['councils.arrangement', 'open'],
      ['plenaryMeetings', 'open'],
      ['subcommittees', 'open'],
    ]);
  });

  it('count each council once, as single or joint by its members', () => {
    expect(measured('councils', report)).toBe(1);
    expect(measured('councils.arrangement', report)).toBe('single');
    expect(measured('councils.arrangement', report, two)).toBe('joint');
  });

  it('add up the plenary meetings', () => {
    expect(measured('plenaryMeetings', report)).toBe(3);
    expect(measured('plenaryMeetings', {})).toBeNull();
  });

  it('count subcommittees as answered, else by their kind', () => {
    expect(measured('subcommittees', report)).toBe(2);
    expect(measured('subcommittees', { bodies: [] })).toBe(0);
  });
});
