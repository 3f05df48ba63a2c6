/** The workbook of a questionnaire as an officer opens it, and as it comes back. */

import { Workbook } from '@cj-tech-master/excelts';
import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { readQuestionnaire } from '../../../../../functions/domain/questionnaire/read.ts';
import { writeQuestionnaire } from '../../../../../functions/domain/questionnaire/write.ts';
import { readWorkbookSheets } from '../../../../../functions/platform/workbook/spreadsheet.ts';
import { writeQuestionnaireWorkbook } from '../../../../../functions/platform/workbook/write-questionnaire.ts';
import { documentOf } from '../../../../../schemas/document/of-form.ts';
import type { FormDocument } from '../../../../../schemas/document/form-document.ts';
import { forms } from '../../../../../schemas/forms/catalogue.ts';
import { documents } from '../../../support/arbitrary-documents.ts';

// The thread that files are read in takes its time to start.
vi.setConfig({ testTimeout: 60_000 });

function bytesOf(document: FormDocument): Promise<Uint8Array> {
  return writeQuestionnaireWorkbook(writeQuestionnaire(document), { author: '寄合', at: new Date(0) });
}

const [some, ...others] = fc.sample(documents, { numRuns: 4, seed: 13 });
if (some === undefined) throw new TypeError('no document');

/** Of every form that ships. */
const shipped = [...forms.values()].flatMap((versions) =>
  [...versions.values()].flatMap((form) => documentOf(form) ?? []),
);

it('comes back from a file as the same document', async () => {
  expect(new Set(shipped.map(({ id }) => id))).toEqual(new Set(forms.keys()));
  for (const document of [some, ...others, ...shipped]) {
    const sheets = await readWorkbookSheets(await bytesOf(document), 60_000);
    const read = readQuestionnaire(sheets.ok ? sheets.value : [], {});
    expect('errors' in read ? read.errors : []).toEqual([]);
    expect(canonicalize('document' in read ? read.document : undefined)).toBe(canonicalize(document));
  }
});

it('keeps headings in sight, offers the words, and has the IDs in grey', async () => {
  const workbook = new Workbook();
  await workbook.xlsx.load(await bytesOf(some));
  const sheet = workbook.getWorksheet('設問');
  expect(sheet?.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
  const offered = (cell: string): unknown => sheet?.dataValidations.find(cell);
  expect(offered('B2')).toMatchObject({ type: 'list', formulae: [expect.stringContaining('区分,繰返し表区分')] });
  expect(offered('H250')).toMatchObject({ formulae: ['"公表,集計のみ,非公表"'] });
  expect(offered('F2')).toMatchObject({ formulae: ['"○"'] });
  expect(sheet?.getCell('C2').numFmt).toBe('@');
  expect(sheet?.getCell('V2').fill).toMatchObject({ fgColor: { argb: 'FFEDEDED' } });
  expect(sheet?.getCell('C2').fill).toMatchObject({ pattern: 'none' });
});
