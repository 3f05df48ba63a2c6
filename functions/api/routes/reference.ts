/** What returns refer to: health and the directory. */

import * as z from 'zod';
import { directory } from '../../../schemas/directory.ts';
import { wholeOf } from '../../../schemas/directory-on-day.ts';
import { refused } from '../../domain/outcome.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { jsonResponse, respond } from './json-response.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

const health = route({
  method: 'get',
  path: '/api/health',
  summary: 'Whether the application answers.',
  answers: [{ status: 200, description: 'It does.', schema: z.object({ status: z.literal('ok') }) }],
  problems: [],
  handle: async () => jsonResponse({ status: 'ok' }),
});

const readDirectory = route({
  method: 'get',
  path: '/api/directory',
  action: 'directory.read',
  summary:
    'The directory of municipalities and councils in force on a day (`on`), or today in Japan: the version with the latest first day (`validFrom`) not after it; of two with the same first day, the one saved later. Units that ended (`validTo`, the last day in force) and those still to begin (`validFrom`) are in it; nobody asks them on other days. `x-directory-version` has its number.',
  query: z.strictObject({ on: z.iso.date().optional() }),
  answers: [{ status: 200, description: 'The directory.', schema: directory }],
  problems: ['malformed-request', 'not-found'],
  handle: async ({ service, query: { on } }) => {
    const { store } = service;
    const found = await (on === undefined ? store.currentDirectory() : store.directoryOn(on));
    if (found === undefined) return problemResponse(refused('not-found').problem);
    return jsonResponse(wholeOf(found.directory), 200, { 'x-directory-version': String(found.version) });
  },
});

const writeDirectory = route({
  method: 'put',
  path: '/api/directory',
  action: 'directory.write',
  summary:
    'Saves a directory that holds from `validFrom` on, or from today in Japan where that is absent, until the next first day; every PUT makes a version. One of an earlier or a later day leaves today as it is. A unit that ended stays in it with `validTo` and its `successors`, and is asked and counted no longer. Refused whole if any code, member, lead or successor is wrong, or a council outlives a member.',
  body: { schema: directory, problem: 'invalid-directory' },
  answers: [{ status: 200, description: 'The version made.', schema: z.object({ version: z.int() }) }],
  problems: ['directory-changed'],
  handle: async ({ service, body, person }) =>
    respond(await service.saveDirectories([body], person.name), (saved) => jsonResponse(saved)),
});

export const referenceRoutes: readonly Route[] = [health, readDirectory, writeDirectory];
