/**
 * 支援調整会議実施状況票, one per municipality with a welfare office. Reconstructed from 社会保障審議会生活困窮者自立支援
 * 及び生活保護部会(第7回)参考資料(平成29年9月21日): 岩見沢市 and 横浜市.
 */

import { shippedForm } from '../../form.ts';
import {
  choice,
  choices,
  count,
  frequency,
  group,
  list,
  partialDate,
  range,
  section,
  text,
} from '../../kinds/question.ts';
import { released } from '../../document/released.ts';
import meetingDocument from '../released/coordination-meeting-2024.json' with { type: 'json' };
import { meetingRules } from './rules.ts';

const participants = {
  principal: '本人',
  municipality: '自治体職員',
  selfRelianceStaff: '自立相談支援員',
  budgetStaff: '家計相談支援員',
  employmentStaff: '就労準備支援担当者',
  learningStaff: '子どもの学習支援担当者',
  socialWelfareCouncil: '社会福祉協議会',
  helloWork: 'ハローワーク',
  youthStation: 'サポートステーション',
  communityCare: '地域包括支援センター',
  disabilityConsultation: '障害の相談支援事業所',
  medical: '医療機関',
  npo: 'NPO法人',
  welfareDivisions: '福祉関連部署',
  other: 'その他',
};

const program = (number: string, label: string) =>
  group(label, {
    operation: choice('事業実施状況', {
      none: '未実施',
      direct: '直営',
      commissioned: '委託',
      both: '直営＋委託',
    })
      .numbered(`${number}の1`)
      .help('全部を委託している場合は「委託」、一部を委託している場合は「直営＋委託」です。'),
    contractors: choices('委託先', {
      npo: 'NPO法人',
      socialWelfareCorporation: '社会福祉法人',
      socialWelfareCouncil: '社会福祉協議会',
      incorporatedAssociation: '社団法人',
      schoolCorporation: '学校法人',
      company: '株式会社等',
      workersCooperative: '企業組合',
      other: 'その他',
    })
      .numbered(`${number}の2`)
      .when({ operation: ['commissioned', 'both'] })
      .help(
        '委託先の法人の種別を全て選んでください。社会福祉協議会は「社会福祉法人」ではなく「社会福祉協議会」を選びます。',
      ),
  }).numbered(number);

export const coordinationMeeting2024 = shippedForm(
  'coordination-meeting',
  2024,
  {
    title: '支援調整会議実施状況票',
    units: 'welfareOffice',
    help: '生活困窮者自立支援制度の支援調整会議について、福祉事務所を設置する自治体ごとに1部回答してください。福祉事務所を設置していない町村は回答しません。区ごとに開催している場合も、市でまとめて1部としてください。',
    report: { headings: [{ title: '支援調整会議実施状況票', sections: ['population', 'programs', 'holding'] }] },
  },
  {
    population: section('人口', {
      count: count('人口', '人', { max: 4_000_000 })
        .numbered('問1')
        .help('住民基本台帳等による総人口です。')
        .example('83,237')
        .required(),
      asOf: partialDate('人口の時点')
        .numbered('問1の1')
        .help('人口がいつ現在のものかを、年月又は年月日で記入してください。')
        .example('令和6年7月')
        .required(),
    }),

    programs: section('事業実施状況', {
      selfReliance: program('問2', '自立相談支援事業'),
      employmentPreparation: program('問3', '就労準備支援事業'),
      householdBudget: program('問4', '家計改善支援事業（旧 家計相談支援事業）'),
      childrenLearning: program('問5', '子どもの学習・生活支援事業（旧 子どもの学習支援事業）'),
    }).help('生活困窮者自立支援法に基づく事業の実施状況を、基準日現在で回答してください。'),

    holding: section('支援調整会議の開催方法', {
      venue: text('開催場所', 100).numbered('問6').open().example('委託先事業所内').required(),
      pattern: choice('開催パターン', { regular: '定例開催', asNeeded: '随時開催', both: '定例と随時の併用' })
        .numbered('問7')
        .help(
          '日程をあらかじめ定めて開催する場合は「定例開催」、本人の状況に応じてその都度開催する場合は「随時開催」、両方を行う場合は「定例と随時の併用」です。',
        )
        .required(),
      meetings: list('会議', 20, {
        name: text('名称', 100).open().example('個別ケース検討（1、2、4水曜日）'),
        holding: choice('開催方法', { regular: '定例', asNeeded: '随時' }).required(),
        frequency: frequency('開催頻度')
          .help('区等により異なる場合は「年2〜6回」のように範囲で記入してください。')
          .example('月3回'),
        casesPerMeeting: range('1回当たりの検討件数', '件')
          .help('1回の会議で検討するケースの数です。範囲でも記入できます。')
          .example('4〜5'),
        minutesPerCase: range('1ケース当たりの協議時間', '分').help('範囲でも記入できます。').example('10〜15'),
        purposes: choices('目的', {
          planReview: 'プランの適切性の協議',
          planSharing: '支援提供者によるプラン案の共有',
          evaluation: 'プラン終結時等の評価',
          resources: '社会資源の充足状況の把握と開発に向けた検討',
          network: 'ネットワークづくり',
          informationSharing: '情報共有・早期発見',
        }).help('当てはまるものを全て選んでください。'),
        coreParticipants: choices('コアメンバー', participants).help('原則として毎回参加する者を全て選んでください。'),
        otherParticipants: choices('ケース・テーマに応じた参加者', participants).help(
          'ケースの内容や会議のテーマに応じて参加する者を全て選んでください。',
        ),
        note: text('補足', 500)
          .open()
          .help('公表されます。個人が特定される内容は記入しないでください。')
          .example('交通網や移動の課題を検討するため、市の企画課の職員が参加'),
      })
        .numbered('問8')
        .help('目的や開催方法が異なる会議は、1件ずつ分けて記入してください。')
        .required(),
      afterTheFact: choice('事後報告による了承の割合', { none: 'なし', some: '一部', most: '多い' })
        .numbered('問9')
        .help(
          '定例の会議を待たずに支援を開始し、会議では事後的に報告して了承を得たプランの割合です。事後報告の頻発による会議の形骸化に留意してください。',
        ),
    }),
  },
  { rules: meetingRules, released: released(meetingDocument) },
);
