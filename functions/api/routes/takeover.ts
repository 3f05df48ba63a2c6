/** Taking the last answers over (転記): what would be filled in, and filling in the sections that were looked at. */

import * as z from 'zod';
import { problemResponse } from '../../platform/problem-response.ts';
import { partResponse, partView } from './answers.ts';
import { jsonResponse, respond } from './json-response.ts';
import { answersSchema } from './request-body.ts';
import { returnPath, returnRoute } from './route.ts';
import type { Route } from './route.ts';

const path = `${returnPath}/takeover` as const;

const from = z.strictObject({ round: z.string(), version: z.int().positive() });

const problems = ['nothing-to-take-over', 'not-editable', 'not-open'] as const;

const readTakeover = returnRoute({
  method: 'get',
  path,
  action: 'return.edit',
  summary:
    'What the last answers, accepted or submitted, would answer of what has no answer yet, by section. Without any, `detail` says why.',
  answers: [
    {
      status: 200,
      description: 'The answers, and the version that they come from.',
      schema: z.object({
        from: from.extend({ name: z.string(), accepted: z.boolean() }),
        answers: answersSchema('draft'),
      }),
    },
  ],
  problems,
  handle: async ({ service }, { key }) =>
    respond(await service.returns.readTakeover(key), ({ round, version, isAccepted, open }) =>
      jsonResponse({
        from: { round: round.id, version: version.version, name: round.name, accepted: isAccepted },
        answers: open,
      }),
    ),
});

const takeOver = returnRoute({
  method: 'post',
  path,
  action: 'return.edit',
  summary:
    'Fills in what has no answer yet in `sections`, from the version that was looked at; nothing that is answered changes.',
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
