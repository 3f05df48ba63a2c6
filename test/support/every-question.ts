/** A questionnaire with every kind of question and every visibility, and a directory to answer it. */

import { directory as directorySchema } from '../../schemas/directory.ts';
import { form } from '../../schemas/form.ts';
import {
  choice,
  choices,
  count,
  counts,
  countsTable,
  fiscalYearSpan,
  frequency,
  group,
  list,
  matrix,
  municipalities,
  partialDate,
  range,
  reference,
  section,
  text,
  texts,
} from '../../schemas/kinds/question.ts';
import { decimal } from '../../schemas/kinds/decimal.ts';
import { ranking } from '../../schemas/kinds/ranking.ts';
import { formIn } from '../../schemas/round-forms.ts';
import type { Round } from '../../schemas/round.ts';

const yesNo = { yes: 'はい', no: 'いいえ' };

const compareYear = 2022;

const asWritten = form(
  'every-question',
  2024,
  { title: '全種類の調査票', units: 'municipality', help: '' },
  {
    plain: section('基本', {
      status: choice('状況', { established: '設置済', other: 'その他' }),
      topics: choices('議題', { housing: '住まい', work: '就労', other: 'その他' }),
      roles: choices('役割', yesNo).nullable(),
      members: count('委員数', '人').nullable().help('{compareYear}と比べてください。'),
      meetings: count('開催回数', '回').numbered('問2の1').overPeriod(),
      remarks: text('備考', 2000).open(),
      note: text('メモ', 2000),
      since: partialDate('設置年月'),
      size: range('規模', '人'),
      plan: frequency('開催計画'),
      term: fiscalYearSpan('任期'),
      partners: municipalities('相手市町村'),
      goals: texts('目標', { entries: 20, length: 200 }).open(),
      composition: counts('構成', { staff: '職員', residents: '住民' }, '人'),
      nested: group('組', { inner: group('内', { answer: choice('回答', yesNo) }) }),
    }),
    assessment: section('評価', {
      grade: choice('評価', { good: '良い', bad: '悪い', other: 'その他' }).tally(),
      methods: choices('方法', { survey: '調査', other: 'その他' }).tally(),
      area: matrix(
        '広域',
        { housing: '住まい', work: '就労' },
        { prefecture: '県', region: '広域' },
        '県又は広域',
      ).tally(),
      follows: choice('続き', yesNo).when({ grade: 'good' }),
      cost: count('費用', '円').internal(),
      why: texts('理由', { entries: 5, length: 200 }),
    }),
    work: section('取組', {
      priorities: ranking('力を入れた取組', { network: '連携', training: '人材育成', rights: '権利擁護' }, 2).numbered(
        '問4',
      ),
      urgency: ranking('急ぐ取組', { network: '連携', training: '人材育成' }, 2).nullable().tally(),
      rate: decimal('作成率', '％', { places: 1, max: 100 }),
      staff: countsTable('職員数', { full: '常勤', part: '非常勤' }, { only: '専従', also: '兼務' }, '人').numbered(
        '問5',
      ),
      handled: countsTable(
        '相談件数',
        { physical: '身体', mental: '精神' },
        { persons: '実人員', times: '延件数' },
        '件',
      ).tally(),
      wider: matrix('課題', { medical: '医療的ケア' }, { region: '広域で対応' }, '計', '自市町村で対応'),
    }),
    bodies: list('会議体', 60, {
      name: text('名称', 100).open(),
      parent: reference('親'),
      access: choice('公開', { open: '公開', closed: '非公開' }),
      chair: text('座長', 100),
      themes: texts('取組', { entries: 5, length: 200 }).open(),
      sessions: list('会議', 50, {
        heldOn: partialDate('開催日'),
        attendance: count('出席者数', '人').internal(),
        items: list('内容', 30, { body: text('内容', 1000).open() }),
      }),
    }).withhold({ access: 'closed' }),
    contact: section('連絡先', { person: text('氏名', 100), email: text('メール', 254, 'email') }).internal(),
  },
);

/** As the round reads it. */
export const everyQuestion = formIn(asWritten, { compareYear });

export const directory = directorySchema.parse({
  prefecture: { code: '110001', name: '埼玉県' },
  municipalities: [
    { code: '112011', name: '川越市', kind: 'city' },
    { code: '113018', name: '伊奈町', kind: 'town' },
    { code: '112038', name: '川口市', kind: 'city' },
  ],
  councils: [{ id: 'joint', name: '合同協議会', members: ['112011', '113018'], lead: '112011' }],
});

export const round: Round = {
  id: 'R6',
  name: '令和6年度調査',
  fiscalYear: 2024,
  compareYear,
  referenceDate: '2024-09-30',
  period: { from: '2023-04', to: '2024-03' },
  forms: { 'every-question': 2024 },
  opensAt: '2024-10-01',
  dueAt: '2024-11-29',
  directoryVersion: 1,
};
