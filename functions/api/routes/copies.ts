/** A submitted version as a file to keep. */

import { contentTypeOf } from '../../domain/content-types.ts';
import { sendCopy } from '../../service/copies.ts';
import { respond } from './json-response.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';

const path = `${returnPath}/versions/{version}` as const;

const readWorkbook = returnRoute({
  method: 'get',
  path: `${path}/workbook`,
  action: 'return.read',
  summary: 'A version as a workbook to keep: a line per question, the answer as it is printed. The download is logged.',
  answers: [{ status: 200, description: 'The workbook (.xlsx).', contentType: contentTypeOf('.xlsx') }],
  problems: [],
  handle: async ({ service, person, params }, found) =>
    respond(await sendCopy(service, person, found, params.version, 'workbook'), (sent) => sent),
});

const readCsv = returnRoute({
  method: 'get',
  path: `${path}/csv`,
  action: 'return.read',
  summary: 'The same as a CSV for Excel: with BOM, and no cell that runs as a formula. The download is logged.',
  answers: [{ status: 200, description: 'The CSV.', contentType: contentTypeOf('.csv') }],
  problems: [],
  handle: async ({ service, person, params }, found) =>
    respond(await sendCopy(service, person, found, params.version, 'csv'), (sent) => sent),
});

export const copyRoutes: readonly Route[] = [readWorkbook, readCsv];
