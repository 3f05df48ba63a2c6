/** Files that answers name: their content is sent by itself, and given to who may read the return. */

import * as z from 'zod';
import { fileTypes, isFileType, mostFileBytes } from '../../../schemas/values/file-answer.ts';
import { done, refused } from '../../domain/outcome.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { fileResponse } from '../../service/files.ts';
import type { SentFile } from '../../service/files.ts';
import { jsonResponse, respond } from './json-response.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';

/** What a form puts around a file. */
const aroundFile = 64 * 1024;

const filesPath = `${returnPath}/files` as const;

const fileAnswer = z.object({
  name: z.string(),
  type: z.enum(Object.keys(fileTypes).filter(isFileType)),
  bytes: z.int(),
  sha256: z.string(),
});

/** The first file of a form, or the whole body. */
async function sentIn(request: Request, name: string | undefined): Promise<Outcome<SentFile>> {
  const isForm = request.headers.get('content-type')?.toLowerCase().startsWith('multipart/form-data') === true;
  if (!isForm) return done({ name: name ?? '', content: new Uint8Array(await request.arrayBuffer()) });
  try {
    const form = await request.formData();
    const file = [...form.values()].find((value) => value instanceof File);
    if (file === undefined) return refused('file-empty');
    return done({ name: name ?? file.name, content: new Uint8Array(await file.arrayBuffer()) });
  } catch (error) {
    if (error instanceof TypeError) return refused('malformed-request');
    throw error;
  }
}

const send = returnRoute({
  method: 'post',
  path: filesPath,
  action: 'return.edit',
  summary:
    'Sends a file (PDF, docx, xlsx, PNG, JPEG, at most 3.5 MB) for the return: in a form, or as the body with its name in the query. An answer may name it from then on as it is answered here.',
  query: z.strictObject({ name: z.string().max(1000).optional() }),
  upload: { maxBytes: mostFileBytes + aroundFile },
  answers: [{ status: 201, description: 'What an answer names it by.', schema: fileAnswer }],
  problems: [
    'malformed-request',
    'too-large',
    'unsupported-content-encoding',
    'file-empty',
    'file-too-large',
    'file-type',
    'file-damaged',
    'file-macros',
    'file-encrypted',
    'too-many-files',
    'not-editable',
  ],
  handle: async ({ service, person, query, request }, { key }) => {
    const sent = await sentIn(request, query.name);
    if (!sent.ok) return problemResponse(sent.problem);
    return respond(await service.files.sendFile(key, sent.value, person.name), (file) => jsonResponse(file, 201));
  },
});

const read = returnRoute({
  method: 'get',
  path: `${filesPath}/{sha256}`,
  action: 'return.read',
  summary: 'A file that was sent for the return, to save.',
  answers: [{ status: 200, description: 'The file.', contentType: 'application/octet-stream' }],
  problems: ['file-unscanned', 'file-infected'],
  handle: async ({ service, person, params, method, header }, { key }) =>
    respond(await fileResponse(service, { method, header, person }, key, params.sha256), (response) => response),
});

export const fileRoutes: readonly Route[] = [send, read];
