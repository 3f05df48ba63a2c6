import { describe, expect, it } from 'vitest';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';

const items = [...municipalSurvey2024.items.values()];
const withVisibility = (level: string) => items.filter(({ visibility }) => visibility === level).map(({ id }) => id);
const conditionOf = (id: string) =>
  municipalSurvey2024.items.get(id)?.conditions.map(({ on, values }) => `${on.id}=${values.join('|')}`);

const topics = [
  'consultationQuality',
  'employment',
  'children',
  'rightsProtection',
  'workforce',
  'socialResources',
  'medicalCare',
  'housing',
  'communityTransition',
  'disaster',
  'leisure',
];
const widerArea = ['issues.widerArea', ...topics.map((topic) => `issues.widerArea.${topic}`)];
const contact = [
  'contact',
  'contact.department',
  'contact.person',
  'contact.email',
  'contact.phone',
  'contact.remarks',
];

describe('市町村調査票', () => {
  it('asks every municipality', () => {
    expect(municipalSurvey2024.units).toBe('municipality');
  });

  it('asks exactly these questions', () => {
    expect(items.map(({ id }) => id)).toEqual([
      'establishment',
      'establishment.status',
      'establishment.form',
      'activity',
      'activity.agenda',
      'activity.agendaOther',
      'activity.roles',
      'activity.rolesOther',
      'issues',
      'issues.raised',
      'issues.captureMethods',
      'issues.captureMethodsOther',
      'issues.caseSelection',
      'issues.caseSelectionOther',
      'issues.initiatives',
      'issues.initiativesOther',
      ...widerArea,
      'revitalisation',
      'revitalisation.plenary',
      'revitalisation.plenaryOther',
      'revitalisation.plenaryReason',
      'revitalisation.subcommittees',
      'revitalisation.subcommitteesOther',
      'revitalisation.subcommitteesReason',
      'consultation',
      'consultation.commissioned',
      'consultation.generalTransition',
      'consultation.generalSettlement',
      'consultation.specific',
      'consultation.children',
      'bases',
      'bases.status',
      'bases.arrangement',
      'bases.type',
      'bases.partners',
      'bases.plannedFor',
      'bases.coordinators',
      'bases.functions',
      'coreCentre',
      'coreCentre.status',
      'coreCentre.ledBy',
      'coreCentre.centres',
      'coreCentre.centres.name',
      'coreCentre.centres.arrangement',
      'coreCentre.centres.partners',
      'coreCentre.centres.operation',
      'coreCentre.centres.functions',
      'coreCentre.centres.functionsOther',
      ...contact,
    ]);
  });

  it('must have the marked ones answered', () => {
    expect(items.filter(({ definition }) => definition.required).map(({ id }) => id)).toEqual([
      'establishment.status',
      'establishment.form',
      'activity.agenda',
      'activity.roles',
      'issues.raised',
      'issues.captureMethods',
      'issues.caseSelection',
      'issues.initiatives',
      'revitalisation.plenary',
      'revitalisation.subcommittees',
      'consultation.commissioned',
      'consultation.generalTransition',
      'consultation.generalSettlement',
      'consultation.specific',
      'consultation.children',
      'bases.status',
      'bases.arrangement',
      'bases.type',
      'bases.functions',
      'coreCentre.status',
      'coreCentre.centres.name',
      'coreCentre.centres.arrangement',
      'coreCentre.centres.operation',
    ]);
  });

  it('publishes these as totals only', () => {
    expect(withVisibility('tally')).toEqual([
      'issues.raised',
      'issues.captureMethods',
      'issues.caseSelection',
      'issues.initiatives',
      ...widerArea,
      'revitalisation.plenary',
      'revitalisation.subcommittees',
    ]);
  });

  it('keeps these to the prefecture', () => {
    expect(withVisibility('internal')).toEqual([
      'activity.agendaOther',
      'activity.rolesOther',
      'issues.captureMethodsOther',
      'issues.caseSelectionOther',
      'issues.initiativesOther',
      'revitalisation.plenaryOther',
      'revitalisation.plenaryReason',
      'revitalisation.subcommitteesOther',
      'revitalisation.subcommitteesReason',
      'coreCentre.centres.functionsOther',
      ...contact,
    ]);
  });

  it.each([
    ['establishment.form', ['establishment.status=established']],
    ['activity.agenda', ['establishment.status=established']],
    ['activity.agendaOther', ['activity.agenda=other']],
    ['activity.roles', ['establishment.status=established']],
    ['issues.raised', ['establishment.status=established']],
    ['issues.captureMethods', ['issues.raised=yes']],
    ['issues.caseSelection', ['issues.raised=yes']],
    ['issues.initiatives', ['issues.raised=yes']],
    ['issues.widerArea.workforce', ['issues.raised=yes']],
    ['revitalisation.plenary', ['establishment.status=established']],
    ['revitalisation.plenaryReason', ['establishment.status=established']],
    ['revitalisation.subcommittees', ['establishment.status=established']],
    ['revitalisation.subcommitteesReason', ['establishment.status=established']],
    ['consultation.specific', []],
    ['bases.arrangement', ['bases.status=established']],
    ['bases.type', ['bases.status=established']],
    ['bases.partners', ['bases.arrangement=joint']],
    ['bases.plannedFor', ['bases.status=considering']],
    ['bases.coordinators', ['bases.status=established']],
    ['bases.functions', ['bases.status=established']],
    ['coreCentre.ledBy', ['coreCentre.status=established']],
    ['coreCentre.centres', ['coreCentre.status=established']],
    ['coreCentre.centres.partners', ['coreCentre.centres.arrangement=joint']],
  ])('asks %s if %j', (id, conditions) => {
    expect(conditionOf(id)).toEqual(conditions);
  });

  it('names the year that 活性化 is compared with where the round fills it in', () => {
    const labels = ['plenary', 'subcommittees'].map(
      (id) => municipalSurvey2024.items.get(`revitalisation.${id}`)?.definition.label,
    );
    expect(labels).toEqual(['全体会の活性化（{compareYear}との比較）', '専門部会等の活性化（{compareYear}との比較）']);
  });

  it('tallies the rows of 広域又は県全体 over those asked, with the sum of both as any', () => {
    const { definition, kind } = municipalSurvey2024.items.get('issues.widerArea.workforce') ?? {};
    expect(definition?.label).toBe('福祉人材（マンパワー）の確保');
    expect(kind?.figures).toMatchObject({
      options: { prefecture: '県全域', region: '広域' },
      totalLabel: '県全域又は広域',
      base: 'asked',
    });
  });
});
