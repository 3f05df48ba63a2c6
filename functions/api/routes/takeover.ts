/** Taking the last answers over (転記): what would be filled in, and filling in the sections that were looked at. */

import * as z from 'zod';
import { problemResponse } from '../../platform/problem-response.ts';
import { partResponse, partView } from './answers.ts';
import { jsonResponse, respond } from './json-response.ts';
import { answersSchema } from './request-body.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';

const path = `${returnPath}/takeover` as const;

/** The version, where there is one, and the state of what the prefecture holds, where it holds anything of it. */
const from = z.strictObject({
  round: z.string().optional(),
  version: z.int().positive().optional(),
  held: z.int().positive().optional(),
});

const problems = ['nothing-to-take-over', 'not-editable', 'not-open'] as const;

const readTakeover = returnRoute({
  method: 'get',
  path,
  action: 'return.edit',
  summary:
    'What the last answers, accepted or submitted, and what the prefecture holds would answer of what has no answer yet, by section. Without any, `detail` says why.',
  answers: [
    {
      status: 200,
      description: 'The answers, the version that they come from, and in `held` those that the prefecture holds.',
      schema: z.object({
        from: from.extend({ name: z.string().optional(), accepted: z.boolean().optional() }),
        answers: answersSchema('draft'),
        held: answersSchema('draft').optional(),
      }),
    },
  ],
  problems,
  handle: async ({ service }, { key }) =>
    respond(await service.returns.readTakeover(key), ({ last, held, open }) => {
      const version = last && {
        round: last.round.id,
        version: last.version.version,
        name: last.round.name,
        accepted: last.isAccepted,
      };
      const isHeld = held.revision > 0;
      return jsonResponse({
        from: { ...version, ...(isHeld ? { held: held.revision } : {}) },
        answers: open,
        ...(isHeld ? { held: held.answers } : {}),
      });
    }),
});

const takeOver = returnRoute({
  method: 'post',
  path,
  action: 'return.edit',
  summary:
    'Fills in what has no answer yet in `sections`, from what was looked at (`from`); nothing that is answered changes.',
  body: {
    schema: z.strictObject({ sections: z.array(z.string()).min(1).max(100), from }),
    problem: 'malformed-request',
  },
  answers: [{ status: 200, description: 'The draft as saved, with its new ETag.', schema: partView('draft') }],
  problems: [...problems, 'precondition-failed', 'return-too-large'],
  handle: async ({ service, person, body }, { key }) => {
    const taken = await service.returns.takeOver(key, body.sections, body.from, person.name, person.id);
    if (!taken.ok) return problemResponse(taken.problem);
    return respond(await service.returns.readDraft(key), (view) => partResponse(view, { kind: 'return' }));
  },
});

export const takeoverRoutes: readonly Route[] = [readTakeover, takeOver];
