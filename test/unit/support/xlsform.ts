/** Sheets of an XLSForm as they are printed in manuals: a first row of headings, then rows of texts. */

import { expect } from 'vitest';
import type { GivenSheet } from '../../../functions/domain/given-sheet.ts';
import { readXlsForm } from '../../../functions/domain/xlsform/read.ts';
import { formOfDocument } from '../../../schemas/document/form.ts';
import type { FormDocument } from '../../../schemas/document/form-document.ts';

type Rows = readonly (readonly (string | number | undefined)[])[];

export function sheetsOf(sheets: Readonly<Record<string, Rows>>): GivenSheet[] {
  return Object.entries(sheets).map(([name, rows]) => ({
    name,
    isHidden: false,
    rows: rows.map((cells, index) => ({
      number: index + 1,
      cells: cells.flatMap((value, column) =>
        value === undefined || value === '' ? [] : [{ column: column + 1, text: String(value) }],
      ),
    })),
  }));
}

export const address = { form: 'kodomo', version: 2025 };

export interface Read {
  readonly document: FormDocument;
  readonly notices: readonly { readonly cell: string; readonly code: string; readonly message: string }[];
}

export function read(sheets: readonly GivenSheet[], about: Parameters<typeof readXlsForm>[1] = { address }): Read {
  const result = readXlsForm(sheets, about);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  // What is read can be saved.
  expect(formOfDocument(result.document)).toHaveProperty('form');
  return result;
}

export const yesNo = [
  ['list_name', 'name', 'label'],
  ['yes_no', 'yes', 'はい'],
  ['yes_no', 'no', 'いいえ'],
];

/** One section around the rows. */
export function survey(
  headings: readonly string[],
  ...rows: readonly (readonly (string | undefined)[])[]
): GivenSheet[] {
  const label = (text: string): string[] => headings.map((heading) => (heading === 'label' ? text : ''));
  const begin = ['begin group', 'main', ...label('区分').slice(2)];
  return sheetsOf({ survey: [headings, begin, ...rows, ['end group']], choices: yesNo });
}

export function firstSection({ document }: Read) {
  return document.sections[0]?.questions ?? [];
}

export function said({ notices }: Read, code: string): string[] {
  return notices.filter((notice) => notice.code === code).map(({ cell, message }) => `${cell} ${message}`);
}
