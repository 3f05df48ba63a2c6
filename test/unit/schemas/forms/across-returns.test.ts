import { describe, expect, it } from 'vitest';
import type { Council, Directory } from '../../../../schemas/directory.ts';
import { acrossReturns } from '../../../../schemas/forms/across-returns.ts';
import type { councilReport2024 } from '../../../../schemas/forms/council-report/v2024.ts';
import type { municipalSurvey2024 } from '../../../../schemas/forms/municipal-survey/v2024.ts';
import type { Json } from '../../../../schemas/values/json.ts';
import { fixture } from './returns.ts';

type MunicipalSurvey = NonNullable<(typeof municipalSurvey2024)['answersType']>;
type CouncilReport = NonNullable<(typeof councilReport2024)['answersType']>;

const A = '112011';
const B = '112020';
const C = '112038';

const council = (id: string, ...members: [string, ...string[]]): Council => ({
  id,
  name: `${id}協議会`,
  members,
  lead: members[0],
});

function directory(...councils: Council[]): Directory {
  return {
    prefecture: { code: '110001', name: '埼玉県' },
    municipalities: [
      { code: A, name: '川越市', kind: 'city' },
      { code: B, name: '熊谷市', kind: 'city' },
      { code: C, name: '川口市', kind: 'city' },
    ],
    councils,
  };
}

/** As JSON, what is not answered left out. */
function answers(returns: object): Map<string, Json> {
  return new Map(Object.entries(structuredClone(returns)));
}

function find(directory: Directory, surveys: object, reports: object) {
  return acrossReturns.find(
    directory,
    new Map([
      ['municipal-survey', answers(surveys)],
      ['council-report', answers(reports)],
    ]),
  );
}

function across(
  surveys: Readonly<Record<string, MunicipalSurvey>>,
  councils: Council[] = [],
  reports: Readonly<Record<string, CouncilReport>> = {},
) {
  return find(directory(...councils), surveys, reports);
}

const checks = (...given: Parameters<typeof across>) => across(...given).map(({ check }) => check);
const paths = (...given: Parameters<typeof across>) =>
  across(...given).flatMap(({ returns }) => returns.map(({ unit, path }) => `${unit} ${path}`));

describe('joint bases (地域生活支援拠点等)', () => {
  const joint = (...partners: string[]): MunicipalSurvey => ({
    bases: { status: 'established', arrangement: 'joint', type: 'areaBased', partners },
  });

  it('agree when each names the other', () => {
    expect(across({ [A]: joint(B), [B]: joint(A) })).toEqual([]);
  });

  it('disagree when A names B but B does not name A', () => {
    expect(across({ [A]: joint(B), [B]: joint(C) })).toEqual([
      {
        check: 'base-partner-not-mutual',
        message:
          '川越市は地域生活支援拠点等の共同整備の相手市町村に熊谷市を挙げていますが、熊谷市は川越市を挙げていません。',
        returns: [
          { form: 'municipal-survey', unit: A, path: 'bases.partners' },
          { form: 'municipal-survey', unit: B, path: 'bases.partners' },
        ],
      },
    ]);
  });

  it('hold nothing against a partner that has not answered, nor against oneself', () => {
    expect(across({ [A]: joint(B) })).toEqual([]);
    expect(across({ [A]: joint(A) })).toEqual([]);
  });

  it('disagree on the type once for each pair', () => {
    const other: MunicipalSurvey = { bases: { ...joint(A).bases, type: 'both' } };
    const findings = across({ [A]: joint(B), [B]: other });
    expect(findings.map(({ check }) => check)).toEqual(['base-partners-disagree']);
    expect(findings[0]?.message).toBe(
      '地域生活支援拠点等を共同で整備している川越市と熊谷市の間で、整備類型の回答が異なります。',
    );
    expect(findings[0]?.returns.map(({ unit, path }) => `${unit} ${path}`)).toEqual([
      `${A} bases.type`,
      `${B} bases.type`,
    ]);
  });

  it('disagree on the arrangement or the status', () => {
    expect(
      checks({ [A]: joint(B), [B]: { bases: { status: 'established', arrangement: 'single', type: 'areaBased' } } }),
    ).toEqual(['base-partner-not-mutual', 'base-partners-disagree']);
    expect(paths({ [A]: joint(B), [B]: { bases: { status: 'considering' } } })).toEqual([
      `${A} bases.partners`,
      `${B} bases.partners`,
      `${A} bases.status`,
      `${B} bases.status`,
    ]);
  });
});

describe('joint core centres (基幹相談支援センター)', () => {
  const leads = (name: string, ...partners: string[]): MunicipalSurvey => ({
    coreCentre: { status: 'established', centres: [{ id: 'c1', name, arrangement: 'joint', partners }] },
  });
  const ledBy = (...codes: string[]): MunicipalSurvey => ({ coreCentre: { status: 'established', ledBy: codes } });

  it('agree when the partner names the lead', () => {
    expect(across({ [A]: leads('入間西センター', B), [B]: ledBy(A) })).toEqual([]);
  });

  it('let a partner have a centre of its own instead', () => {
    expect(across({ [A]: leads('入間西センター', B), [B]: leads('熊谷センター') })).toEqual([]);
  });

  it('disagree when the partner names neither the lead nor a centre', () => {
    const findings = across({ [A]: leads('入間西センター', B), [B]: { coreCentre: { status: 'considering' } } });
    expect(findings).toMatchObject([
      {
        check: 'centre-partner-not-mutual',
        returns: [
          { unit: A, path: 'coreCentre.centres.c1.partners' },
          { unit: B, path: 'coreCentre.ledBy' },
        ],
      },
    ]);
    expect(findings[0]?.message).toContain('川越市は「入間西センター」の共同設置の相手市町村に熊谷市を挙げています');
  });

  it('disagree when the lead has no joint centre with the municipality', () => {
    expect(checks({ [A]: leads('入間西センター', C), [B]: ledBy(A) })).toEqual(['centre-lead-not-mutual']);
  });

  it('are named by one lead only, however the name is spaced', () => {
    const findings = across({ [A]: leads('入間西 センター（１）', C), [B]: leads('入間西センター(1)', C) });
    expect(findings).toMatchObject([
      {
        check: 'centre-named-twice',
        returns: [
          { unit: A, path: 'coreCentre.centres.c1.name' },
          { unit: B, path: 'coreCentre.centres.c1.name' },
        ],
      },
    ]);
    expect(findings[0]?.message).toContain('川越市、熊谷市がそれぞれ記入しています');
    expect(across({ [A]: leads('入間西センター', C), [B]: leads('入間東センター', C) })).toEqual([]);
  });
});

describe('the form of the council and the directory', () => {
  const answers = (form: 'single' | 'joint' | 'singleAndJoint'): MunicipalSurvey => ({
    establishment: { status: 'established', form },
  });
  const single = council('s', A);
  const joint = council('j', B, A);

  it.each([
    ['single', [single]],
    ['joint', [joint]],
    ['singleAndJoint', [single, joint]],
  ] as const)('%s agrees', (form, councils) => {
    expect(across({ [A]: answers(form) }, [...councils])).toEqual([]);
  });

  it.each([
    ['single', [joint], '「単独設置」ですが、名簿では「共同設置」です。'],
    ['joint', [single], '「共同設置」ですが、名簿では「単独設置」です。'],
    ['single', [single, joint], '「単独設置」ですが、名簿では「単独・共同設置」です。'],
    ['single', [], '「単独設置」ですが、名簿では「未設置」です。'],
  ] as const)('%s disagrees', (form, councils, message) => {
    const findings = across({ [A]: answers(form) }, [...councils]);
    expect(findings).toMatchObject([
      { check: 'establishment-differs-from-directory', returns: [{ unit: A, path: 'establishment.form' }] },
    ]);
    expect(findings[0]?.message).toContain('川越市');
    expect(findings[0]?.message).toContain(message);
  });

  it('no council is compared too', () => {
    const none: MunicipalSurvey = { establishment: { status: 'notEstablished' } };
    expect(across({ [A]: none })).toEqual([]);
    expect(paths({ [A]: none }, [single])).toEqual([`${A} establishment.status`]);
  });
});

describe('what the council reports', () => {
  const establishment = { status: 'established', form: 'single' } as const;
  const own = [council('s', A)];
  const report = (...bodies: NonNullable<CouncilReport['bodies']>): Record<string, CouncilReport> => ({
    s: { bodies },
  });

  it('has the individual support meetings that the municipality names', () => {
    const capturing: MunicipalSurvey = {
      establishment,
      issues: { raised: 'yes', captureMethods: ['individualSupportMeetings'], caseSelection: ['fromMeetings'] },
    };
    const selecting: MunicipalSurvey = {
      establishment,
      issues: { raised: 'yes', caseSelection: ['fromIndividualSupportMeetings'] },
    };
    const without = report({ id: 'p', kind: 'plenary', meetings: 1 });
    expect(checks({ [A]: capturing }, own, without)).toEqual(['no-individual-support-meeting']);
    expect(paths({ [A]: capturing }, own, without)).toEqual([`${A} issues.captureMethods`, 's bodies']);
    expect(paths({ [A]: selecting }, own, without)).toEqual([`${A} issues.caseSelection`, 's bodies']);
    expect(across({ [A]: capturing }, own, report({ id: 'i', kind: 'individualSupport' }))).toEqual([]);
    expect(
      across({ [A]: { establishment, issues: { raised: 'yes', captureMethods: ['surveys'] } } }, own, without),
    ).toEqual([]);
  });

  it('has a plenary meeting and a subcommittee where the municipality says 活性化した', () => {
    const revitalised: MunicipalSurvey = {
      establishment,
      revitalisation: { plenary: 'revitalised', subcommittees: 'revitalised' },
    };
    expect(checks({ [A]: revitalised }, own, report({ id: 'p', kind: 'plenary', meetings: 0 }))).toEqual([
      'revitalised-without-plenary-meeting',
      'revitalised-without-subcommittee',
    ]);
    const active = report(
      { id: 'p', kind: 'plenary', meetings: 1 },
      { id: 'l', kind: 'liaison', countedAsSubcommittee: 'yes' },
    );
    expect(across({ [A]: revitalised }, own, active)).toEqual([]);
    const somewhat: MunicipalSurvey = {
      establishment,
      revitalisation: { plenary: 'somewhat', subcommittees: 'mixed' },
    };
    expect(across({ [A]: somewhat }, own, report({ id: 'p', kind: 'plenary', meetings: 0 }))).toEqual([]);
  });

  it('is read over all councils of the municipality, and only once all have reported', () => {
    const both = [council('s', A), council('j', B, A)];
    const revitalised: MunicipalSurvey = {
      establishment: { status: 'established', form: 'singleAndJoint' },
      revitalisation: { plenary: 'revitalised' },
    };
    const idle: CouncilReport = { bodies: [{ id: 'p', kind: 'plenary', meetings: 0 }] };
    const met: CouncilReport = { bodies: [{ id: 'p', kind: 'plenary', meetings: 2 }] };
    expect(across({ [A]: revitalised }, both, { s: idle })).toEqual([]);
    expect(across({ [A]: revitalised }, both, { s: idle, j: met })).toEqual([]);
    expect(checks({ [A]: revitalised }, both, { s: idle, j: idle })).toEqual(['revitalised-without-plenary-meeting']);
  });
});

describe('the constructed returns of 埼玉県', () => {
  it('disagree only where individual support meetings are named, which no constructed report has', () => {
    const surveys = fixture<Record<string, MunicipalSurvey>>('saitama-r6/municipal-survey.json');
    const reports = fixture<Record<string, CouncilReport>>('saitama-r6/council-report.json');
    const findings = find(fixture('saitama-r6/directory.json'), surveys, reports);
    expect(new Set(findings.map(({ check }) => check))).toEqual(new Set(['no-individual-support-meeting']));
  });
});
