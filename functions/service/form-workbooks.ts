/** Questionnaires as workbooks (調査票定義): written for a version that there is, read into the draft of another. */

import type { FormDocument } from '../../schemas/form-document.ts';
import type { CellError } from '../domain/questionnaire/findings.ts';
import { readQuestionnaire } from '../domain/questionnaire/read.ts';
import { writeQuestionnaire } from '../domain/questionnaire/write.ts';
import type { Person } from '../domain/authorisation.ts';
import { readWorkbookSheets } from '../platform/workbook/spreadsheet.ts';
import { findForm, listForms } from './forms.ts';
import type { Service } from './service.ts';

export async function formWorkbook(document: FormDocument, author: string, at: Date): Promise<Uint8Array> {
  // The library is large, and most requests write no workbook.
  const { writeQuestionnaireWorkbook } = await import('../platform/workbook/write-questionnaire.ts');
  return writeQuestionnaireWorkbook(writeQuestionnaire(document), { author, at });
}

/** Every version of every questionnaire that says what it asks as a document. */
async function documentsOf(service: Service, person: Person): Promise<FormDocument[]> {
  const found = await Promise.all(
    (await listForms(service, person)).map(({ form, version }) => findForm(service, person, form, version)),
  );
  return found.flatMap((each) => (each.ok && each.value.document !== undefined ? [each.value.document] : []));
}

type ReadFormWorkbook =
  | { readonly document: FormDocument; readonly notices: readonly CellError[] }
  | { readonly errors: readonly CellError[] };

/**
 * The document of a workbook, or what is wrong with it by cell. IDs that are left out are made so that they differ from those
 * of every version before.
 */
export async function readFormWorkbook(service: Service, person: Person, bytes: Uint8Array): Promise<ReadFormWorkbook> {
  const read = await readWorkbookSheets(bytes);
  if (!read.ok) {
    const { code, message } = read.refusal;
    return { errors: [{ path: '', cell: '', code, message }] };
  }
  const first = readQuestionnaire(read.value, {});
  if ('errors' in first) return first;
  const { id, version } = first.document;
  const others = await documentsOf(service, person);
  const earlier = others.filter((each) => each.id === id && each.version < version);
  return earlier.length === 0 ? first : readQuestionnaire(read.value, { earlier });
}
