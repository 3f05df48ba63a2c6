import { describe, expect, it } from 'vitest';
import { municipalSurvey2024 } from '../../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Answers } from '../../../../../schemas/values/json.ts';
import { strikes } from '../returns.ts';

const refused = (answers: Answers) => strikes(municipalSurvey2024, 'refuse', answers);
const asked = (answers: Answers, previous?: Answers) =>
  strikes(municipalSurvey2024, 'askReason', answers, previous === undefined ? {} : { previous });

const centre = { id: 'c1', name: '中央基幹相談支援センター', arrangement: 'single', operation: 'direct' };

describe('基幹相談支援センター', () => {
  it('needs a centre or a lead once established', () => {
    expect(refused({ coreCentre: { status: 'established' } })).toEqual(['coreCentre.centres.no-centre']);
    expect(refused({ coreCentre: { status: 'established', centres: [], ledBy: [] } })).toEqual([
      'coreCentre.centres.no-centre',
    ]);
    expect(refused({ coreCentre: { status: 'established', centres: [centre] } })).toEqual([]);
    expect(refused({ coreCentre: { status: 'established', centres: [], ledBy: ['112011'] } })).toEqual([]);
    expect(refused({ coreCentre: { status: 'considering' } })).toEqual([]);
  });

  it('names neither as lead nor as partner the municipality itself', () => {
    expect(refused({ coreCentre: { status: 'established', ledBy: ['111007'] } })).toEqual([
      'coreCentre.ledBy.names-itself',
    ]);
    const joint = { ...centre, arrangement: 'joint', partners: ['111007', '112011'] };
    expect(refused({ coreCentre: { status: 'established', centres: [joint] } })).toEqual([
      'coreCentre.centres.c1.partners.names-itself',
    ]);
    expect(
      refused({
        coreCentre: { status: 'established', ledBy: ['112020'], centres: [{ ...joint, partners: ['112011'] }] },
      }),
    ).toEqual([]);
  });

  it('needs a partner where a centre is joint', () => {
    const joint = { ...centre, arrangement: 'joint' };
    const expected = ['coreCentre.centres.c1.partners.no-partner'];
    expect(refused({ coreCentre: { status: 'established', centres: [joint] } })).toEqual(expected);
    expect(refused({ coreCentre: { status: 'established', centres: [{ ...joint, partners: [] }] } })).toEqual(expected);
    expect(refused({ coreCentre: { status: 'established', centres: [centre] } })).toEqual([]);
  });
});

describe('counts against the last accepted return', () => {
  it.each([
    [0, 2, false],
    [0, 3, true],
    [2, 0, false],
    [3, 0, true],
    [4, 9, false],
    [4, 10, true],
    [12, 18, false],
    [12, 19, true],
    [12, 6, false],
    [12, 5, true],
    [100, 50, false],
  ])('%i → %i', (before, now, strikes) => {
    expect(asked({ consultation: { specific: now } }, { consultation: { specific: before } })).toEqual(
      strikes ? ['consultation.specific.specific-changed'] : [],
    );
  });

  it('watches every count', () => {
    const counts = (value: number) => ({
      consultation: {
        commissioned: value,
        generalTransition: value,
        generalSettlement: value,
        specific: value,
        children: value,
      },
      bases: { status: 'established', coordinators: value },
    });
    expect(asked(counts(9), counts(0))).toEqual([
      'consultation.commissioned.commissioned-changed',
      'consultation.generalTransition.generalTransition-changed',
      'consultation.generalSettlement.generalSettlement-changed',
      'consultation.specific.specific-changed',
      'consultation.children.children-changed',
      'bases.coordinators.coordinators-changed',
    ]);
  });

  it('asks nothing without a last return or an answer', () => {
    expect(asked({ consultation: { specific: 30 } })).toEqual([]);
    expect(asked({ consultation: { specific: 30 } }, { consultation: {} })).toEqual([]);
    expect(asked({ consultation: {} }, { consultation: { specific: 30 } })).toEqual([]);
  });
});

describe('going back', () => {
  it.each([
    ['establishment', 'established', 'notEstablished'],
    ['bases', 'established', 'considering'],
    ['bases', 'established', 'undecided'],
    ['bases', 'considering', 'undecided'],
    ['coreCentre', 'established', 'considering'],
  ])('%s %s → %s', (section, before, now) => {
    expect(asked({ [section]: { status: now } }, { [section]: { status: before } })).toContain(
      `${section}.status.status-went-back`,
    );
    expect(asked({ [section]: { status: before } }, { [section]: { status: now } })).toEqual([]);
  });
});

describe('地域移行支援 and 地域定着支援', () => {
  it.each([
    [0, 3, ['consultation.generalTransition.one-of-pair-zero']],
    [3, 0, ['consultation.generalSettlement.one-of-pair-zero']],
    [0, 2, []],
    [0, 0, []],
    [1, 9, []],
  ])('%i and %i', (generalTransition, generalSettlement, expected) => {
    expect(asked({ consultation: { generalTransition, generalSettlement } })).toEqual(expected);
  });

  it('are compared only when both are answered', () => {
    expect(asked({ consultation: { generalSettlement: 9 } })).toEqual([]);
  });
});

describe('every answer the same as last time', () => {
  const before = {
    establishment: { status: 'established', form: 'single' },
    consultation: { specific: 4 },
    contact: { person: '前任者' },
  };

  it('asks once, for the whole return, whoever answers', () => {
    expect(asked({ ...before, contact: { person: '後任者' } }, before)).toEqual(['return.same-as-last-time']);
  });

  it('is silent when anything differs', () => {
    expect(asked({ ...before, consultation: { specific: 5 } }, before)).toEqual([]);
    expect(asked({ ...before, bases: { status: 'undecided' } }, before)).toEqual([]);
  });
});

describe('every check that asks', () => {
  it('offers ready-made reasons', () => {
    const asking = municipalSurvey2024.rules.map(({ rule }) => rule).filter(({ severity }) => severity === 'askReason');
    expect(asking).toHaveLength(12);
    for (const { readyMade } of asking) expect(readyMade.length).toBeGreaterThan(0);
  });
});
