/** What the newest publication says to one unit. */

import * as z from 'zod';
import { askedUnits } from '../../../schemas/asked-units.ts';
import { formsOf } from '../../../schemas/round-forms.ts';
import { problemResponse } from '../../platform/problem-response.ts';
import { findReturn } from '../../service/access.ts';
import type { FoundReturn } from '../../service/access.ts';
import { readResults } from '../../service/results.ts';
import { jsonResponse } from './json-response.ts';
import { roundRoute } from './route.ts';
import type { Route } from './route.ts';

const figure = z.object({
  base: z.int(),
  value: z.number().nullable(),
  mean: z.string().optional(),
  meanValue: z.number().nullable().optional(),
  median: z.number().nullable().optional(),
});

const line = z.object({
  question: z.string(),
  number: z.string().optional(),
  label: z.string(),
  option: z.string().optional(),
  optionLabel: z.string().optional(),
  unit: z.string(),
  own: z.number().nullable(),
  all: figure,
  ofClass: figure.optional(),
  earlier: z.array(
    z.object({ year: z.string(), of: z.enum(['unit', 'merged', 'nobody']), own: z.number().nullable(), all: figure }),
  ),
});

const results = z.object({
  results: z.array(
    z.object({
      form: z.string(),
      edition: z.int(),
      publishedAt: z.string(),
      version: z.int().optional(),
      className: z.string(),
      lines: z.array(line),
    }),
  ),
});

const readRoundResults = roundRoute({
  method: 'get',
  path: '/api/rounds/{round}/results/{unit}',
  action: 'rounds.read',
  summary:
    "A unit's own figures beside the published ones of the prefecture, of the others of its class (published answers of three at least), and of the years before, by form (`of`: the unit itself, all that were merged into it together, or nobody that could be compared); none before the round is published. For who may read the unit's returns.",
  answers: [{ status: 200, description: 'By form.', schema: results }],
  problems: ['forbidden', 'not-found'],
  handle: async ({ service, person, params }, round) => {
    const directory = await service.store.directoryOfRound(round);
    const asked = formsOf(service.forms, round).filter((form) => askedUnits(directory, round, form).has(params.unit));
    // Of a unit that nothing is asked of one form says why it is refused.
    const ids = asked.length > 0 ? asked.map(({ id }) => id) : Object.keys(round.forms).slice(0, 1);
    const own: FoundReturn[] = [];
    for (const form of ids) {
      const found = await findReturn(service, person, 'return.read', { round: round.id, form, unit: params.unit });
      if (!found.ok) return problemResponse(found.problem);
      own.push(found.value);
    }
    const read = await Promise.all(
      own.map(async (each) => {
        const of = await readResults(service, each);
        if (of === undefined) return [];
        const { published, version, className, lines } = of;
        const { edition, publishedAt } = published;
        return [{ form: each.form.id, edition, publishedAt, version, className, lines }];
      }),
    );
    return jsonResponse({ results: read.flat() });
  },
});

export const resultsRoutes: readonly Route[] = [readRoundResults];
