/** Questionnaires as they come from people who type in a hurry: what they say is clear, how they write it is not. */

import type { Workbook } from '@cj-tech-master/excelts';
import type { QuestionnaireSheets } from './questionnaire-sheets.ts';

/** Columns in another order and some left out, full-width signs, spaces, several circles, no IDs. */
export const sloppySheets: QuestionnaireSheets = {
  調査票: [
    { 内容: 'hinan', 項目: '識別子' },
    { 内容: 2025, 項目: ' 版 ' },
    { 内容: '避難行動要支援者の個別避難計画に関する照会', 項目: '名称' },
    { 内容: '市町村', 項目: '回答者' },
  ],
  設問: [
    { 設問: '計画の状況', 種類: '区分' },
    { 設問: ' 作成の状況 ', 種類: '選択', 番号: '問１', 必須: '〇', 選択肢: '作成済\n一部作成\n未作成\n' },
    { 設問: '対象者数', 種類: '数値', 番号: '問２', 必須: '◯', 単位: '人', 上限: 100000 },
    {
      設問: 'うち作成済の人数',
      種類: '数',
      番号: '問３',
      単位: '人',
      条件: '（問１　＝　“作成済”）or 問１＝“一部作成”',
      必須: '○',
    },
    { 設問: '未作成の理由', 種類: '自由記述', 番号: '問４', 上限: '４００', 条件: '問１ ＝ ”未作成”', 必須: '○' },
    { 設問: '作成率', 種類: '計算', 番号: '問５', 単位: '％', 小数: '1', 式: '問３ ／ 問２ ＊ 100' },
    { 設問: '協力者', 種類: '複数回答', 番号: '問６', 選択肢: '民生委員\n自主防災組織\nその他', 条件: '問２ ≧ １００' },
  ],
  選択肢: [{ 一覧: '', 選択肢: '', ID: '' }],
  確認: [
    { メッセージ: '作成済の人数が対象者数より多くなっています。', 式: '問３ ＞ 問２', 種別: '誤り', 対象: '問３' },
    {
      メッセージ: '対象者数が0人です。確認してください。',
      式: '問２＝０',
      種別: '理由を求める',
      対象: '問２',
      理由の候補: '要支援者がいないため',
    },
  ],
  集計: [{ 名称: '', 方法: '', 式: '' }],
};

/** Rows that are blank, or hold nothing but spaces. */
export function withBlankRows(workbook: Workbook): void {
  const questions = workbook.getWorksheet('設問');
  questions?.insertRow(4, []);
  questions?.addRow(['', '　', ' ']);
  questions?.addRow([]);
}

/** A merged title stands in the first row. */
export function withTitleRow(workbook: Workbook): void {
  const questions = workbook.getWorksheet('設問');
  questions?.insertRow(1, ['照会の設問']);
  questions?.mergeCells('A1:E1');
}
