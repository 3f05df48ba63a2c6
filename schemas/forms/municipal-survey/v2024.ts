/**
 * 市町村調査票, one per municipality. Reconstructed from the published results of 埼玉県「市町村自立支援協議会との連携に
 * ついて」(令和6年9月30日現在).
 */

import { shippedForm } from '../../form.ts';
import {
  choice,
  choices,
  count,
  list,
  matrix,
  municipalities,
  partialDate,
  section,
  text,
} from '../../kinds/question.ts';
import { released } from '../../document/released.ts';
import surveyDocument from '../released/municipal-survey-2024.json' with { type: 'json' };
import { surveyReport } from './report.ts';
import { surveyRules } from './rules.ts';

const established = { 'establishment.status': 'established' };

/** Topics that can be left to the prefecture or the region. */
const topics = {
  consultationQuality: '相談支援の質及び量',
  employment: '就労支援',
  children: '障害児支援',
  rightsProtection: '権利擁護・虐待防止',
  workforce: '福祉人材（マンパワー）の確保',
  socialResources: '社会資源の開発及び改善',
  medicalCare: '医療的ケア',
  housing: '居住支援',
  communityTransition: '地域移行・退院支援',
  disaster: '防災',
  leisure: '余暇支援',
};

const revitalisation = {
  revitalised: '活性化した',
  somewhat: 'ある程度活性化した',
  not: '活性化したとは言えない',
  mixed: '一概には言えない',
  other: 'その他',
};

/** From the nearest to the goal to the farthest. */
const progress = { established: '整備済', considering: '検討中', undecided: '未定' };

export const municipalSurvey2024 = shippedForm(
  'municipal-survey',
  2024,
  {
    title: '市町村調査票',
    units: 'municipality',
    help: '市町村自立支援協議会の活動状況等について、市町村ごとに1部回答してください。共同設置の場合も、構成市町村がそれぞれ回答します。協議会の会議体や開催回数は、事務局の市町村が「協議会活動報告書」で回答します。数える対象がないときは0と記入してください（空欄は未回答として扱われます）。回答した内容のうち、課題及び活性化に関する項目は合計のみを公表し、市町村名とともに公表することはありません。',
    report: surveyReport,
  },
  {
    establishment: section('市町村自立支援協議会の設置状況', {
      status: choice('自立支援協議会の設置', { established: '設置済', notEstablished: '未設置' })
        .numbered('問1')
        .help(
          '障害者総合支援法第89条の3に基づく協議会について回答してください。名称は問いません。共同設置の協議会に構成市町村として参加している場合も「設置済」です。',
        )
        .required(),
      form: choice('設置形態', { single: '単独設置', joint: '共同設置', singleAndJoint: '単独・共同設置' })
        .numbered('問1の1')
        .when({ status: 'established' })
        .help(
          '自市町村だけで設置している場合は「単独設置」、他の市町村と共同で設置している場合は「共同設置」、単独の協議会と共同の協議会の両方がある場合は「単独・共同設置」です。',
        )
        .required(),
    }),

    activity: section('市町村自立支援協議会の活動状況', {
      agenda: choices('協議事項', {
        individualCases: '個別事例への支援のあり方に関する協議、調整',
        supportSystemIssues: '障害者等への支援体制等に関する課題の抽出、把握や共有',
        serviceProvision: '相談支援体制や福祉サービス等の整備状況や課題等の抽出、把握や共有',
        networkStrengthening: '関係機関や他分野のネットワークの連携強化に関すること',
        socialResources: '社会資源の開発・改善に関すること',
        workforce: '人材の確保・養成に関すること',
        welfarePlan: '市町村障害福祉計画等に関すること',
        prefecturalLiaison: '都道府県協議会への報告・連携に関すること',
        communityLifeBases: '地域生活支援拠点等の整備、機能充実に関すること',
        other: 'その他',
      })
        .numbered('問2')
        .when(established)
        .help(
          '全体会、専門部会等で実際に協議した事項を全て選んでください。要綱に定めがあるだけで協議していない事項は選びません。',
        )
        .required(),
      roles: choices('役割', {
        informationSharing: '情報共有・情報発信',
        issueOrganising: '地域課題の整理',
        solutionStudy: '課題解決に向けての検討',
        crossFieldNetwork: '分野を越えてのネットワークの構築',
        other: 'その他',
      })
        .numbered('問3')
        .when(established)
        .help('協議会が現に果たしている役割を全て選んでください。')
        .required(),
    }),

    issues: section('地域課題', {
      raised: choice('地域課題はあがっているか', { yes: 'あがっている', no: 'あがっていない' })
        .numbered('問4')
        .when(established)
        .help('個別の支援や会議を通じて、地域全体で取り組むべき課題が協議会に提起されているかをお尋ねするものです。')
        .tally()
        .required(),
      captureMethods: choices('地域課題の把握方法', {
        meetings: '全体会・専門部会・各種連絡会等',
        surveys: 'アンケート・ヒアリング等',
        individualSupportMeetings: '個別支援会議',
        directReception: '市町村自立支援協議会で直接受付',
        other: 'その他',
      })
        .numbered('問4の1')
        .when({ raised: 'yes' })
        .help('地域課題をどこで把握しているか、当てはまるものを全て選んでください。')
        .tally()
        .required(),
      caseSelection: choices('個別の困難事例の把握・検討', {
        fromMeetings: '専門部会やその他の各種連絡会等から検討が必要なものを取上げ',
        fromSurveys: 'アンケート・ヒアリング等で把握した案件から取上げ',
        fromIndividualSupportMeetings: '個別支援会議で上がった案件から検討が必要なものを取上げ',
        other: 'その他',
      })
        .numbered('問4の2')
        .when({ raised: 'yes' })
        .help('協議会で検討する個別事例をどのように取り上げているか、当てはまるものを全て選んでください。')
        .tally()
        .required(),
      initiatives: choices('取組内容', { ...topics, other: 'その他' })
        .numbered('問4の3')
        .when({ raised: 'yes' })
        .help('あがった地域課題について、協議会として取り組んでいる分野を全て選んでください。')
        .tally()
        .required(),
      widerArea: matrix(
        '広域又は県全体で対応する方が良いと考える課題',
        topics,
        { prefecture: '県全域', region: '広域' },
        '県全域又は広域',
        '自市町村で対応',
      )
        .numbered('問4の4')
        .when({ raised: 'yes' })
        .help(
          '課題ごとに、県全域で対応する方が良いと考えるものは「県全域」、近隣の市町村等と広域で対応する方が良いと考えるものは「広域」のいずれか一方を選んでください。自市町村で対応する課題は選ばずに空けておきます。',
        )
        .tally(),
    }),

    revitalisation: section('市町村自立支援協議会の活性化', {
      plenary: choice('全体会の活性化（{compareYear}との比較）', revitalisation)
        .numbered('問5')
        .when(established)
        .help('見出しの年度と比べた全体会の活性化の状況を、自市町村の評価で選んでください。')
        .tally()
        .required(),
      plenaryReason: text('全体会をそのように評価した理由', 1000)
        .numbered('問5の1')
        .when(established)
        .help('公表しません。県が市町村への助言を検討する際の参考とします。')
        .example('委員から事前に議題を募ることとし、地域課題に関する発言が増えたため。'),
      subcommittees: choice('専門部会等の活性化（{compareYear}との比較）', revitalisation)
        .numbered('問6')
        .when(established)
        .help(
          '見出しの年度と比べた専門部会等の活性化の状況を選んでください。部会により評価が異なる場合は「一概には言えない」を選び、理由欄に記入してください。',
        )
        .tally()
        .required(),
      subcommitteesReason: text('専門部会等をそのように評価した理由', 1000)
        .numbered('問6の1')
        .when(established)
        .help('公表しません。')
        .example('こども部会は開催回数が増えたが、就労支援部会は開催できなかったため。'),
    }),

    consultation: section('相談支援事業所の設置状況', {
      commissioned: count('委託相談支援事業所', '事業所', { max: 100 })
        .numbered('問7')
        .help(
          '自市町村が障害者相談支援事業を委託し、自市町村に所在する事業所の数です。複数の市町村で共同して委託している場合は、幹事市町村のみが計上し、その他の市町村は計上しません。',
        )
        .example('2')
        .listed('委託')
        .required(),
      generalTransition: count('指定一般相談支援事業所（地域移行支援）', '事業所', { max: 300 })
        .numbered('問8')
        .help('自市町村に所在し、地域移行支援の指定を受けている事業所の数です。')
        .example('3')
        .listed('地域移行')
        .reasonIfBlank(),
      generalSettlement: count('指定一般相談支援事業所（地域定着支援）', '事業所', { max: 300 })
        .numbered('問9')
        .help(
          '自市町村に所在し、地域定着支援の指定を受けている事業所の数です。地域移行支援の指定も受けている事業所は、両方に1ずつ計上します。',
        )
        .example('3')
        .listed('地域定着')
        .reasonIfBlank(),
      specific: count('指定特定相談支援事業所', '事業所', { max: 500 })
        .numbered('問10')
        .help('自市町村が指定した、計画相談支援を行う事業所の数です。')
        .example('8')
        .listed('特定')
        .required(),
      children: count('指定障害児相談支援事業所', '事業所', { max: 500 })
        .numbered('問11')
        .help('自市町村が指定した事業所の数です。指定特定相談支援事業所を兼ねる場合は、両方に1ずつ計上します。')
        .example('6')
        .listed('障害児')
        .required(),
    }),

    bases: section('地域生活支援拠点等の整備状況', {
      status: choice('地域生活支援拠点等の整備状況', progress)
        .numbered('問12')
        .help('共同で整備している場合は、構成市町村の全てが「整備済」です。')
        .listed('拠点')
        .required(),
      arrangement: choice('整備方法', { single: '単独', joint: '共同' })
        .numbered('問12の1')
        .when({ status: 'established' })
        .help('他の市町村と共同で整備した場合（圏域での整備を含む）は「共同」です。')
        .required(),
      type: choice('整備類型', {
        areaBased: '面的整備',
        multiFunction: '多機能拠点',
        both: '面的整備＋多機能拠点',
      })
        .numbered('問12の2')
        .when({ status: 'established' })
        .help(
          '地域の複数の機関が機能を分担して担う場合は「面的整備」、機能を1か所に集約した拠点による場合は「多機能拠点」、両方による場合は「面的整備＋多機能拠点」です。',
        )
        .required(),
      partners: municipalities('共同整備の相手市町村')
        .numbered('問12の3')
        .when({ arrangement: 'joint' })
        .help('共同で整備している市町村を、自市町村を除いて全て選んでください。'),
      plannedFor: partialDate('整備予定時期')
        .numbered('問12の4')
        .when({ status: 'considering' })
        .help(
          '年度末までに整備する予定の場合は「令和8年度末」のように記入すると、その年度の3月として扱われます。未定の場合は空けておきます。',
        )
        .example('令和8年度末'),
      coordinators: count('拠点コーディネーターの配置数', '人', { max: 100 })
        .numbered('問12の5')
        .when({ status: 'established' })
        .help(
          '地域生活支援拠点等に配置されているコーディネーターの実人数です（兼務の者を含む）。配置していない場合は0です。',
        )
        .example('1'),
      functions: choices('拠点等の機能', {
        consultation: '相談',
        emergency: '緊急時の受入',
        experience: '体験の機会・場',
        specialists: '専門的人材の確保・養成',
        communitySystem: '地域の体制づくり',
      })
        .numbered('問12の6')
        .when({ status: 'established' })
        .help('現に備えている機能を全て選んでください。今後備える予定の機能は選びません。')
        .required(),
    }),

    coreCentre: section('基幹相談支援センターの設置状況・機能等', {
      status: choice('基幹相談支援センターの設置状況', { ...progress, established: '設置済' })
        .numbered('問13')
        .help('他の市町村が幹事となって共同で設置している場合も「設置済」です。')
        .listed('基幹')
        .required(),
      ledBy: municipalities('共同設置の幹事市町村（自市町村以外の場合）')
        .numbered('問13の1')
        .when({ status: 'established' })
        .help(
          '他の市町村が幹事となっている共同設置のセンターがある場合に、その幹事市町村を選んでください。センターの内容は幹事市町村が回答します。',
        ),
      centres: list('自市町村が幹事または単独で設置するセンター', 30, {
        name: text('センターの名称', 100).open().example('○○市障害者基幹相談支援センター').required(),
        arrangement: choice('設置方法', { single: '単独', joint: '共同' })
          .help('他の市町村と共同で設置している場合は「共同」です。')
          .required(),
        partners: municipalities('共同設置の相手市町村')
          .when({ arrangement: 'joint' })
          .help('共同で設置している市町村を、自市町村を除いて全て選んでください。'),
        operation: choice('運営方法', {
          commissioned: '委託',
          direct: '直営',
          both: '委託＋直営',
          designatedManager: '指定管理',
        }).required(),
        functions: choices('センターの機能', {
          specialistStaff: '専門的職員の配置',
          guidance: '相談支援事業所への指導・助言',
          training: '相談支援事業者の人材育成',
          caseReviews: '定期的な事例検討・意見交換',
          liaison: '関係機関等との連携強化',
          rightsProtection: '権利擁護のための必要な援助',
          councilLiaison: '市町村自立支援協議会との連携',
          other: 'その他',
        }).help('センターが現に担っている機能を全て選んでください。'),
      })
        .numbered('問13の2')
        .when({ status: 'established' })
        .help(
          'センターごとに1件ずつ記入してください。共同設置のセンターは幹事市町村だけが記入し、その他の市町村は「共同設置の幹事市町村」を選びます。',
        ),
    }),

    contact: section('回答者連絡先', {
      department: text('所属', 100).example('福祉部障害福祉課障害福祉係'),
      person: text('氏名', 100),
      email: text('メールアドレス', 254, 'email')
        .help('県からの照会の送付先となります。')
        .example('shogai@city.example.lg.jp'),
      phone: text('電話番号', 30, 'phone')
        .help('内線がある場合は、「048-000-0000 内線123」のように続けて記入してください。')
        .example('048-000-0000'),
      remarks: text('特記事項', 2000).help('回答に当たって県に伝えたいことがあれば記入してください。公表しません。'),
    })
      .help('県からの照会のために使用します。公表しません。')
      .internal(),
  },
  { rules: surveyRules, released: released(surveyDocument) },
);
