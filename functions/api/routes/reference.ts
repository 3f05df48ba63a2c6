/** What returns refer to: health, the forms, the directory. */

import * as z from 'zod';
import { directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import { jsonSchema } from '../../../schemas/json-schema.ts';
import { formIn } from '../../../schemas/round-forms.ts';
import { questionCodebook } from '../../domain/codebook.ts';
import { refused } from '../../domain/outcome.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { jsonResponse, lastingJson, respond } from './json-response.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

const formSummary = z.object({
  form: z.string(),
  version: z.int(),
  title: z.string(),
  units: z.string(),
});

function summaryOf({ id, version, title, units }: Form): z.infer<typeof formSummary> {
  return { form: id, version, title, units };
}

const health = route({
  method: 'get',
  path: '/api/health',
  summary: 'Whether the application answers.',
  answers: [{ status: 200, description: 'It does.', schema: z.object({ status: z.literal('ok') }) }],
  problems: [],
  handle: async () => jsonResponse({ status: 'ok' }),
});

const listForms = route({
  method: 'get',
  path: '/api/forms',
  action: 'catalogue.read',
  summary: 'The forms and their versions.',
  answers: [{ status: 200, description: 'The catalogue.', schema: z.object({ forms: z.array(formSummary) }) }],
  problems: [],
  handle: async ({ service }) =>
    jsonResponse({ forms: [...service.forms.values()].flatMap((versions) => [...versions.values()].map(summaryOf)) }),
});

const readForm = route({
  method: 'get',
  path: '/api/forms/{form}/{version}',
  action: 'catalogue.read',
  summary: 'A form: its questions, its JSON Schema and its codebook.',
  answers: [
    {
      status: 200,
      description: 'The definition.',
      schema: formSummary.extend({
        help: z.string(),
        schema: z.record(z.string(), z.unknown()),
        codebook: z.array(z.record(z.string(), z.unknown())),
      }),
    },
    { status: 304, description: 'It is what `If-None-Match` names.' },
  ],
  headers: [{ name: 'If-None-Match', description: 'The ETag of what is there already: then 304.', required: false }],
  problems: [],
  handle: async ({ params, service, header }) => {
    const known = service.forms.get(params.form)?.get(Number(params.version));
    if (known === undefined) return problemResponse({ code: 'not-found' });
    const form = formIn(known, {});
    return lastingJson(header, {
      ...summaryOf(form),
      help: form.help,
      schema: jsonSchema(form),
      codebook: questionCodebook(form),
    });
  },
});

const readDirectory = route({
  method: 'get',
  path: '/api/directory',
  action: 'directory.read',
  summary:
    'The directory of municipalities and councils in force on a day (`on`), or today in Japan: the version with the latest first day (`validFrom`) not after it; of two with the same first day, the one saved later. `x-directory-version` has its number.',
  query: z.strictObject({ on: z.iso.date().optional() }),
  answers: [{ status: 200, description: 'The directory.', schema: directory }],
  problems: ['malformed-request', 'not-found'],
  handle: async ({ service, query: { on } }) => {
    const { store } = service;
    const found = await (on === undefined ? store.currentDirectory() : store.directoryOn(on));
    if (found === undefined) return problemResponse(refused('not-found').problem);
    return jsonResponse(found.directory, 200, { 'x-directory-version': String(found.version) });
  },
});

const writeDirectory = route({
  method: 'put',
  path: '/api/directory',
  action: 'directory.write',
  summary:
    'Saves a directory that holds from `validFrom` on, or from today in Japan where that is absent, until the next first day; every PUT makes a version. One of an earlier or a later day leaves today as it is. Refused whole if any code, member or lead is wrong.',
  body: { schema: directory, problem: 'invalid-directory' },
  answers: [{ status: 200, description: 'The version made.', schema: z.object({ version: z.int() }) }],
  problems: ['directory-changed'],
  handle: async ({ service, body, person }) =>
    respond(await service.saveDirectories([body], person.name), (saved) => jsonResponse(saved)),
});

export const referenceRoutes: readonly Route[] = [health, listForms, readForm, readDirectory, writeDirectory];
