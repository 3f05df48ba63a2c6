/**
 * 協議会活動報告書, one per council. Reconstructed from 群馬県 (自立支援協議会の概要, 平成30年度), 木更津市地域自立支援協議会,
 * 横浜市区障害者自立支援協議会運営ガイドライン and the council rows of 埼玉県's survey.
 */

import { shippedForm } from '../../form.ts';
import {
  choice,
  choices,
  count,
  counts,
  fiscalYearSpan,
  frequency,
  list,
  partialDate,
  reference,
  section,
  text,
  texts,
} from '../../kinds/question.ts';
import { released } from '../../document/released.ts';
import reportDocument from '../released/council-report-2024.json' with { type: 'json' };
import { councilFunctions, tiers } from './functions.ts';
import { councilMeasures } from './measures.ts';
import { councilReport } from './report.ts';
import { councilRules } from './rules.ts';

const categories = {
  consultationProviders: '相談支援事業者',
  employmentLifeCentres: '障害者就業・生活支援センター',
  developmentalCentres: '発達障害者支援センター',
  serviceProviders: '障害福祉サービス事業者',
  medical: '医療機関',
  education: '教育関係機関',
  companies: '民間企業',
  elderlyCare: '高齢者介護の関係機関',
  personsAndFamilies: '障害当事者団体・障害当事者及びその家族（障害者相談員を除く）',
  rightsGroups: '権利擁護関係団体',
  academics: '学識経験者',
  helloWork: '公共職業安定所（ハローワーク）',
  healthCentres: '保健所・保健センター',
  nurseries: '保育所',
  childGuidance: '児童相談所',
  municipalStaff: '市町村（行政職員）',
  prefecturalStaff: '県（行政職員）',
  disabilityCounsellors: '身体・知的障害者相談員',
  welfareCommissioners: '民生委員・児童委員',
  chiefChildCommissioners: '主任児童委員',
  residents: '地域住民の代表者',
  other: 'その他',
};

const profile = section('協議会の概要', {
  secretariat: text('事務局', 200)
    .numbered('問1')
    .open()
    .help('事務局を担う市町村の課、委託先等を記入してください。複数の機関で担う場合は全て記入します。')
    .example('○○市、○○市障害者基幹相談支援センター')
    .required(),
  establishedOn: partialDate('設置年月')
    .numbered('問2')
    .help('協議会を最初に設置した年月です。名称や要綱を変更した場合も、最初の設置年月を記入してください。')
    .example('平成21年4月')
    .reasonIfBlank(),
  operation: choice('運営方法', {
    direct: '直営',
    commissioned: '委託',
    both: '直営・委託',
    shared: '共同運営',
  })
    .numbered('問3')
    .help(
      '事務局の運営方法です。市町村が自ら運営する場合は「直営」、全部を委託する場合は「委託」、一部を委託する場合は「直営・委託」、基幹相談支援センター等と共同で運営する場合は「共同運営」です。',
    )
    .listed('運営方法')
    .required(),
  operationNote: text('運営方法の補足', 200)
    .numbered('問3の1')
    .open()
    .example('○○市障害者基幹相談支援センターと共同運営'),
  purpose: text('設置目的', 2000).numbered('問4').open().help('設置要綱等に定める目的を記入してください。'),
  goals: texts('基本目標', { entries: 20, length: 200 })
    .numbered('問5')
    .open()
    .help('1件に1つの目標を記入してください。')
    .example('情報を共有すること'),
  term: fiscalYearSpan('委員の任期')
    .numbered('問6')
    .help('現在の委員の任期を、始まりと終わりの年度で記入してください。')
    .example('令和3年度〜令和5年度'),
  organisations: count('構成機関数', '機関', { max: 300 })
    .numbered('問7')
    .help('協議会（全体会）を構成する機関・団体の数です。委員の人数ではありません。')
    .example('33'),
  partners: list(
    '協力・連携機関',
    20,
    {
      name: text('名称', 100).open().example('○○市障害者就労支援協議会').required(),
      role: text('役割', 500).open().example('就労に携わる関係機関の実務者等が集まり、研修会や情報交換を行う。'),
    },
    { layout: 'table' },
  )
    .numbered('問8')
    .help('協議会の会議体ではないが、協議会と協力・連携している会議や機関を記入してください。'),
  events: list(
    '研修・シンポジウム等',
    50,
    {
      name: text('名称', 200).open().example('地域生活支援拠点等の整備に係るシンポジウム').required(),
      heldOn: partialDate('開催日').help('日が不明な場合は年月だけで構いません。').example('令和7年1月21日'),
    },
    { layout: 'table' },
  )
    .numbered('問9')
    .help('調査の対象期間に協議会が主催又は共催した研修、シンポジウム等を記入してください。会議体の会議は含みません。')
    .overPeriod(),
});

const items = list(
  '内容',
  30,
  {
    kind: choice('区分', {
      agenda: '議題',
      explanation: '説明事項',
      report: '報告事項',
      deliberation: '協議事項',
      caseStudy: '事例検討',
      exchange: '意見交換・情報共有',
      lecture: '講演・研修',
      other: 'その他',
    }).help('「事例検討」とした内容は公表しません。'),
    text: text('内容', 1000)
      .open()
      .help('公表されます。個人が特定される内容は記入しないでください。')
      .example('○○市障害福祉計画の検証について'),
  },
  { layout: 'table' },
).withhold({ kind: 'caseStudy' });

const sessions = list(
  '活動内容',
  120,
  {
    title: text('会議名', 100).open().example('第1回'),
    heldOn: partialDate('開催日').help('日が不明な場合は年月だけで構いません。').example('令和6年8月20日'),
    items,
  },
  { layout: 'table' },
)
  .numbered('問10の14')
  .help('調査の対象期間に開催した会議を、開催順に記入してください。主な会議だけでも構いません。')
  .overPeriod();

const body = {
  name: text('名称', 100)
    .numbered('問10の1')
    .open()
    .help('協議会で使っている名称をそのまま記入してください。')
    .example('こども支援部会')
    .required(),
  kind: choice('種別', {
    plenary: '全体会',
    representatives: '代表者会議',
    practitioners: '担当者会議',
    regular: '定例会',
    steering: '運営会議',
    coordination: '調整会議',
    secretariat: '事務局会議',
    subcommittee: '専門部会',
    liaison: '連絡会',
    taskForce: '分科会・特定課題会',
    individualSupport: '個別支援会議',
    workingGroup: 'ワーキンググループ',
    other: 'その他',
  })
    .numbered('問10の2')
    .help('名称にかかわらず、役割が最も近い種別を選んでください。総会等、協議会全体の会議は「全体会」です。')
    .listed('種別')
    .required(),
  countedAsSubcommittee: choice('専門部会等に数える', { yes: '数える', no: '数えない' })
    .numbered('問10の3')
    .help(
      '部会数の集計に含めるかどうかです。選ばない場合は、種別が「専門部会」の会議体を数え、その他の会議体は数えません。専門部会に当たる連絡会等は「数える」を選んでください。',
    ),
  role: text('役割', 1000)
    .numbered('問10の4')
    .open()
    .help('会議体の目的や、協議会の中での位置付けを記入してください。')
    .example('医療的ケア児等について、関係機関との連携を図るとともに、情報の共有や課題の検討を行う。'),
  parent: reference('上位の会議体')
    .numbered('問10の5')
    .help(
      '報告や提案を上げる先の会議体を選んでください。組織図はこの回答から作成されます。最上位の会議体は空けておきます。',
    )
    .listed('上位の会議体'),
  tier: choice('層', tiers)
    .numbered('問10の6')
    .help('区域・ブロック域・市域の層に分けて運営している協議会だけが選んでください。')
    .listed('層'),
  functions: choices('担う機能', councilFunctions)
    .numbered('問10の7')
    .help(
      'この会議体が担っている機能を全て選んでください。機能は、令和6年3月29日付け障発0329第26号厚生労働省社会・援護局障害保健福祉部長通知に示されたものです。',
    ),
  limitedUntil: partialDate('設置期限')
    .numbered('問10の8')
    .help('期限を設けて設置している分科会等の場合に記入してください。')
    .example('令和8年3月'),
  planned: frequency('開催計画')
    .numbered('問10の9')
    .help(
      '要綱や年間計画で予定している開催の頻度です。定例のほかに随時開催する場合は「年2回＋随時」のように記入します。',
    )
    .example('月1回')
    .listed('開催計画'),
  meetings: count('開催回数', '回', { max: 300 })
    .numbered('問10の10')
    .nullable()
    .help(
      '調査の対象期間に実際に開催した回数です。設置しているが開催しなかった場合は0、その都度開催するため数えていない場合は「該当なし」としてください。',
    )
    .example('3')
    .overPeriod()
    .listed('開催回数（回）')
    .required(),
  members: count('委員数', '人', { max: 300 })
    .numbered('問10の11')
    .nullable()
    .help('基準日現在の委員の実人数です。委員を定めず、その都度必要な機関が参加する場合は「該当なし」としてください。')
    .example('17')
    .listed('委員数（人）')
    .required(),
  composition: counts('委員構成', categories, '人')
    .numbered('問10の12')
    .help('種別ごとの委員の人数です。1人の委員は、最も当てはまる種別1つに計上してください。合計は自動で計算されます。'),
  themes: texts('取組（テーマ）', { entries: 20, length: 500 })
    .numbered('問10の13')
    .open()
    .help('1件に1つの取組を記入してください。')
    .example('地域生活支援拠点等の整備に向けて地域課題を整理し、課題解決に向けた仕組みづくりについて検討する。'),
  sessions,
  futureIssues: texts('今後の課題・取組', { entries: 20, length: 500 })
    .numbered('問10の15')
    .open()
    .help('1件に1つの課題又は取組を記入してください。')
    .example('○○地区の家族会との連携'),
};

const bodies = list('会議体', 60, body)
  .numbered('問10')
  .help(
    '全体会、定例会、運営会議、専門部会等、協議会を構成する会議体を1つずつ記入してください。ワーキンググループ等も1つの会議体として記入できます。',
  )
  .required();

export const councilReport2024 = shippedForm(
  'council-report',
  2024,
  {
    title: '協議会活動報告書',
    units: 'council',
    help: '協議会ごとに1部、事務局の市町村が回答してください。共同設置の協議会は、構成市町村を代表して事務局の市町村が回答し、他の構成市町村は回答しません。区ごとの協議会は区ごとに回答します。連絡先等を除き公表されますので、個人が特定される内容は記入しないでください。',
    report: councilReport,
  },
  { profile, bodies },
  { rules: councilRules, measures: councilMeasures, released: released(reportDocument) },
);
