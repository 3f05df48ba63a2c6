/** Exports: run, followed, downloaded through the application, and published. */

import * as z from 'zod';
import { manifest, publishedEdition } from '../../../schemas/export.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { sendFile } from '../../service/export-files.ts';
import { jsonResponse, respond } from './json-response.ts';
import { roundRoute } from './route.ts';
import type { Route } from './route.ts';

const exportsPath = '/api/rounds/{round}/exports';
const exportPath = `${exportsPath}/{exportId}`;

const exportSummary = z.object({
  exportId: z.string(),
  status: z.enum(['running', 'done', 'failed']),
  requestedBy: z.string(),
  requestedAt: z.string(),
  asOf: z.object({ seq: z.int(), at: z.string() }).optional(),
  done: z.int(),
  total: z.int(),
  problem: z.string().optional(),
  edition: z.int().optional(),
});

const startExport = roundRoute({
  method: 'post',
  path: exportsPath,
  action: 'exports.run',
  summary: 'Starts an export of the round as it stands; one at a time.',
  answers: [{ status: 202, description: 'It was handed over.', schema: z.object({ exportId: z.string() }) }],
  problems: ['export-running'],
  handle: async ({ service, person }, round) =>
    respond(await service.startExport(round.id, person.name), (started) => jsonResponse(started, 202)),
});

const listExports = roundRoute({
  method: 'get',
  path: exportsPath,
  action: 'exports.read',
  summary: 'The exports of a round, newest first.',
  query: z.strictObject({
    cursor: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answers: [
    {
      status: 200,
      description: 'A page of exports.',
      schema: z.object({ exports: z.array(exportSummary), next: z.string().optional() }),
    },
  ],
  problems: ['malformed-request'],
  handle: async ({ service, query }, round) =>
    respond(await service.exports.exports(round.id, query), (page) => jsonResponse(page)),
});

const readExport = roundRoute({
  method: 'get',
  path: exportPath,
  action: 'exports.read',
  summary: 'How far an export is; its manifest once it is done.',
  answers: [
    { status: 200, description: 'The export.', schema: exportSummary.extend({ manifest: manifest.optional() }) },
  ],
  problems: [],
  handle: async ({ service, params }, round) => {
    const record = await service.exports.export(round.id, params.exportId);
    return record === undefined ? problemResponse({ code: 'not-found' }) : jsonResponse(record);
  },
});

const readFile = roundRoute({
  method: 'get',
  path: `${exportPath}/files/{path}`,
  action: 'exports.read',
  summary:
    'A file of an export, or its `manifest.json`; once it is published, of its edition too: `edition/summary.csv`, `edition/manifest.json`. Streamed; the download is logged.',
  headers: [
    { name: 'If-None-Match', description: 'The ETag of what is there already: then 304.', required: false },
    { name: 'Range', description: 'One range of bytes; `If-Range` with the ETag is understood.', required: false },
  ],
  answers: [
    { status: 200, description: 'The file.', contentType: 'application/octet-stream' },
    { status: 206, description: 'The range of it.', contentType: 'application/octet-stream' },
    { status: 304, description: 'It is what `If-None-Match` names.' },
  ],
  problems: ['export-not-done', 'range-not-satisfiable'],
  handle: async ({ service, person, params, method, header }, round) => {
    const record = await service.exports.export(round.id, params.exportId);
    if (record === undefined) return problemResponse({ code: 'not-found' });
    if (record.manifest === undefined) return problemResponse({ code: 'export-not-done' });
    const sent = await sendFile(service, { method, header, person }, round, record, params.path);
    return sent ?? problemResponse({ code: 'not-found' });
  },
});

const publishExport = roundRoute({
  method: 'post',
  path: `${exportPath}/publication`,
  action: 'exports.publish',
  summary: "Publishes the export's public files as the next edition.",
  answers: [{ status: 201, description: 'The edition.', schema: publishedEdition }],
  problems: [
    'export-not-done',
    'already-published',
    'nothing-to-publish',
    'older-than-published',
    'publication-running',
  ],
  handle: async ({ service, person, params }, round) => {
    const record = await service.exports.export(round.id, params.exportId);
    if (record === undefined) return problemResponse({ code: 'not-found' });
    return respond(await service.publish(round.id, record.exportId, person.name), (edition) =>
      jsonResponse(edition, 201),
    );
  },
});

export const exportRoutes: readonly Route[] = [startExport, listExports, readFile, publishExport, readExport];
