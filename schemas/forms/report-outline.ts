/**
 * The outline of the report (調査結果概要): which question stands under which heading and in which words. Order and
 * wording are those of 埼玉県「市町村自立支援協議会との連携について」(資料５, 令和6年9月30日現在).
 *
 * A question that is not named here appears at the end of the heading of its section, and a section that is not named
 * under a heading of its form's title: a new question needs no edit here.
 *
 * Texts may hold `{prefecture}` (埼玉県), `{inside}` (県内), `{compareYear}` (令和4年度), `{period}` (R5.4～R6.9) and
 * `{asOf}`, the as-of date of the part's section (R6.4.1).
 */

/** How a part is set off: ア, イ … in the heading, 〇, or not at all. */
type Style = 'kana' | 'circle' | 'plain';

interface PartText {
  readonly style: Style;
  readonly title: string;
  readonly form: string;
}

/** Counts of options in parentheses behind a number: `単独35・共同18`. */
export interface Breakdown {
  readonly question: string;
  /** Short labels of options; an option that is not named keeps its own. */
  readonly short?: Readonly<Record<string, string>>;
}

export type OutlinePart =
  /** `設置数 63市町村で設置済`, and the options of another question in parentheses. */
  | (PartText & {
      readonly kind: 'headline';
      readonly question: string;
      readonly option: string;
      readonly ending: string;
      readonly by: string;
    })
  /** `協議会数：37（単独設置：28、共同設置：9 *）`, and the councils of several municipalities by name. */
  | (PartText & { readonly kind: 'councils'; readonly measure: string; readonly by: string; readonly starred: string })
  /** `運営方法（直営：26、委託：5）` */
  | (PartText & { readonly kind: 'inTitle'; readonly question: string })
  /** `回数（期間：R5.4～R6.9）：180回、平均約2.8回（180回÷63市町村）、１協議会当たり 約4.8回（180回÷37協議会）` */
  | (PartText & { readonly kind: 'total'; readonly measure: string; readonly label: string; readonly unit: string })
  /** `・情報共有・情報発信（59市町村）`, the most frequent first. */
  | (PartText & { readonly kind: 'ranking'; readonly question: string; readonly limit?: number })
  /** `・あがっている（61市町村）、あがっていない（2市）`, in the order of the form. */
  | (PartText & { readonly kind: 'inline'; readonly question: string })
  /** `・活性化した 15市町`, one line per option in the order of the form. */
  | (PartText & { readonly kind: 'options'; readonly question: string })
  /** `・医療的ケア（県全域 30市町、広域 12市町村）`, by the sum of the options. */
  | (PartText & { readonly kind: 'matrix'; readonly question: string; readonly limit?: number })
  /** `・委託相談支援事業所 111事業所` */
  | (PartText & { readonly kind: 'sums'; readonly questions: readonly string[] })
  /** `・整備済 53市町（単独35・共同18、面的48・多機能拠点3・面+多2）` and what those answered besides. */
  | (PartText & {
      readonly kind: 'standing';
      readonly question: string;
      readonly first: {
        readonly option: string;
        /** A list whose entries are counted beside the units: `60市町村 56センター`. */
        readonly list?: { readonly question: string; readonly unit: string };
        readonly breakdowns: readonly Breakdown[];
        /** `→機能：相談 47市町、…`; without numbers only the options chosen at all are listed. */
        readonly arrow: { readonly label: string; readonly question: string; readonly numbers: boolean };
      };
    })
  /** A subheading under which other parts follow. */
  | { readonly kind: 'title'; readonly style: Style; readonly title: string; readonly form: string };

export interface OutlineHeading {
  readonly title: string;
  /** Follows the title above the lines, but not in the list of contents. */
  readonly suffix?: string;
  /** Sections by form. */
  readonly sections: Readonly<Record<string, readonly string[]>>;
  readonly parts: readonly OutlinePart[];
  /** Questions whose figures stand in 参考資料1 only. */
  readonly tablesOnly?: readonly string[];
}

const survey = 'municipal-survey';
const council = 'council-report';
const most = 5;

export const outline: readonly OutlineHeading[] = [
  {
    title: '市町村自立支援協議会の設置状況',
    sections: { [survey]: ['establishment'], [council]: ['profile', 'bodies'] },
    parts: [
      {
        kind: 'headline',
        style: 'kana',
        title: '設置数',
        form: survey,
        question: 'establishment.status',
        option: 'established',
        ending: 'で設置済',
        by: 'establishment.form',
      },
      {
        kind: 'councils',
        style: 'kana',
        title: '協議会数',
        form: council,
        measure: 'councils',
        by: 'councils.arrangement',
        starred: 'joint',
      },
      { kind: 'inTitle', style: 'kana', title: '運営方法', form: council, question: 'profile.operation' },
      {
        kind: 'total',
        style: 'kana',
        title: '全体会',
        form: council,
        measure: 'plenaryMeetings',
        label: '回数（期間：{period}）',
        unit: '回',
      },
      {
        kind: 'total',
        style: 'kana',
        title: '専門部会等',
        form: council,
        measure: 'subcommittees',
        label: '部会数',
        unit: '部会',
      },
    ],
    tablesOnly: [
      'profile.goals',
      'profile.organisations',
      'profile.partners',
      'profile.events',
      'bodies',
      'bodies.kind',
      'bodies.countedAsSubcommittee',
      'bodies.tier',
      'bodies.functions',
      'bodies.meetings',
      'bodies.members',
      'bodies.composition',
      'bodies.themes',
      'bodies.sessions',
      'bodies.sessions.items',
      'bodies.sessions.items.kind',
      'bodies.futureIssues',
    ],
  },
  {
    title: '市町村自立支援協議会の活動状況',
    sections: { [survey]: ['activity', 'issues'] },
    parts: [
      {
        kind: 'ranking',
        style: 'kana',
        title: '協議事項（多かった内容（複数回答））',
        form: survey,
        question: 'activity.agenda',
        limit: most,
      },
      {
        kind: 'ranking',
        style: 'kana',
        title: '役割（多かった内容（複数回答））',
        form: survey,
        question: 'activity.roles',
        limit: most,
      },
      { kind: 'title', style: 'kana', title: '地域課題', form: survey },
      { kind: 'inline', style: 'circle', title: 'あがっているかどうか', form: survey, question: 'issues.raised' },
      {
        kind: 'ranking',
        style: 'circle',
        title: '把握方法（多かった内容（複数回答））',
        form: survey,
        question: 'issues.captureMethods',
        limit: most,
      },
      {
        kind: 'ranking',
        style: 'circle',
        title: '個別の困難事例の把握・検討（複数回答）',
        form: survey,
        question: 'issues.caseSelection',
      },
      {
        kind: 'ranking',
        style: 'circle',
        title: '取組内容（多かった内容（複数回答））',
        form: survey,
        question: 'issues.initiatives',
        limit: most,
      },
      {
        kind: 'matrix',
        style: 'circle',
        title: '広域又は{prefecture}全体で対応する方が良いと考える課題（複数回答）',
        form: survey,
        question: 'issues.widerArea',
        limit: most,
      },
    ],
  },
  {
    title: '市町村自立支援協議会の活性化',
    suffix: '（{compareYear}と比較した評価）',
    sections: { [survey]: ['revitalisation'] },
    parts: [
      { kind: 'options', style: 'circle', title: '全体会', form: survey, question: 'revitalisation.plenary' },
      { kind: 'options', style: 'circle', title: '専門部会等', form: survey, question: 'revitalisation.subcommittees' },
    ],
  },
  {
    title: '相談支援事業所・地域生活支援拠点等の整備状況',
    sections: { [survey]: ['consultation', 'bases'] },
    parts: [
      {
        kind: 'sums',
        style: 'circle',
        title: '相談支援事業所の設置状況（{asOf}現在数）',
        form: survey,
        questions: [
          'consultation.commissioned',
          'consultation.generalTransition',
          'consultation.generalSettlement',
          'consultation.specific',
          'consultation.children',
        ],
      },
      {
        kind: 'standing',
        style: 'circle',
        title: '地域生活支援拠点等の整備状況（{asOf}現在）',
        form: survey,
        question: 'bases.status',
        first: {
          option: 'established',
          breakdowns: [
            { question: 'bases.arrangement' },
            { question: 'bases.type', short: { areaBased: '面的', multiFunction: '多機能拠点', both: '面+多' } },
          ],
          arrow: { label: '機能', question: 'bases.functions', numbers: true },
        },
      },
    ],
  },
  {
    title: '基幹相談支援センターの設置状況・機能等',
    sections: { [survey]: ['coreCentre'] },
    parts: [
      {
        kind: 'standing',
        style: 'plain',
        title: '',
        form: survey,
        question: 'coreCentre.status',
        first: {
          option: 'established',
          list: { question: 'coreCentre.centres', unit: 'センター' },
          breakdowns: [
            { question: 'coreCentre.centres.arrangement' },
            { question: 'coreCentre.centres.operation', short: { both: '委託+直営' } },
          ],
          arrow: { label: '主な機能', question: 'coreCentre.centres.functions', numbers: false },
        },
      },
    ],
  },
];

/** （１）調査目的. */
export const purpose =
  '本{kind}の自立支援協議会の活動の一環として、{inside}各市町村における自立支援協議会の活動状況等を把握し、調査結果を資料として供することで、{inside}各地域の自立支援協議会の活動の促進を図るとともに、{prefecture}自立支援協議会の活動と併せて、広く{kind}民に周知する。';

/** What the list by municipality (参考資料2) shows of each return, and the forms whose returns stand side by side. */
export const listing = {
  survey: {
    form: survey,
    established: 'establishment.status',
    /** Counts, under short headings. */
    counts: {
      委託: 'consultation.commissioned',
      地域移行: 'consultation.generalTransition',
      地域定着: 'consultation.generalSettlement',
      特定: 'consultation.specific',
      障害児: 'consultation.children',
    },
    choices: { 拠点: 'bases.status', 基幹: 'coreCentre.status' },
  },
  council: {
    form: council,
    operation: 'profile.operation',
    plenaryMeetings: 'plenaryMeetings',
    subcommittees: 'subcommittees',
  },
  sideBySide: ['coordination-meeting'],
} as const;
