/** What the report of a round is made of, and what the prefecture itself says in it. */

import { handout } from '../../../schemas/handout.ts';
import { settingsEtag } from '../../service/round-settings.ts';
import { jsonResponse, respond } from './json-response.ts';
import { roundRoute } from './route.ts';
import type { Route } from './route.ts';

const path = '/api/rounds/{round}/handout';

const readHandout = roundRoute({
  method: 'get',
  path,
  action: 'reportSettings.read',
  summary:
    'The parts of the report, the matters (課題) and what is to be done about them (対応方針), and whether public totals say which kinds of municipality are among them, and by which class (分類) public files have figures; under an ETag.',
  answers: [{ status: 200, description: 'What is absent is as usual.', schema: handout }],
  problems: [],
  handle: async ({ service }, round) => {
    const kept = await service.store.handout(round.id);
    return jsonResponse(kept.settings, 200, { etag: settingsEtag(kept) });
  },
});

const writeHandout = roundRoute({
  method: 'put',
  path,
  action: 'reportSettings.write',
  summary: 'Replaces it; the exports that start from now on have it.',
  headers: [
    { name: 'If-Match', description: 'The ETag last seen.', required: false },
    { name: 'If-None-Match', description: '`*`: only where nothing was said yet.', required: false },
  ],
  body: { schema: handout, problem: 'invalid-report-settings' },
  answers: [{ status: 200, description: 'As it is kept.', schema: handout }],
  problems: ['precondition-required', 'precondition-failed'],
  handle: async ({ service, person, body, header }, round) => {
    const precondition = { ifMatch: header('if-match'), ifNoneMatch: header('if-none-match') };
    const saved = await service.saveHandout(round.id, body, precondition, person.name);
    return respond(saved, (kept) => jsonResponse(kept.settings, 200, { etag: settingsEtag(kept) }));
  },
});

export const handoutRoutes: readonly Route[] = [readHandout, writeHandout];
