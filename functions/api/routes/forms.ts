/** Questionnaires: what ships, what the prefecture writes, drafts and their adoption. */

import * as z from 'zod';
import { jsonSchema } from '../../../schemas/json-schema.ts';
import type { Json } from '../../../schemas/values/json.ts';
import { formIn } from '../../../schemas/round-forms.ts';
import { questionCodebook } from '../../domain/codebook.ts';
import { contentTypeOf } from '../../domain/content-types.ts';
import { compareForms } from '../../domain/form-comparison.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { mostFileBytes } from '../../platform/workbook/spreadsheet.ts';
import { sendFormWorkbook, takeFormWorkbook } from '../../service/form-workbook.ts';
import { findForm, listForms } from '../../service/forms.ts';
import type { FoundForm, ListedForm, SavedForm } from '../../service/forms.ts';
import { jsonResponse, lastingJson, respond } from './json-response.ts';
import { fileBytes } from './request-body.ts';
import { route } from './route.ts';
import type { Call, Route } from './route.ts';

const states = ['shipped', 'draft', 'adopted'] as const;
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const formSummary = z.object({
  form: z.string(),
  version: z.int(),
  title: z.string(),
  units: z.string(),
  state: z.enum(states),
  /** Of its document; none of one that is no valid document. */
  sha256: sha256.optional(),
  /** It is written in a vocabulary that this release does not know. */
  unreadable: z.literal(true).optional(),
});

const savedForm = z.object({
  form: z.string(),
  version: z.int(),
  state: z.enum(states),
  sha256,
  notices: z.array(z.object({ path: z.string(), code: z.string(), message: z.string(), cell: z.string().optional() })),
});

const formPath = '/api/forms/{form}/{version}';

function summaryOf({ form, version, title, units, state, sha256: hash, unreadable }: ListedForm) {
  return { form, version, title, units, state, sha256: hash, unreadable };
}

function savedResponse({ form, version, state, sha256: hash, notices, etag, created }: SavedForm): Response {
  return jsonResponse({ form, version, state, sha256: hash, notices }, created ? 201 : 200, { etag });
}

/** A version as it stands in a path; what is no number is no version. */
function numbered({ form, version }: { readonly form: string; readonly version: string }) {
  return { form, version: /^[1-9]\d{0,3}$/.test(version) ? Number(version) : 0 };
}

const list = route({
  method: 'get',
  path: '/api/forms',
  action: 'catalogue.read',
  summary: 'The forms and their versions; a municipality sees those that it is or was asked.',
  answers: [{ status: 200, description: 'The catalogue.', schema: z.object({ forms: z.array(formSummary) }) }],
  problems: [],
  handle: async ({ service, person }) => jsonResponse({ forms: (await listForms(service, person)).map(summaryOf) }),
});

function definitionOf(found: FoundForm) {
  const form = formIn(found.definition, {});
  return {
    ...summaryOf(found),
    help: form.help,
    document: found.document,
    schema: jsonSchema(form),
    codebook: questionCodebook(form),
  };
}

const read = route({
  method: 'get',
  path: formPath,
  action: 'catalogue.read',
  summary: 'A form: its questions, its document, its JSON Schema and its codebook.',
  answers: [
    {
      status: 200,
      description: 'The definition.',
      schema: formSummary.extend({
        help: z.string(),
        /** None of a form that is no valid document. */
        document: z.record(z.string(), z.unknown()).optional(),
        schema: z.record(z.string(), z.unknown()),
        codebook: z.array(z.record(z.string(), z.unknown())),
      }),
    },
    { status: 304, description: 'It is what `If-None-Match` names.' },
  ],
  headers: [{ name: 'If-None-Match', description: 'The ETag of what is there already: then 304.', required: false }],
  problems: ['not-found', 'form-not-deployed'],
  handle: async ({ params, service, person, header }) => {
    const { form, version } = numbered(params);
    return respond(await findForm(service, person, form, version), (found) =>
      lastingJson(header, definitionOf(found), found.etag),
    );
  },
});

function preconditionOf({ header }: Pick<Call<typeof formPath, unknown, unknown>, 'header'>) {
  return { ifMatch: header('if-match'), ifNoneMatch: header('if-none-match') };
}

const draftHeaders = [
  { name: 'If-Match', description: 'The ETag last seen, where a draft is replaced.', required: false },
  { name: 'If-None-Match', description: '`*`: only where there is none yet.', required: false },
] as const;

const draftAnswers = [
  { status: 200, description: 'The draft is replaced.', schema: savedForm },
  { status: 201, description: 'The first draft of this version.', schema: savedForm },
] as const;

const draftProblems = [
  'invalid-form',
  'form-adopted',
  'precondition-required',
  'precondition-failed',
  'not-found',
  'too-large',
] as const;

const write = route({
  method: 'put',
  path: formPath,
  action: 'catalogue.write',
  summary:
    'Saves a document as the draft of its version. Refused whole, with every error, if anything in it is wrong; a version that is adopted or ships does not change.',
  headers: draftHeaders,
  body: { schema: z.custom<Json>((value) => value !== undefined), problem: 'invalid-form' },
  answers: draftAnswers,
  problems: draftProblems,
  handle: async (call) => {
    const { service, params, body, person } = call;
    const saved = await service.saveForm(numbered(params), body, preconditionOf(call), person.name);
    return respond(saved, savedResponse);
  },
});

const workbookPath = `${formPath}/workbook` as const;
const workbookType = contentTypeOf('.xlsx');

const readWorkbook = route({
  method: 'get',
  path: workbookPath,
  action: 'catalogue.read',
  summary: 'The document as a workbook (調査票定義), which is read back as the same document.',
  answers: [{ status: 200, description: 'The workbook (.xlsx).', contentType: workbookType }],
  problems: ['not-found', 'form-not-deployed'],
  handle: async ({ params, service, person }) =>
    respond(await sendFormWorkbook(service, person, numbered(params)), (sent) => sent),
});

const writeWorkbook = route({
  method: 'put',
  path: workbookPath,
  action: 'catalogue.write',
  summary:
    'Saves a workbook (調査票定義), or an XLSForm as far as it maps, as the draft of its version. Refused whole, with every error at its cell; what of an XLSForm does not map is among the notices, questions that are left out (`question-left-out`) first. A version that is adopted or ships does not change.',
  headers: draftHeaders,
  body: { schema: fileBytes, problem: 'invalid-form', contentType: workbookType, maxBytes: mostFileBytes },
  answers: draftAnswers,
  problems: draftProblems,
  handle: async (call) => {
    const { service, params, body, person } = call;
    return respond(
      await takeFormWorkbook(service, person, numbered(params), body, preconditionOf(call)),
      savedResponse,
    );
  },
});

const adoptionPath = `${formPath}/adoption` as const;

const adoptionHeaders = [
  { name: 'If-Match', description: 'The ETag last seen: no other document is adopted.', required: false },
] as const;

const adopt = route({
  method: 'post',
  path: adoptionPath,
  action: 'catalogue.write',
  summary: 'Adopts a draft: from now on a round may pin it, and it does not change.',
  headers: adoptionHeaders,
  answers: [{ status: 200, description: 'It is adopted.', schema: savedForm }],
  problems: ['not-found', 'precondition-failed', 'form-not-deployed'],
  handle: async (call) => {
    const { service, params, person } = call;
    const adopted = await service.decideOnForm(numbered(params), 'adopted', preconditionOf(call), person.name);
    return respond(adopted, savedResponse);
  },
});

const revoke = route({
  method: 'delete',
  path: adoptionPath,
  action: 'catalogue.write',
  summary: 'Makes an adopted version a draft again, until a round pins it.',
  headers: adoptionHeaders,
  answers: [{ status: 200, description: 'It is a draft.', schema: savedForm }],
  problems: ['not-found', 'precondition-failed', 'form-adopted'],
  handle: async (call) => {
    const { service, params, person } = call;
    const revoked = await service.decideOnForm(numbered(params), 'revoked', preconditionOf(call), person.name);
    return respond(revoked, savedResponse);
  },
});

const change = z.object({ id: z.string(), number: z.string().optional(), label: z.string() });
const relabelled = z.object({ id: z.string(), from: z.string(), to: z.string() });

const compare = route({
  method: 'get',
  path: `${formPath}/comparison`,
  action: 'prefecture.read',
  summary:
    'What changed from another version of the form (`with`) to this one, and what that does to comparing their figures.',
  query: z.strictObject({ with: z.coerce.number().pipe(z.int().positive()) }),
  answers: [
    {
      status: 200,
      description: 'The changes.',
      schema: z.object({
        form: z.string(),
        version: z.int(),
        with: z.int(),
        added: z.array(change),
        retired: z.array(change),
        moved: z.array(relabelled),
        relabelled: z.array(relabelled),
        options: z.array(
          z.object({
            id: z.string(),
            label: z.string(),
            added: z.array(change),
            retired: z.array(change),
            relabelled: z.array(relabelled),
          }),
        ),
        /** Not compared with what was asked before. */
        changed: z.array(z.object({ id: z.string(), label: z.string(), what: z.string() })),
        /** Asked of others than before, and still compared. */
        conditions: z.array(change),
      }),
    },
  ],
  problems: ['malformed-request', 'not-found', 'form-not-deployed'],
  handle: async ({ params, service, person, query }) => {
    const { form, version } = numbered(params);
    const now = await findForm(service, person, form, version);
    if (!now.ok) return problemResponse(now.problem);
    const before = await findForm(service, person, form, query.with);
    return respond(before, ({ definition }) =>
      jsonResponse({ form, version, with: query.with, ...compareForms(definition, now.value.definition) }),
    );
  },
});

/** Before the versions: a path of theirs is no version. */
export const formRoutes: readonly Route[] = [list, compare, adopt, revoke, readWorkbook, writeWorkbook, read, write];
