/** Exceptions that the prefecture makes for one return: more time (期限の延長), and that it will not come (回答なし). */

import * as z from 'zod';
import { absence, extension, returnStates } from '../../../schemas/return.ts';
import type { Standing } from '../../domain/life.ts';
import { jsonResponse, respond } from './json-response.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';

const standing = z.object({
  state: z.enum(Object.keys(returnStates)),
  version: z.int(),
  extension: extension.optional(),
  absence: absence.optional(),
});

function standingResponse({ state, version, extension: granted, absence: noted }: Standing): Response {
  return jsonResponse({ state, version, extension: granted, absence: noted });
}

const answers = [{ status: 200, description: 'How the return stands.', schema: standing }] as const;

export const exceptionRoutes: readonly Route[] = [
  returnRoute({
    method: 'put',
    path: `${returnPath}/extension`,
    action: 'return.except',
    summary:
      'Gives the return its own due date, later than the round’s: until then it is in time, also after the round has closed, and a version that came late within it no longer counts as late.',
    body: { schema: extension, problem: 'invalid-exception' },
    answers,
    problems: [],
    handle: async ({ service, person, body }, { key }) =>
      respond(await service.returns.extend(key, body, person.name), standingResponse),
  }),
  returnRoute({
    method: 'delete',
    path: `${returnPath}/extension`,
    action: 'return.except',
    summary: 'Takes it back: the return is due when the round is. What came within it stays in time.',
    answers,
    problems: [],
    handle: async ({ service, person }, { key }) =>
      respond(await service.returns.endExtension(key, person.name), standingResponse),
  }),
  returnRoute({
    method: 'put',
    path: `${returnPath}/absence`,
    action: 'return.except',
    summary: 'Notes that the return will not come. It is still expected and counted apart; its submission ends that.',
    body: { schema: absence, problem: 'invalid-exception' },
    answers,
    problems: ['already-submitted'],
    handle: async ({ service, person, body }, { key }) =>
      respond(await service.returns.markAbsent(key, body, person.name), standingResponse),
  }),
  returnRoute({
    method: 'delete',
    path: `${returnPath}/absence`,
    action: 'return.except',
    summary: 'Takes that note back.',
    answers,
    problems: [],
    handle: async ({ service, person }, { key }) =>
      respond(await service.returns.endAbsence(key, person.name), standingResponse),
  }),
];
