import { expect, it } from 'vitest';
import { exportFileName } from '../../../../functions/domain/export-file-names.ts';

const forms = [
  { id: 'survey', title: '市町村調査票' },
  { id: 'survey.sub', title: '別の調査票' },
];

it.each([
  ['internal/report.docx', '報告書（Word）', true],
  ['public/R6.xlsx', '全体のExcelブック', true],
  ['public/survey.excel.csv', '市町村調査票（Excel用のCSV）', true],
  ['public/survey.csv', '市町村調査票（プログラム用のCSV）', false],
  ['public/survey.bodies.sessions.csv', '市町村調査票　bodies.sessions（プログラム用のCSV）', false],
  ['public/survey.json', '市町村調査票（プログラム用）', false],
  ['internal/files/survey/112038/a.pdf', 'files/survey/112038/a.pdf', false],
  ['public/unknown', 'unknown', false],
  ['', '', false],
])('calls %j %s', (path, label, isForPeople) => {
  expect(exportFileName(path, forms)).toEqual({ label, isForPeople });
});
