/** IDs that are left empty, renamed, moved and lost. */

import { describe, expect, it } from 'vitest';
import type { GivenSheet } from '../../../../../functions/domain/given-sheet.ts';
import { readQuestionnaire } from '../../../../../functions/domain/questionnaire/read.ts';
import { writeQuestionnaire } from '../../../../../functions/domain/questionnaire/write.ts';
import { changed, noticesOf, documentOf, original } from '../../../support/questionnaire-workbooks.ts';
import { given } from '../../../support/sheets.ts';

/** Nothing stands in the columns of IDs. */
function withoutIds(sheets: readonly GivenSheet[]): GivenSheet[] {
  return sheets.map((sheet) => {
    const [head] = sheet.rows;
    const id = head?.cells.find(({ text }) => text === 'ID')?.column;
    const rows = sheet.rows.map((row) =>
      row === head ? row : { ...row, cells: row.cells.filter(({ column }) => column !== id) },
    );
    return { ...sheet, rows };
  });
}

describe('IDs', () => {
  const unnamed = (): GivenSheet[] =>
    withoutIds(changed((sheets) => sheets.set('確認', 2, { 対象: '問1の1' }), 'kinkyu-oyuki'));

  it('are made where they are empty', () => {
    const document = documentOf(unnamed());
    expect(document.sections).toMatchObject([
      {
        key: 'q1',
        questions: [
          { key: 'q2', options: [{ key: 'o1' }, { key: 'o2' }, { key: 'o3' }] },
          { key: 'q3', when: 'q2 in ["o1", "o2"]' },
          { key: 'q4' },
          { key: 'q5', options: [{ key: 'o1' }, { key: 'o2' }, { key: 'o3' }, { key: 'o4' }, { key: 'other' }] },
          { key: 'q6' },
        ],
      },
    ]);
    expect(document.rules).toMatchObject([{ name: 'c1', at: 'q1.q3' }]);
    expect(documentOf(given(writeQuestionnaire(document)))).toEqual(document);
  });

  it('are none that an earlier version used, but for the options of a cell that are called the same', () => {
    const before = documentOf(unnamed());
    const after = changed(
      (sheets) => sheets.set('設問', 8, { 種類: '選択', 設問: '方法', 選択肢: 'はい\nいいえ' }),
      'kinkyu-oyuki',
    );
    const [section] = documentOf(after, [before]).sections;
    expect(section?.questions.at(-1)).toMatchObject({ key: 'q7', options: [{ key: 'o1' }, { key: 'o2' }] });
    const changedOptions = changed(
      (sheets) => sheets.set('設問', 3, { 選択肢: '行う予定\n行った', ID: 'q1.q2' }).set('設問', 2, { ID: 'q1' }),
      'kinkyu-oyuki',
    ).map((sheet) => (sheet.name === '確認' ? { ...sheet, rows: sheet.rows.slice(0, 1) } : sheet));
    const read = readQuestionnaire(
      changedOptions.map((sheet) => ({
        ...sheet,
        rows: sheet.name === '設問' ? sheet.rows.slice(0, 3) : sheet.rows,
      })),
      { earlier: [before] },
    );
    expect('document' in read && read.document.sections[0]?.questions).toMatchObject([
      {
        options: [
          { key: 'o4', label: '行う予定' },
          { key: 'o1', label: '行った' },
        ],
      },
    ]);
  });

  it('stay in a row that is renamed, and become the former ones of a row that is moved', () => {
    const sheets = changed((sheets) => sheets.set('設問', 17, { 設問: '計画作成率' }).move('設問', 17, 20));
    const document = documentOf(sheets, [original('soudan-jisshi')]);
    expect(document.sections[3]?.questions[0]).toMatchObject({
      key: 'share',
      label: '計画作成率',
      was: 'cases.share',
    });
    expect(documentOf(given(writeQuestionnaire(document)))).toEqual(document);
  });

  it('of rows and columns that are made differ from each other', () => {
    const sheets = withoutIds(changed((sheets) => sheets.set('設問', 8, { 式: '合計(問5)' })))
      .filter(({ name }) => name !== '確認' && name !== '集計')
      .concat(given(writeQuestionnaire({ ...original('soudan-jisshi'), rules: [], measures: [] })).slice(3));
    expect(documentOf(sheets).sections[0]?.questions[4]).toMatchObject({
      rows: [{ key: 'o1' }, { key: 'o2' }],
      columns: [{ key: 'o3' }, { key: 'o4' }],
    });
  });

  it('of lost questions and options are named where something new is called the same', () => {
    const sheets = changed((sheets) => sheets.set('設問', 7, { ID: '' }).set('選択肢', 5, { ID: '' }), 'kinkyu-oyuki');
    expect(noticesOf(sheets, [original('kinkyu-oyuki')])).toEqual([
      '設問!V7: 前の版の設問「次の点検の予定時期」（ID：q.by）と同じ名称です。同じ設問であれば、「ID」の列に「q.by」を記入してください。新しい設問であれば、このままで構いません。',
      '選択肢!C5: 前の版の選択肢「電話」（ID：phone）と同じ名称です。同じ選択肢であれば、「ID」の列に「phone」を記入してください。',
    ]);
  });
});
