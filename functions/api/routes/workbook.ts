/** A return as an Excel file to fill in, and back. */

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { contentTypeOf } from '../../domain/content-types.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { mostFileBytes } from '../../platform/workbook/spreadsheet.ts';
import { entryIds } from '../../service/drafts.ts';
import { sendFillIn, takeFillIn } from '../../service/fill-in.ts';
import { preconditions, saveProblems } from './answers.ts';
import { jsonResponse, respond } from './json-response.ts';
import { fileBytes } from './request-body.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';

const path = `${returnPath}/workbook`;
const newEntryId = entryIds(randomUUID);
const workbookType = contentTypeOf('.xlsx');

const notice = z.object({ path: z.string(), cell: z.string(), code: z.string(), message: z.string() });

const readWorkbook = returnRoute({
  method: 'get',
  path,
  action: 'return.read',
  summary:
    'The return as a workbook to fill in, with what is stored, last year beside it, and the ETag of the draft. The download is logged.',
  answers: [{ status: 200, description: 'The workbook (.xlsx).', contentType: workbookType }],
  problems: [],
  handle: async ({ service, person }, found) =>
    respond(await sendFillIn(service, person, found, newEntryId), (sent) => sent),
});

const writeWorkbook = returnRoute({
  method: 'put',
  path,
  action: 'return.edit',
  summary:
    'Takes a workbook that was filled in, or single sheets of it, into the draft: all of it, or nothing with every error at its cell. Only cells that were changed since it was made are read; one that was emptied takes its answer away.',
  headers: preconditions,
  body: { schema: fileBytes, problem: 'invalid-workbook', contentType: workbookType, maxBytes: mostFileBytes },
  answers: [
    {
      status: 200,
      description:
        'What was saved: the questions, or the entries that came, went or moved; with what should be known about it.',
      schema: z.object({ saved: z.array(z.string()), notices: z.array(notice) }),
    },
  ],
  problems: saveProblems,
  handle: async ({ service, person, body: bytes, header }, found) => {
    const taken = await takeFillIn(service, person, found, {
      files: [{ name: '', bytes }],
      precondition: { ifMatch: header('if-match'), ifNoneMatch: header('if-none-match') },
      sideOf: () => 'mine',
      newId: newEntryId,
    });
    if (!taken.ok) return problemResponse(taken.problem);
    if (taken.value.kind === 'unsettled') return problemResponse({ code: 'precondition-failed' });
    const { saved, notices, view } = taken.value;
    return jsonResponse({ saved, notices }, 200, { etag: view.etag({ kind: 'return' }) });
  },
});

export const workbookRoutes: readonly Route[] = [readWorkbook, writeWorkbook];
