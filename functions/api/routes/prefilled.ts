/** What the prefecture holds already of a round's returns (県の把握している値). */

import { prefilled } from '../../../schemas/prefilled.ts';
import { prefilledEtag } from '../../service/prefilled.ts';
import { jsonResponse, respond } from './json-response.ts';
import { roundRoute } from './route.ts';
import type { Route } from './route.ts';

const path = '/api/rounds/{round}/prefilled';

const readValues = roundRoute({
  method: 'get',
  path,
  action: 'prefecture.read',
  summary: 'The values that the prefecture holds already (県の把握している値), under an ETag.',
  answers: [{ status: 200, description: 'All values of the round.', schema: prefilled }],
  problems: [],
  handle: async ({ service }, round) => {
    const kept = await service.store.prefilled(round.id);
    return jsonResponse(kept.settings, 200, { etag: prefilledEtag(kept) });
  },
});

const writeValues = roundRoute({
  method: 'put',
  path,
  action: 'rounds.write',
  summary:
    'Replaces all of them: a value for a unit, a form and a question, in a list with the ids of the entries (`<list>.<entry>.<question>`). Each is shown to its unit beside the question, and is no answer before it is confirmed there.',
  headers: [
    { name: 'If-Match', description: 'The ETag last seen.', required: false },
    { name: 'If-None-Match', description: '`*`: only where there are none yet.', required: false },
  ],
  body: { schema: prefilled, problem: 'invalid-prefilled' },
  answers: [{ status: 200, description: 'The values.', schema: prefilled }],
  problems: ['precondition-required', 'precondition-failed', 'too-large'],
  handle: async ({ service, person, body, header }, round) => {
    const precondition = { ifMatch: header('if-match'), ifNoneMatch: header('if-none-match') };
    const saved = await service.savePrefilled(round, body, precondition, person.name);
    return respond(saved, (kept) => jsonResponse(kept.settings, 200, { etag: prefilledEtag(kept) }));
  },
});

export const prefilledRoutes: readonly Route[] = [readValues, writeValues];
