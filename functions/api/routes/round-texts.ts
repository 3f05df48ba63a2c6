/** What the prefecture tells municipalities about a round. */

import { roundTexts } from '../../../schemas/round-texts.ts';
import { settingsEtag } from '../../service/round-settings.ts';
import { jsonResponse, respond } from './json-response.ts';
import { roundRoute } from './route.ts';
import type { Route } from './route.ts';

const path = '/api/rounds/{round}/texts';

const readTexts = roundRoute({
  method: 'get',
  path,
  action: 'rounds.read',
  summary:
    'The letter that asks for answers (依頼文, `request`) and how to answer (記入要領, `instructions`), under an ETag.',
  answers: [{ status: 200, description: 'The texts; none that is absent.', schema: roundTexts }],
  problems: [],
  handle: async ({ service }, round) => {
    const kept = await service.store.roundTexts(round.id);
    return jsonResponse(kept.settings, 200, { etag: settingsEtag(kept) });
  },
});

const writeTexts = roundRoute({
  method: 'put',
  path,
  action: 'rounds.write',
  summary: 'Replaces both texts: plain texts of paragraphs. One that is absent is not shown.',
  headers: [
    { name: 'If-Match', description: 'The ETag last seen.', required: false },
    { name: 'If-None-Match', description: '`*`: only where there are none yet.', required: false },
  ],
  body: { schema: roundTexts, problem: 'invalid-round-texts' },
  answers: [{ status: 200, description: 'The texts.', schema: roundTexts }],
  problems: ['precondition-required', 'precondition-failed'],
  handle: async ({ service, person, body, header }, round) => {
    const precondition = { ifMatch: header('if-match'), ifNoneMatch: header('if-none-match') };
    const saved = await service.saveRoundTexts(round.id, body, precondition, person.name);
    return respond(saved, (kept) => jsonResponse(kept.settings, 200, { etag: settingsEtag(kept) }));
  },
});

export const roundTextsRoutes: readonly Route[] = [readTexts, writeTexts];
