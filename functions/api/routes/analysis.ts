/** Analyses of a round by unit. */

import * as z from 'zod';
import { analysisRequest } from '../../domain/analysis/request.ts';
import { analyse } from '../../service/analysis.ts';
import { jsonResponse, respond } from './json-response.ts';
import { roundRoute } from './route.ts';
import type { Route } from './route.ts';

const table = z.object({
  title: z.string(),
  notes: z.array(z.string()),
  /** The first is the name of the row; those with `decimals` are numbers. */
  columns: z.array(z.object({ label: z.string(), decimals: z.int().optional() })),
  /** `null` is no figure. */
  rows: z.array(
    z.object({
      /** The code of the unit that it is about. */
      unit: z.string().optional(),
      cells: z.array(z.union([z.string(), z.number(), z.null()])),
      isTotal: z.literal(true).optional(),
    }),
  ),
});

const readAnalysis = roundRoute({
  method: 'get',
  path: '/api/rounds/{round}/analysis',
  action: 'summary.read',
  summary:
    'An analysis over submitted and accepted returns, as the page 分析 has it: `cross` counts units by two questions, or by a question and a class (`with`: an id, `class:` and that of a class, or `unit`; `share`), or the rows of a list by two of its questions, `ranking` and `population` (`per`) list all units by a number, `changes` says what is other than in the round before and who moved, `series` goes back over all rounds in which the question meant the same. For internal use: units are named, whatever is public of the question.',
  query: analysisRequest,
  answers: [
    {
      status: 200,
      description: 'The tables.',
      schema: z.object({
        asOf: z.object({ seq: z.int(), at: z.string() }),
        behind: z.literal(true).optional(),
        notes: z.array(z.string()),
        tables: z.array(table),
      }),
    },
  ],
  problems: ['malformed-request', 'not-found'],
  handle: async ({ service, query }, round) =>
    respond(await analyse(service, round, query), ({ state, notes, tables }) =>
      jsonResponse({
        asOf: state.asOf,
        ...(state.isBehind === undefined ? {} : { behind: state.isBehind }),
        notes,
        tables: tables.map(({ title, notes, columns, rows }) => ({
          title,
          notes,
          columns: columns.map(({ label, decimals }) => ({ label, ...(decimals === undefined ? {} : { decimals }) })),
          rows,
        })),
      }),
    ),
});

export const analysisRoutes: readonly Route[] = [readAnalysis];
