/** A first questionnaire by somebody who has seen none: what is clear is read, and what is not is told with its cure. */

import { expect, it, vi } from 'vitest';
import { readQuestionnaire } from '../../../../../functions/domain/questionnaire/read.ts';
import type { ReadQuestionnaire } from '../../../../../functions/domain/questionnaire/read.ts';
import { readWorkbookSheets } from '../../../../../functions/platform/workbook/spreadsheet.ts';
import { questionnaireWorkbook } from '../../../../support/questionnaire-sheets.ts';
import type { QuestionnaireSheets } from '../../../../support/questionnaire-sheets.ts';

// The thread that files are read in takes its time to start.
vi.setConfig({ testTimeout: 60_000 });

const about: QuestionnaireSheets = {
  調査票: [
    { 項目: '識別子', 内容: 'ｇｙａｋｕｔａｉ' },
    { 項目: '版', 内容: '２０２５' },
    { 項目: '名称', 内容: '障害者虐待防止に関する\n対応状況調査　' },
    { 項目: '回答者', 内容: '市町村' },
  ],
  選択肢: [{ 一覧: '', 選択肢: '', ID: '' }],
  確認: [{ 対象: '', 種別: '', 式: '', メッセージ: '' }],
  集計: [{ 名称: '', 方法: '', 式: '' }],
};

async function read(sheets: QuestionnaireSheets): Promise<ReadQuestionnaire> {
  const given = await readWorkbookSheets(await questionnaireWorkbook({ ...about, ...sheets }), 60_000);
  if (!given.ok) throw new Error(given.refusal.message);
  return readQuestionnaire(given.value, {});
}

async function errorsOf(sheets: QuestionnaireSheets): Promise<string[]> {
  const found = await read(sheets);
  return 'errors' in found ? found.errors.map(({ cell, message }) => `${cell}: ${message}`) : [];
}

const centre = {
  番号: '問１',
  種類: '選択',
  設問: '虐待防止センターを\n設置していますか。',
  選択肢: '1 はい\n2 いいえ\n3 その他（具体的に）',
};

it('reads what is clear', async () => {
  const found = await read({
    設問: [
      { 種類: '区分', 設問: '体制 ' },
      centre,
      { 種類: '文章', 設問: '課題', 字数: '４００' },
      { 種類: '文章', 設問: '意見', 上限: 200 },
      { 種類: 'メール', 設問: 'メール' },
      { 種類: '電話', 設問: '電話' },
      { 番号: '2-1', 種類: '数', 設問: '件数', 単位: '件' },
      { 種類: '文章', 設問: 'Name of\nthe office', 上限: 20 },
    ],
    確認: [{ 対象: '`2-1`', 種別: '注意', 式: '｀２－１｀ ＝ ０', メッセージ: '０件です。' }],
    集計: [{ 名称: '規模', 方法: '区分', 式: 'if `2-1` >= 10 then "大" else "小"', 選択肢: '大\n小' }],
  });
  if ('errors' in found) throw new Error(JSON.stringify(found.errors));
  const { id, title, sections, rules, measures } = found.document;
  expect([id, title]).toEqual(['gyakutai', '障害者虐待防止に関する対応状況調査']);
  expect(sections[0]?.questions.map(({ label }) => label)).toEqual([
    '虐待防止センターを設置していますか。',
    '課題',
    '意見',
    'メール',
    '電話',
    '件数',
    'Name of the office',
  ]);
  expect(sections[0]?.questions).toMatchObject([
    { options: [{ key: 'o1' }, { key: 'o2' }, { key: 'other', label: '3 その他（具体的に）' }] },
    { maxLength: 400 },
    { maxLength: 200 },
    { maxLength: 254, format: 'email' },
    { maxLength: 30, format: 'phone' },
    {},
    {},
  ]);
  expect(rules).toMatchObject([{ at: 'q1.q7', if: 'q7 = 0' }]);
  expect(measures).toMatchObject([
    {
      options: [
        { key: 'o1', label: '大' },
        { key: 'o2', label: '小' },
      ],
      of: 'if q1.q7 >= 10 then "o1" else "o2"',
    },
  ]);
});

it('tells that a question is not called by its label, and what to write', async () => {
  expect(
    await errorsOf({
      設問: [
        { 種類: '区分', 設問: '体制' },
        { 番号: '３', 種類: '数', 設問: '計', 単位: '件' },
        { 種類: '数', 設問: '内訳', 単位: '件', 条件: '計 > 0' },
      ],
      確認: [{ 対象: '内訳', 種別: '注意', 式: '`3` < 内訳', メッセージ: '多すぎます。' }],
    }),
  ).toEqual([
    '設問!E4: 条件：「計」は設問の名称です。番号「`3`」で書いてください。',
    '確認!A2: 「内訳」は設問の名称です。設問に番号を付け、番号で書いてください。',
  ]);
});

it('tells that a figure is no number of a question', async () => {
  const figures = (number: string): string =>
    `番号「${number}」の設問は「\`${number}\`」と書いてください（「\`」で囲まない数字は、ただの数として読みます）。`;
  expect(
    await errorsOf({
      設問: [
        { 種類: '区分', 設問: '体制' },
        { 番号: '１', 種類: '数', 設問: '指定', 単位: '件' },
        { 番号: '２', 種類: '数', 設問: '協定', 単位: '件', 条件: '１ > ０' },
        { 種類: '計算', 設問: '計', 単位: '件', 小数: 0, 式: '１ + ２' },
      ],
    }),
  ).toEqual([
    `設問!E4: 条件の「１ > ０」：決まった値どうしを比べています。どちらかに設問を書いてください。${figures('1')}`,
    `設問!G5: 式の「１ + ２」：式に設問がありません。番号（問1 など）かIDで設問を書いてください。${figures('1')}`,
  ]);
});

it('names the words that may stand where none is near', async () => {
  expect(
    await errorsOf({
      設問: [{ 種類: '区分', 設問: '体制' }, centre],
      報告書: [
        { 見出し: '体制', 種類: '', 設問: '' },
        { 見出し: '', 種類: '順位', 設問: '問１' },
      ],
    }),
  ).toEqual([
    '報告書!B3: 「種類」に「順位」は使えません。「多い順」「文中」「選択肢別」「表」「合計」「表題の中」「集計」「筆頭」「設置数」「整備状況」「小見出し」「表のみ」のいずれかを記入してください。',
  ]);
});

const goals: QuestionnaireSheets = {
  設問: [
    { 種類: '区分', 設問: '成果目標' },
    { 種類: '組', 設問: '地域移行' },
    { 番号: '1①', 種類: '数', 設問: '目標値', 単位: '人' },
    { 番号: '1②', 種類: '選択', 設問: '評価', 選択肢: '評価' },
    { 種類: '終わり' },
    { 種類: '組', 設問: '一般就労' },
    { 番号: '2①', 種類: '数', 設問: '目標値', 単位: '人' },
    { 種類: '終わり' },
  ],
  選択肢: [
    { 一覧: '評価', 選択肢: '達成', ID: '' },
    { 一覧: '評価', 選択肢: '未達成', ID: '' },
  ],
  集計: [{ 名称: '目標の合計', 方法: '合計', 式: '`1①` + `2①`', 単位: '人' }],
};

it('finds the questions of the year before by where their labels stand, and keeps them if they are the same', async () => {
  const first = await read(goals);
  if ('errors' in first) throw new Error(JSON.stringify(first.errors));
  const next: QuestionnaireSheets = {
    ...goals,
    選択肢: [
      { 一覧: '評価', 選択肢: '未達成', ID: '' },
      { 一覧: '評価', 選択肢: '達成', ID: '' },
      { 一覧: '評価', 選択肢: '中止', ID: '' },
    ],
  };
  const given = await readWorkbookSheets(await questionnaireWorkbook({ ...about, ...next }), 60_000);
  if (!given.ok) throw new Error(given.refusal.message);
  const earlier = [{ ...first.document, version: 2024 }];
  const told = readQuestionnaire(given.value, { earlier });
  if ('errors' in told) throw new Error(JSON.stringify(told.errors));
  expect(told.notices.map(({ cell, message }) => `${cell} ${/ID：([^）]*)/.exec(message)?.[1]}`)).toContain(
    '設問!A8 q1.q5.q6',
  );
  const kept = readQuestionnaire(given.value, { earlier, keepsLost: true });
  if ('errors' in kept) throw new Error(JSON.stringify(kept.errors));
  expect(kept.notices).toEqual([]);
  const options = [
    { key: 'o2', label: '未達成' },
    { key: 'o1', label: '達成' },
    { key: 'o3', label: '中止' },
  ];
  const [section] = first.document.sections;
  expect(kept.document).toEqual({
    ...first.document,
    sections: [{ ...section, questions: [expect.objectContaining({ key: 'q2' }), section?.questions[1]] }],
  });
  expect(kept.document.sections[0]?.questions[0]).toMatchObject({ questions: [{ key: 'q3' }, { key: 'q4', options }] });
});

it('calls a length by the heading under which it stands', async () => {
  const errors = async (row: Readonly<Record<string, string>>): Promise<string[]> =>
    errorsOf({
      設問: [
        { 種類: '区分', 設問: '体制' },
        { 種類: '文章', 設問: '課題', ...row },
      ],
    });
  expect(await errors({})).toEqual([expect.stringMatching(/: 「字数」に、文字数の上限を記入してください/u)]);
  expect(await errors({ 字数: '20000' })).toEqual([expect.stringMatching(/: 「字数」：/u)]);
  expect(await errors({ 上限: '20000' })).toEqual([expect.stringMatching(/: 「上限」：/u)]);
  expect(await errors({ 字数: '400', 上限: '200' })).toEqual([
    expect.stringMatching(/: 「上限」と「字数」の両方に記入があります/u),
  ]);
});

it('takes the year of a version, Japanese quotation marks, and says once what many rows have wrong', async () => {
  const 調査票 = [...(about['調査票'] ?? [])].map((row) =>
    row['項目'] === '版' ? { ...row, 内容: '令和８年度' } : row,
  );
  const found = await read({
    調査票,
    設問: [
      { 種類: '区分', 設問: '体制' },
      { 番号: '問1', 種類: '選択', 設問: '状況', 選択肢: '済み\n未着手' },
      { 番号: '問2', 種類: '数', 設問: '件数', 単位: '件', 条件: '問1＝「済み」' },
    ],
  });
  if ('errors' in found) throw new Error(JSON.stringify(found.errors));
  expect(found.document).toMatchObject({
    version: 2026,
    sections: [{ questions: [{}, { when: expect.stringMatching(/^q\d = "o1"$/u) }] }],
  });
  const rows: Readonly<Record<string, string | number>>[] = [
    { 番号: '問1', 種類: '数の表', 設問: '人数', 選択肢: '身体\n知的\n精神', 単位: '人' },
    { 番号: '問2', 種類: '計算', 設問: '計', 単位: '人', 小数: 0, 式: '合計(問1)' },
  ];
  expect(await errorsOf({ 設問: rows })).toEqual([
    expect.stringMatching(/この行から3行目までの設問が、区分の外にあります。この行より上に/u),
  ]);
  expect(await errorsOf({ 設問: [{ 種類: '区分', 設問: '体制' }, ...rows] })).toEqual([
    expect.stringMatching(/「行：」に続けて、シート「選択肢」の一覧の名前を記入してください（例：「行：障害種別」）/u),
  ]);
});
