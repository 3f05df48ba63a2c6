/**
 * Checks across returns: what one municipality says against what its partners, its council or the directory say. They
 * are shown to the prefecture beside the returns concerned and never stop a submission.
 */

import { answersKnownTo, isDraft } from '../compile.ts';
import type { Council, Directory } from '../directory.ts';
import type { AcrossChecks, AcrossFinding, AcrossPlace, AnswersAcross } from '../form-extras.ts';
import { isSubcommittee, plenaryMeetings } from './council-report/body.ts';
import type { Json } from '../values/json.ts';
import type { Body } from './council-report/body.ts';
import { councilReportIn } from './council-report/facts.ts';
import type { CouncilReport } from './council-report/facts.ts';
import { municipalSurvey2024 } from './municipal-survey/v2024.ts';

type MunicipalSurvey = NonNullable<(typeof municipalSurvey2024)['answersType']>;

interface ReturnsOfRound {
  readonly directory: Directory;
  readonly municipalSurvey: ReadonlyMap<string, MunicipalSurvey>;
  readonly councilReport: ReadonlyMap<string, CouncilReport>;
}

const reads = {
  'municipal-survey': [
    'establishment.status',
    'establishment.form',
    'issues.raised',
    'issues.captureMethods',
    'issues.caseSelection',
    'revitalisation.plenary',
    'revitalisation.subcommittees',
    'bases.status',
    'bases.arrangement',
    'bases.type',
    'bases.partners',
    'coreCentre.status',
    'coreCentre.ledBy',
    'coreCentre.centres.name',
    'coreCentre.centres.arrangement',
    'coreCentre.centres.partners',
  ],
  'council-report': ['bodies.kind', 'bodies.countedAsSubcommittee', 'bodies.meetings'],
} as const;

interface Municipality {
  readonly code: string;
  readonly name: string;
  readonly answers: MunicipalSurvey;
  readonly councils: readonly Council[];
  /** The bodies of all these councils; absent while any of their reports is. */
  readonly bodies?: readonly Body[];
}

type Municipalities = ReadonlyMap<string, Municipality>;

function bodiesOf(councils: readonly Council[], { councilReport }: ReturnsOfRound): readonly Body[] | undefined {
  const reports = councils.map(({ id }) => councilReport.get(id));
  if (reports.length === 0 || reports.includes(undefined)) return undefined;
  return reports.flatMap((each) => each?.bodies ?? []);
}

function municipalitiesOf(returns: ReturnsOfRound): Municipalities {
  const { directory, municipalSurvey } = returns;
  const names = new Map(directory.municipalities.map(({ code, name }) => [code, name]));
  return new Map(
    [...municipalSurvey].map(([code, answers]) => {
      const councils = directory.councils.filter(({ members }) => members.includes(code));
      return [code, { code, name: names.get(code) ?? code, answers, councils, bodies: bodiesOf(councils, returns) }];
    }),
  );
}

function survey({ code }: Municipality, path: string): AcrossPlace {
  return { form: 'municipal-survey', unit: code, path };
}

function report({ id }: Council, path: string): AcrossPlace {
  return { form: 'council-report', unit: id, path };
}

/** Those of the named municipalities, other than `from`, that have answered. */
function answeredAmong(codes: readonly string[] | undefined, all: Municipalities, from: Municipality): Municipality[] {
  return (codes ?? []).flatMap((code) => {
    const partner = code === from.code ? undefined : all.get(code);
    return partner === undefined ? [] : [partner];
  });
}

function basePartners({ answers: { bases } }: Municipality): readonly string[] {
  return bases?.status === 'established' && bases.arrangement === 'joint' ? (bases.partners ?? []) : [];
}

function basePartnersNotMutual(a: Municipality, all: Municipalities): AcrossFinding[] {
  return answeredAmong(basePartners(a), all, a)
    .filter((b) => !basePartners(b).includes(a.code))
    .map((b) => ({
      check: 'base-partner-not-mutual',
      message: `${a.name}は地域生活支援拠点等の共同整備の相手市町村に${b.name}を挙げていますが、${b.name}は${a.name}を挙げていません。`,
      returns: [survey(a, 'bases.partners'), survey(b, 'bases.partners')],
    }));
}

const baseQuestions = { status: '整備状況', arrangement: '整備方法', type: '整備類型' };

function differingBaseAnswers({ answers: a }: Municipality, { answers: b }: Municipality) {
  if (a.bases?.status !== b.bases?.status) return ['status'] as const;
  return (['arrangement', 'type'] as const).filter((key) => a.bases?.[key] !== b.bases?.[key]);
}

/** Each pair once: where both name each other, from the one with the lower code. */
function basePartnersDisagree(a: Municipality, all: Municipalities): AcrossFinding[] {
  return answeredAmong(basePartners(a), all, a).flatMap((b) => {
    if (basePartners(b).includes(a.code) && b.code < a.code) return [];
    const differing = differingBaseAnswers(a, b);
    if (differing.length === 0) return [];
    const what = differing.map((key) => baseQuestions[key]).join('・');
    return [
      {
        check: 'base-partners-disagree',
        message: `地域生活支援拠点等を共同で整備している${a.name}と${b.name}の間で、${what}の回答が異なります。`,
        returns: differing.flatMap((key) => [survey(a, `bases.${key}`), survey(b, `bases.${key}`)]),
      },
    ];
  });
}

function centresOf({ answers: { coreCentre } }: Municipality) {
  return coreCentre?.status === 'established' ? (coreCentre.centres ?? []) : [];
}

function leadsOf({ answers: { coreCentre } }: Municipality): readonly string[] {
  return coreCentre?.status === 'established' ? (coreCentre.ledBy ?? []) : [];
}

function centrePartnersNotMutual(a: Municipality, all: Municipalities): AcrossFinding[] {
  return centresOf(a).flatMap(({ id, name, arrangement, partners }) =>
    arrangement === 'joint'
      ? answeredAmong(partners, all, a)
          .filter((b) => !leadsOf(b).includes(a.code) && centresOf(b).length === 0)
          .map((b) => ({
            check: 'centre-partner-not-mutual',
            message: `${a.name}は「${name ?? '名称未記入のセンター'}」の共同設置の相手市町村に${b.name}を挙げていますが、${b.name}は幹事市町村に${a.name}を挙げておらず、自らのセンターも記入していません。`,
            returns: [survey(a, `coreCentre.centres.${id}.partners`), survey(b, 'coreCentre.ledBy')],
          }))
      : [],
  );
}

function centreLeadsNotMutual(b: Municipality, all: Municipalities): AcrossFinding[] {
  return answeredAmong(leadsOf(b), all, b)
    .filter(
      (a) => !centresOf(a).some(({ arrangement, partners }) => arrangement === 'joint' && partners?.includes(b.code)),
    )
    .map((a) => ({
      check: 'centre-lead-not-mutual',
      message: `${b.name}は基幹相談支援センターの共同設置の幹事市町村に${a.name}を挙げていますが、${a.name}の回答に${b.name}を相手市町村とする共同設置のセンターがありません。`,
      returns: [survey(b, 'coreCentre.ledBy'), survey(a, 'coreCentre.centres')],
    }));
}

/** Centres of different municipalities under one name, spaces and character widths aside: one may be counted twice. */
function centresNamedTwice(all: Municipalities): AcrossFinding[] {
  const named = [...all.values()].flatMap((municipality) =>
    centresOf(municipality).flatMap(({ id, name }) =>
      name === undefined ? [] : [{ name, municipality, path: `coreCentre.centres.${id}.name` }],
    ),
  );
  const places = Map.groupBy(named, ({ name }) => name.normalize('NFKC').replace(/\s/gu, ''));
  return [...places.values()].flatMap((same) => {
    const names = [...new Set(same.map(({ municipality }) => municipality.name))];
    const codes = new Set(same.map(({ municipality }) => municipality.code));
    if (codes.size < 2) return [];
    return [
      {
        check: 'centre-named-twice',
        message: `基幹相談支援センター「${same[0]?.name ?? ''}」を${names.join('、')}がそれぞれ記入しています。共同設置の場合は幹事市町村だけが記入します。`,
        returns: same.map(({ municipality, path }) => survey(municipality, path)),
      },
    ];
  });
}

const forms = { single: '単独設置', joint: '共同設置', singleAndJoint: '単独・共同設置', none: '未設置' };

function formInDirectory({ councils }: Municipality): keyof typeof forms {
  const single = councils.some(({ members }) => members.length === 1);
  const joint = councils.some(({ members }) => members.length > 1);
  if (single) return joint ? 'singleAndJoint' : 'single';
  return joint ? 'joint' : 'none';
}

function againstDirectory(a: Municipality): AcrossFinding[] {
  const { status, form } = a.answers.establishment ?? {};
  const answered = status === 'notEstablished' ? 'none' : form;
  const listed = formInDirectory(a);
  if (answered === undefined || answered === listed) return [];
  return [
    {
      check: 'establishment-differs-from-directory',
      message: `${a.name}の自立支援協議会の設置形態の回答は「${forms[answered]}」ですが、名簿では「${forms[listed]}」です。`,
      returns: [survey(a, answered === 'none' ? 'establishment.status' : 'establishment.form')],
    },
  ];
}

function againstCouncils(a: Municipality): AcrossFinding[] {
  const { bodies } = a;
  const { establishment, issues, revitalisation } = a.answers;
  if (bodies === undefined || establishment?.status !== 'established') return [];
  const beside = a.councils.map((council) => report(council, 'bodies'));
  const councils = a.councils.map(({ name }) => name).join('、');
  const findings: AcrossFinding[] = [];

  const raised = issues?.raised === 'yes' ? issues : {};
  const naming = [
    ...(raised.captureMethods?.includes('individualSupportMeetings') ? ['issues.captureMethods'] : []),
    ...(raised.caseSelection?.includes('fromIndividualSupportMeetings') ? ['issues.caseSelection'] : []),
  ];
  if (naming.length > 0 && !bodies.some(({ kind }) => kind === 'individualSupport'))
    findings.push({
      check: 'no-individual-support-meeting',
      message: `${a.name}は地域課題や困難事例を個別支援会議で把握・検討していると回答していますが、${councils}の報告書に個別支援会議がありません。`,
      returns: [...naming.map((path) => survey(a, path)), ...beside],
    });
  if (revitalisation?.plenary === 'revitalised' && (plenaryMeetings(bodies) ?? 0) === 0)
    findings.push({
      check: 'revitalised-without-plenary-meeting',
      message: `${a.name}は全体会が「活性化した」と回答していますが、${councils}の報告書では全体会が開催されていません。`,
      returns: [survey(a, 'revitalisation.plenary'), ...beside],
    });
  if (revitalisation?.subcommittees === 'revitalised' && !bodies.some(isSubcommittee))
    findings.push({
      check: 'revitalised-without-subcommittee',
      message: `${a.name}は専門部会等が「活性化した」と回答していますが、${councils}の報告書に専門部会等がありません。`,
      returns: [survey(a, 'revitalisation.subcommittees'), ...beside],
    });
  return findings;
}

const municipalityChecks: readonly ((a: Municipality, all: Municipalities) => AcrossFinding[])[] = [
  againstDirectory,
  basePartnersNotMutual,
  basePartnersDisagree,
  centrePartnersNotMutual,
  centreLeadsNotMutual,
  againstCouncils,
];

function surveyIn(answers: Json): MunicipalSurvey | undefined {
  const known = answersKnownTo(municipalSurvey2024, answers);
  return isDraft(municipalSurvey2024, known) ? known : undefined;
}

/** The answers as the checks know them, whichever version asked them. */
function read<A>(answers: AnswersAcross, form: string, readAs: (value: Json) => A | undefined): ReadonlyMap<string, A> {
  return new Map(
    [...(answers.get(form) ?? [])].flatMap(([unit, value]) => {
      const known = readAs(value);
      return known === undefined ? [] : [[unit, known]];
    }),
  );
}

function find(directory: Directory, answers: AnswersAcross): AcrossFinding[] {
  const all = municipalitiesOf({
    directory,
    municipalSurvey: read(answers, 'municipal-survey', surveyIn),
    councilReport: read(answers, 'council-report', councilReportIn),
  });
  const byMunicipality = [...all.values()].flatMap((each) => municipalityChecks.flatMap((check) => check(each, all)));
  return [...byMunicipality, ...centresNamedTwice(all)];
}

export const acrossReturns: AcrossChecks = { reads, from: 'municipal-survey', find };
