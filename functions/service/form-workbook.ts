/**
 * A questionnaire as a workbook (調査票定義): made of its document, and taken back as the draft of its version. An XLSForm
 * is taken as well.
 */

import { kindLabels } from '../../schemas/directory.ts';
import type { FormDocument } from '../../schemas/document/form-document.ts';
import type { FieldError } from '../../schemas/problem.ts';
import type { Person } from '../domain/authorisation.ts';
import { contentTypeOf } from '../domain/content-types.ts';
import { attachmentNamed } from '../domain/download-name.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import { lostLabel } from '../domain/questionnaire/findings.ts';
import { readQuestionnaire } from '../domain/questionnaire/read.ts';
import type { ReadQuestionnaire } from '../domain/questionnaire/read.ts';
import { isXlsForm, readXlsForm } from '../domain/xlsform/read.ts';
import { sampleDocument } from '../domain/questionnaire/sample.ts';
import { writeQuestionnaire } from '../domain/questionnaire/write.ts';
import type { Precondition } from '../domain/revisions.ts';
import { readWorkbookSheets, writeQuestionnaireFile } from '../platform/workbook/spreadsheet.ts';
import { findForm, listForms } from './forms.ts';
import type { SavedForm } from './forms.ts';
import type { Service } from './service.ts';

interface Address {
  readonly form: string;
  readonly version: number;
}

const withoutDocument = 'この版の調査票は、調査票定義にできないため、ダウンロードできません。別の版を選んでください。';

/** Refuses `not-found`, also for a form that is no valid document, and `form-not-deployed`. */
export async function sendFormWorkbook(
  service: Service,
  person: Person,
  { form, version }: Address,
): Promise<Outcome<Response>> {
  const found = await findForm(service, person, form, version);
  if (!found.ok) return found;
  const { document, etag } = found.value;
  return document === undefined
    ? refused('not-found', { detail: withoutDocument })
    : sent(document, { kinds: await kindsOf(service), etag });
}

/** Of today's directory: a questionnaire names its kinds as people call them. */
async function kindsOf({ store }: Service): Promise<ReadonlyMap<string, string>> {
  return kindLabels((await store.currentDirectory())?.directory);
}

async function sent(
  document: FormDocument,
  { kinds, etag }: { readonly kinds?: ReadonlyMap<string, string>; readonly etag?: string } = {},
): Promise<Outcome<Response>> {
  const { id, version, title } = document;
  const bytes = await writeQuestionnaireFile({ author: '寄合', at: new Date(0) }, writeQuestionnaire(document, kinds));
  if (bytes === undefined) return refused('busy');
  return done(
    new Response(Buffer.from(bytes), {
      headers: {
        'content-type': contentTypeOf('.xlsx'),
        'content-disposition': attachmentNamed(`${title}（${version}年版）調査票定義.xlsx`, `${id}-${version}.xlsx`),
        'cache-control': 'no-store',
        ...(etag === undefined ? {} : { etag }),
      },
    }),
  );
}

/** A workbook to begin with. */
export function sendSampleWorkbook(): Promise<Outcome<Response>> {
  return sent(sampleDocument());
}

/** The versions of the form that came before, as documents. */
async function earlierVersions(service: Service, person: Person, { form, version }: Address): Promise<FormDocument[]> {
  const listed = await listForms(service, person);
  const before = listed.filter((each) => each.form === form && each.version < version && each.unreadable !== true);
  const found = await Promise.all(before.map((each) => findForm(service, person, each.form, each.version)));
  return found.flatMap((each) => (each.ok && each.value.document !== undefined ? [each.value.document] : []));
}

/** `kept` is the document where all that is labelled as something lost is that. */
type Proposed = ReadQuestionnaire & { readonly kept?: FormDocument };

/** What a workbook says, under the address that stands in it; nothing is saved. */
export async function readFormWorkbook(
  service: Service,
  person: Person,
  bytes: Uint8Array,
  fileName: string,
): Promise<Proposed> {
  const sheets = await readWorkbookSheets(bytes);
  if (!sheets.ok) return { errors: [{ path: '', cell: '', ...sheets.refusal }] };
  if (isXlsForm(sheets.value)) return readXlsForm(sheets.value, { fileName });
  const kinds = await kindsOf(service);
  const read = readQuestionnaire(sheets.value, { kinds });
  if ('errors' in read) return read;
  const { id: form, version } = read.document;
  const earlier = await earlierVersions(service, person, { form, version });
  const again = readQuestionnaire(sheets.value, { kinds, earlier });
  if ('errors' in again || !again.notices.some(({ code }) => code === lostLabel)) return again;
  const kept = readQuestionnaire(sheets.value, { kinds, earlier, keepsLost: true });
  return 'document' in kept ? { ...again, kept: kept.document } : again;
}

function invalid(errors: readonly FieldError[]): ReturnType<typeof refused> {
  return refused('invalid-form', { errors });
}

/** Saves a workbook as the draft of its version: refuses what saving a document refuses, with the cell of each error. */
export async function takeFormWorkbook(
  service: Service,
  person: Person,
  address: Address,
  bytes: Uint8Array,
  precondition: Precondition,
): Promise<Outcome<SavedForm>> {
  const sheets = await readWorkbookSheets(bytes);
  if (!sheets.ok) return invalid([{ path: '', cell: '', ...sheets.refusal }]);
  const read = isXlsForm(sheets.value)
    ? readXlsForm(sheets.value, { address })
    : readQuestionnaire(sheets.value, {
        kinds: await kindsOf(service),
        address,
        earlier: await earlierVersions(service, person, address),
      });
  if ('errors' in read) return invalid(read.errors);
  const { document, notices, cellOf } = read;
  const located = (errors: readonly FieldError[]): FieldError[] =>
    errors.map((error) => ({ ...error, cell: cellOf(error.path) }));
  const saved = await service.saveForm(address, JSON.parse(JSON.stringify(document)), precondition, person.name);
  if (saved.ok) return done({ ...saved.value, notices: [...notices, ...located(saved.value.notices)] });
  const { problem } = saved;
  return problem.code === 'invalid-form' ? invalid(located(problem.errors ?? [])) : saved;
}
