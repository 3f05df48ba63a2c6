/** A small form with every kind of question, for rules that hold for any form. */

import { form } from '../../../schemas/form.ts';
import {
  choice,
  choices,
  count,
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
} from '../../../schemas/kinds/question.ts';
import { decimal } from '../../../schemas/kinds/decimal.ts';
import { ranking } from '../../../schemas/kinds/ranking.ts';

export const scratchForm = form(
  'scratch',
  2024,
  { title: '試験票', units: 'municipality', help: '' },
  {
    first: section('第1', {
      status: choice('状況', { yes: 'あり', no: 'なし' }).required(),
      detail: choice('内訳', { a: 'イ', b: 'ロ', other: 'その他' }).when({ status: 'yes' }).required(),
      more: count('件数', '件').when({ detail: ['a', 'b'] }),
      functions: choices('機能', { x: '甲', y: '乙', z: '丙', other: 'その他' }).nullable(),
      partners: municipalities('相手市町村'),
      visitors: count('人数', '人').nullable(),
      note: text('補足', 100).open(),
      email: text('メール', 254, 'email'),
      phone: text('電話', 30, 'phone'),
      goals: texts('目標', { entries: 2, length: 5 }).open(),
      since: partialDate('開始'),
      cases: range('件数の幅', '件'),
      planned: frequency('頻度'),
      term: fiscalYearSpan('任期'),
    }),
    opinion: section('第2', {
      view: choice('評価', { good: '良い', bad: '悪い' }).tally(),
      reason: text('理由', 50).when({ view: 'bad' }),
      inner: group('内', { deep: count('深さ', 'm') }).when({ view: 'good' }),
    }),
    units: list('単位', 3, {
      name: text('名称', 10).open().required(),
      parent: reference('上位'),
      kind: choice('種別', { open: '公開', closed: '非公開' }),
      size: count('規模', '人').when({ kind: 'open' }),
      steps: list('段階', 2, {
        title: text('題', 10).open(),
        times: count('回数', '回'),
        nature: choice('性質', { usual: '通常', case: '事例' }),
      }).withhold({ nature: 'case' }),
    }),
    third: section('第3', {
      best: ranking('順位', { a: 'イ', b: 'ロ', other: 'その他' }, 2),
      gone: ranking('昔の順位', { a: 'イ', b: 'ロ' }, 2).nullable(),
      some: choices('二つまで', { a: 'イ', b: 'ロ', c: 'ハ' }, { atMost: 2 }),
      rate: decimal('割合', '％', { places: 2, min: -10, max: 100 }),
      known: count('把握している数', '人').when({ some: 'a' }).reasonIfBlank(),
      staff: countsTable('職員', { full: '常勤', part: '非常勤' }, { only: '専従', also: '兼務' }, '人'),
      topics: matrix('課題', { r: '行' }, { x: '県', y: '市' }, '計', '自ら'),
    }),
  },
);
