import { expect, it } from 'vitest';
import { form } from '../../../../schemas/form.ts';
import { count, list, section } from '../../../../schemas/kinds/question.ts';
import { exportFileName, inOrderOfUse } from '../../../../functions/domain/export-file-names.ts';

const { items } = form(
  'survey',
  2024,
  { title: '市町村調査票', units: 'municipality', help: '' },
  { s: section('会議', { bodies: list('会議体', 5, { times: count('回数', '回') }).numbered('問2') }) },
);
const forms = [
  { id: 'survey', title: '市町村調査票', items },
  { id: 'survey-sub', title: '別の調査票', items: new Map() },
];

it.each([
  ['internal/report.docx', '報告書（Word）', true],
  ['public/R6.xlsx', '全体のExcelブック', true],
  ['public/survey.excel.csv', '市町村調査票（Excel用のCSV）', true],
  ['public/survey.csv', '市町村調査票（プログラム用のCSV）', false],
  ['public/survey.s.bodies.csv', '市町村調査票：問2　会議体（プログラム用のCSV）', false],
  ['public/survey.s.bodies.excel.csv', '市町村調査票：問2　会議体（Excel用のCSV）', true],
  [
    'public/parquet/survey/prefecture=110001/round=r6/form=survey/part.parquet',
    '市町村調査票（プログラム用のParquet）',
    false,
  ],
  [
    'public/parquet/survey_s_bodies/prefecture=110001/round=r6/form=survey/part.parquet',
    '市町村調査票：問2　会議体（プログラム用のParquet）',
    false,
  ],
  ['public/parquet/gone/prefecture=110001/round=r6/form=gone/part.parquet', 'gone（プログラム用のParquet）', false],
  ['internal/parquet/directory/prefecture=110001/round=r6/part.parquet', '名簿（プログラム用のParquet）', false],
  ['edition/survey-sub.csv', '別の調査票（プログラム用のCSV）', false],
  ['public/forms/survey-2024.json', '調査票の定義　市町村調査票（プログラム用）', false],
  ['public/directory.csv', '名簿（CSV）', true],
  ['public/directory.classes.csv', '名簿：分類（プログラム用のCSV）', false],
  // As the report calls them, which says that the rest is in them.
  ['public/errata.csv', '前の公表版からの正誤表：集計（CSV）', true],
  ['public/errata.returns.csv', '前の公表版からの正誤表：回答及び名簿（CSV）', true],
  ['public/survey.json', '市町村調査票（プログラム用）', false],
  ['internal/files/survey/112038/a.pdf', '添付されたファイル　市町村調査票　a.pdf', false],
  ['public/unknown', 'unknown', false],
  ['', '', false],
])('calls %j %s', (path, label, isForPeople) => {
  expect(exportFileName(path, forms)).toEqual({ label, isForPeople });
});

it('puts what officers look for first, and leaves the others in their order', () => {
  const paths = [
    'public/survey.csv',
    'public/summary.csv',
    'public/R6.xlsx',
    'public/a.csv',
    'public/report.html',
    'public/report.docx',
  ];
  expect(inOrderOfUse(paths.map((path) => ({ path }))).map(({ path }) => path)).toEqual([
    'public/report.docx',
    'public/report.html',
    'public/R6.xlsx',
    'public/summary.csv',
    'public/survey.csv',
    'public/a.csv',
  ]);
});
