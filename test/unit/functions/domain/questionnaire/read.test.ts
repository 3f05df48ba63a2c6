/** What a workbook of a questionnaire says, and what is told of one that is wrong: all at once. Each fault stands in `test/support/wrong-workbooks.ts`. */

import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import type { GivenSheet } from '../../../../../functions/domain/given-sheet.ts';
import { writeQuestionnaire } from '../../../../../functions/domain/questionnaire/write.ts';
import {
  names,
  documents,
  workbooks,
  changed,
  told,
  noticesOf,
  documentOf,
  original,
} from '../../../support/questionnaire-workbooks.ts';
import { given } from '../../../support/sheets.ts';

describe.each(names)('%s', (name) => {
  it('is read as the document beside it', () => {
    expect(canonicalize(documentOf(workbooks.get(name) ?? []))).toBe(canonicalize(documents.get(name)));
  });

  it('is written so that it is read as the same', () => {
    const written = given(writeQuestionnaire(original(name)));
    expect(noticesOf(written)).toEqual([]);
    expect(canonicalize(documentOf(written))).toBe(canonicalize(documents.get(name)));
  });

  it('may have its columns in any order, marks of any kind, spaces and widths', () => {
    const sheets = (workbooks.get(name) ?? []).map((sheet) => ({
      ...sheet,
      name: ` ${sheet.name}　`,
      rows: sheet.rows.map(({ number, cells }) => ({
        number: number + 2,
        cells: cells.map(({ column, text }) => ({
          column: 40 - column,
          text: text === '○' ? '〇' : number === 1 ? `${text.replace('ID', 'ＩＤ')}\n` : ` ${text} `,
        })),
      })),
    }));
    expect(canonicalize(documentOf(sheets))).toBe(canonicalize(documents.get(name)));
  });
});

/** Of soudan-jisshi: what is done to it, and what is told, all of it. */
describe('a workbook that is wrong', () => {
  it('is told what the nearest number is', () => {
    expect(told(changed((sheets) => sheets.set('設問', 4, { 条件: '問9 = "行った"' }), 'kinkyu-oyuki'))).toEqual([
      '設問!G4: 条件に「問9」とありますが、その番号の設問はありません。「問3」ですか。',
    ]);
  });

  it('is told everything at once, in the order of the sheets', () => {
    const all = told(
      changed((sheets) => {
        sheets.set('調査票', 3, { 内容: '七年' }).set('選択肢', 3, { 選択肢: '' });
        sheets.set('設問', 3, { 設問: '' }).set('設問', 20, { 条件: '問11 = 1' });
        sheets.set('確認', 2, { 式: '合計(' }).set('集計', 2, { 式: '問12 + 1' });
      }),
    );
    const cells = all.map((each) => each.split(':')[0]);
    expect(cells).toEqual(['調査票!B3', '設問!C3', '設問!G20', '選択肢!B3', '確認!C2', '集計!C2']);
  });

  it('is refused where it is sent to another form or version', () => {
    const sheets = workbooks.get('kinkyu-oyuki') ?? [];
    expect(told(sheets, { address: { form: 'kinkyu-oyuki', version: 2025 } })).toEqual([]);
    expect(told(sheets, { address: { form: 'kinkyu', version: 2026 } })).toEqual([
      '調査票!B2: 識別子が「kinkyu-oyuki」ですが、送信先は調査票「kinkyu」です。「kinkyu」に改めるか、「kinkyu-oyuki」の調査票に送信してください。',
      '調査票!B3: 版が「2025」ですが、送信先は版「2026」です。「2026」に改めるか、版「2025」に送信してください。',
    ]);
  });

  it('is not read beyond its rows, and lists at most 200 errors', () => {
    const many = (count: number): GivenSheet[] =>
      changed((sheets) => {
        for (let row = 30; row < 30 + count; row += 1) sheets.set('設問', row, { 種類: '数' });
      });
    expect(told(many(3000))).toEqual([
      '設問!A2510: 「設問」のシートは2,500行までです。不要な行を削除してください（3,020行あります）。',
    ]);
    expect(told(many(300))).toHaveLength(200);
  });
});

describe('notices', () => {
  it('tell of what is hidden, and of what nobody reads', () => {
    const sheets = changed((sheets) => {
      sheets.set('メモ', 1, { 覚え書き: '覚え書き' }).set('選択肢', 30, { 一覧: '余り', 選択肢: '甲' });
      sheets.set('設問', 4, { '': '担当に確認' });
      sheets.hiddenRows.add('設問 5');
    });
    expect(noticesOf(sheets)).toEqual([
      'メモ!A1: シート「メモ」は調査票定義のシートではないため、読み取りません。',
      '設問!W4: 見出しのない列にあるため、この内容は読み取りません。',
      '設問!A5: 5行目は非表示になっていますが、読み取りました。不要な行は削除してください。',
      '選択肢!A30: 一覧「余り」は、どの設問にも使われていません。',
    ]);
  });
});
