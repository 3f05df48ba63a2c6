import { describe, expect, it } from 'vitest';
import { extend } from '../../../schemas/extend.ts';
import { FormError } from '../../../schemas/form-drafts.ts';
import { municipalSurvey2024 } from '../../../schemas/forms/municipal-survey/v2024.ts';
import { councilReport2024 } from '../../../schemas/forms/council-report/v2024.ts';
import { choice, count, section, text } from '../../../schemas/kinds/question.ts';
import { drift } from '../../../schemas/drift.ts';
import { strikes } from './forms/returns.ts';

const municipalSurvey2026 = extend(municipalSurvey2024, 2026, {
  add: {
    bases: { drills: count('緊急時訓練の実施回数', '回').when({ status: 'established' }).overPeriod() },
    'coreCentre.centres': { staff: count('職員数', '人') },
  },
  sections: { disaster: section('防災', { plan: choice('個別避難計画', { yes: '作成', no: '未作成' }).required() }) },
  retire: ['bases.coordinators', 'revitalisation.plenaryReason'],
  relabel: { 'consultation.children': '障害児相談支援事業所' },
  options: {
    'activity.roles': {
      add: { evaluation: '取組の評価' },
      retire: ['issueOrganising'],
      relabel: { other: 'その他の役割' },
    },
  },
});

describe('a later version', () => {
  it('is the earlier one with its changes', () => {
    expect(municipalSurvey2026.id).toBe('municipal-survey');
    expect(municipalSurvey2026.version).toBe(2026);
    expect(drift(municipalSurvey2024, municipalSurvey2026)).toEqual({
      added: ['bases.drills', 'coreCentre.centres.staff', 'disaster', 'disaster.plan'],
      retired: ['revitalisation.plenaryReason', 'bases.coordinators'],
      moved: [],
      relabelled: [{ id: 'consultation.children', from: '指定障害児相談支援事業所', to: '障害児相談支援事業所' }],
      options: [
        {
          id: 'activity.roles',
          added: ['evaluation'],
          retired: ['issueOrganising'],
          relabelled: [{ id: 'other', from: 'その他', to: 'その他の役割' }],
        },
      ],
      incompatible: [],
    });
  });

  it('leaves the earlier one alone', () => {
    expect(municipalSurvey2024.items.has('bases.drills')).toBe(false);
    expect(municipalSurvey2024.items.has('bases.coordinators')).toBe(true);
  });

  it('puts new options before その他', () => {
    const { definition } = municipalSurvey2026.items.get('activity.roles') ?? {};
    expect(definition?.kind === 'choices' ? Object.keys(definition.options) : []).toEqual([
      'informationSharing',
      'solutionStudy',
      'crossFieldNetwork',
      'evaluation',
      'other',
    ]);
  });

  it('types the answers to questions added to a section', () => {
    type Answers = NonNullable<typeof municipalSurvey2026.answersType>;
    const answers: Answers = { bases: { status: 'established', drills: 2 } };
    expect(answers.bases?.drills).toBe(2);
  });

  it('keeps the checks of sections, entries and form', () => {
    const before = { coreCentre: { status: 'established', centres: [] }, bases: { coordinators: 0 } };
    expect(strikes(municipalSurvey2026, 'refuse', before)).toEqual(['coreCentre.centres.no-centre']);
    expect(strikes(municipalSurvey2026, 'askReason', before, { previous: before })).toEqual([
      'return.same-as-last-time',
    ]);
    const joint = { id: 'c1', arrangement: 'joint' };
    expect(strikes(municipalSurvey2026, 'refuse', { coreCentre: { status: 'established', centres: [joint] } })).toEqual(
      ['coreCentre.centres.c1.partners.no-partner'],
    );
  });

  it('keeps measures', () => {
    const next = extend(councilReport2024, 2025, { retire: ['profile.events'] });
    expect(next.measures.map(({ measure }) => measure.id)).toEqual(
      councilReport2024.measures.map(({ measure }) => measure.id),
    );
  });

  it('can be extended again', () => {
    const next = extend(municipalSurvey2026, 2027, { retire: ['bases.drills'] });
    expect(next.items.has('bases.drills')).toBe(false);
    expect(next.items.has('disaster.plan')).toBe(true);
  });
});

describe('what cannot be changed', () => {
  it.each([
    [
      'retires a question that a condition reads',
      () => extend(municipalSurvey2024, 2026, { retire: ['issues.raised'] }),
    ],
    [
      'retires an option that a condition reads',
      () => extend(municipalSurvey2024, 2026, { options: { 'issues.raised': { retire: ['yes'] } } }),
    ],
    ['retires a question that a measure reads', () => extend(councilReport2024, 2026, { retire: ['bodies.meetings'] })],
    ['retires what is not there', () => extend(municipalSurvey2024, 2026, { retire: ['bases.budget'] })],
    [
      'retires a text beside その他 by itself',
      () => extend(municipalSurvey2024, 2026, { retire: ['activity.rolesOther'] }),
    ],
    ['relabels what is not there', () => extend(municipalSurvey2024, 2026, { relabel: { 'bases.budget': '予算' } })],
    [
      'adds where there is no group',
      () => extend(municipalSurvey2024, 2026, { add: { 'bases.status': { why: text('理由', 100) } } }),
    ],
    [
      'adds under a key that is taken',
      () => extend(municipalSurvey2024, 2026, { add: { bases: { type: text('類型', 100) } } }),
    ],
    [
      'reuses a key that it retires',
      () => extend(municipalSurvey2024, 2026, { retire: ['bases.type'], add: { bases: { type: text('類型', 100) } } }),
    ],
    [
      'adds an option that is taken',
      () => extend(municipalSurvey2024, 2026, { options: { 'bases.type': { add: { both: '両方' } } } }),
    ],
    [
      'retires an option that is not there',
      () => extend(municipalSurvey2024, 2026, { options: { 'bases.type': { retire: ['none'] } } }),
    ],
    [
      'changes options of a number',
      () => extend(municipalSurvey2024, 2026, { options: { 'bases.coordinators': { add: { none: 'なし' } } } }),
    ],
    ['is not later', () => extend(municipalSurvey2024, 2024, {})],
  ])('%s', (_, build) => {
    expect(build).toThrow(FormError);
  });
});
