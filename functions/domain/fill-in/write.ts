/**
 * A return as a workbook to fill in: how to do so, then the sheets of the plan, with what is stored already and last year's
 * answers beside.
 */

import type { NewEntryId } from '../normal-form.ts';
import { sheetNames } from '../sheet-names.ts';
import { guideSheet, guideTitle } from './guide.ts';
import { planOf } from './plan.ts';
import { questionsSheet } from './questions-sheet.ts';
import type { WrittenSheet } from './sheet.ts';
import { tableSheet } from './table-sheet.ts';
import type { FillIn, Writing } from './writing.ts';

export function fillInSheets(fillIn: FillIn, newId: NewEntryId): WrittenSheet[] {
  const plan = planOf(fillIn.form);
  const [, ...names] = sheetNames([guideTitle, ...plan.map(({ title }) => title)]);
  const writing: Writing = {
    ...fillIn,
    newId,
    titles: new Map(plan.map((sheet, index) => [sheet, names[index] ?? sheet.id])),
  };
  return [
    guideSheet(writing),
    ...plan.map((sheet) => (sheet.holds === 'questions' ? questionsSheet(sheet, writing) : tableSheet(sheet, writing))),
  ];
}
