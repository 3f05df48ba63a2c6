/** The layout of the report as an officer writes it. */

import { describe, expect, it } from 'vitest';
import { writeQuestionnaire } from '../../../../../functions/domain/questionnaire/write.ts';
import { readDocument } from '../../../../../schemas/document/form-document.ts';
import { documents, changed, documentOf } from '../../../support/questionnaire-workbooks.ts';
import { given } from '../../../support/sheets.ts';

describe('the report', () => {
  const standing = {
    kind: 'standing',
    question: 'q.contacted',
    first: {
      option: 'yes',
      breakdowns: [{ question: 'q.means', short: { phone: '電', other: '他' } }],
      arrow: { label: '手段', question: 'q.means', numbers: true },
    },
  };
  const headline = { kind: 'headline', question: 'q.contacted', option: 'yes', ending: 'で実施', by: 'q.means' };
  const report = {
    headings: [
      {
        title: '結果',
        suffix: '（前回との比較）',
        sections: ['q'],
        parts: [
          { ...headline, style: 'kana', title: '実施数' },
          { kind: 'inTitle', question: 'q.contacted' },
          { kind: 'ranking', question: 'q.means', limit: 3 },
          { kind: 'inline', style: 'plain', question: 'q.contacted' },
          { kind: 'options', question: 'q.contacted' },
          { kind: 'sums', title: '人数', questions: ['q.persons'] },
          { kind: 'title', title: '内訳' },
          standing,
        ],
        tablesOnly: ['q.whyNot', 'q.by'],
      },
      { title: '結果', sections: ['q'] },
    ],
  };

  it('comes back as it was', () => {
    const read = readDocument({ ...Object(documents.get('kinkyu-oyuki')), report });
    if ('errors' in read) throw new Error(JSON.stringify(read.errors));
    expect(documentOf(given(writeQuestionnaire(read.document)))).toEqual(read.document);
  });

  it('is written by an officer with headings, words and numbers', () => {
    const sheets = changed((sheets) =>
      sheets
        .set('報告書', 1, { 見出し: '見出し', 種類: '種類', 設問: '設問', 表題: '表題' })
        .set('報告書', 2, { 見出し: '実施体制', 種類: '選択肢別', 設問: '問1' })
        .set('報告書', 3, { 種類: '合計', 設問: '問2\n問3', 表題: '規模' })
        .set('報告書', 4, { 種類: '集計', 設問: '相談支援専門員' }),
    );
    expect(documentOf(sheets).report?.headings).toEqual([
      {
        title: '実施体制',
        sections: ['system'],
        parts: [
          { kind: 'options', question: 'system.form' },
          { kind: 'sums', title: '規模', questions: ['system.fee', 'system.days'] },
          { kind: 'total', measure: 'specialists', label: '相談支援専門員', unit: '人' },
        ],
      },
    ]);
  });
});
