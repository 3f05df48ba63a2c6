import { expect, it, vi } from 'vitest';
import { readQuestionnaire } from '../../../../../functions/domain/questionnaire/read.ts';
import { readWorkbookSheets } from '../../../../../functions/platform/workbook/spreadsheet.ts';
import { formOfDocument } from '../../../../../schemas/document/form.ts';
import { questionnaireWorkbook } from '../../../../support/questionnaire-sheets.ts';
import { sloppySheets, withBlankRows, withTitleRow } from '../../../../support/sloppy-questionnaire.ts';

// The thread that files are read in takes its time to start.
vi.setConfig({ testTimeout: 60_000 });

it.each([
  ['blank rows', withBlankRows],
  ['a title above the headings', withTitleRow],
])('what is clear is read however it is written, with %s', async (_, change) => {
  const sheets = await readWorkbookSheets(await questionnaireWorkbook(sloppySheets, change), 60_000);
  if (!sheets.ok) throw new Error(sheets.refusal.message);
  const read = readQuestionnaire(sheets.value, {});
  if (!('document' in read)) throw new Error(JSON.stringify(read.errors));
  expect(read.notices).toEqual([]);
  const built = formOfDocument(read.document);
  expect('errors' in built ? built.errors : built.notices).toEqual([]);
  const [section] = read.document.sections;
  expect(section?.questions.map((question) => [question.key, question.label, question.when ?? ''])).toEqual([
    ['q2', '作成の状況', ''],
    ['q3', '対象者数', ''],
    ['q4', 'うち作成済の人数', '(q2 = "o1") or q2 = "o2"'],
    ['q5', '未作成の理由', 'q2 = "o3"'],
    ['q6', '作成率', ''],
    ['q7', '協力者', 'q3 >= 100'],
  ]);
  expect(section?.questions.map(({ kind }) => kind)).toEqual([
    'choice',
    'count',
    'count',
    'text',
    'computed',
    'choices',
  ]);
  expect(read.document.rules.map(({ at, severity, if: condition }) => [at, severity, condition])).toEqual([
    ['q1.q4', 'refuse', 'q4 > q3'],
    ['q1.q3', 'askReason', 'q3 = 0'],
  ]);
});

it('of several words that a wrong one holds the longest is asked about', async () => {
  const { 設問: questions = [], ...others } = sloppySheets;
  const changed = questions.map((row, index) => (index === 0 ? { ...row, 公開: '集計のみ公表' } : row));
  const sheets = await readWorkbookSheets(await questionnaireWorkbook({ ...others, 設問: changed }), 60_000);
  if (!sheets.ok) throw new Error(sheets.refusal.message);
  const read = readQuestionnaire(sheets.value, {});
  expect('errors' in read ? read.errors.map(({ message }) => message) : []).toEqual([
    '「公開」に「集計のみ公表」は使えません。「集計のみ」ですか。「公表」「集計のみ」「非公表」のいずれかを記入してください。',
  ]);
});
