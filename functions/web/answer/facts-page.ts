/** What the script of a page that asks questions is told of the return, to judge the page as the server does. */

import type { Hono } from 'hono';
import { lastAnswers, openReturn } from './opened.ts';
import type { Facts } from './facts.ts';
import type { WebContext, WebEnv } from '../shared/visit.ts';

async function tellFacts(c: WebContext): Promise<Response> {
  const opened = await openReturn(c, 'return.edit');
  if (opened instanceof Response) return opened;
  const {
    unit,
    round,
    directory,
    draft: { answers, reasons },
  } = opened;
  const municipalities = directory.municipalities.map(({ code }) => code);
  return c.json({
    unit: unit.code,
    round,
    municipalities,
    reasons,
    answers,
    previous: await lastAnswers(opened),
  } satisfies Facts);
}

export function factsPage(app: Hono<WebEnv>): void {
  app.get('/rounds/:round/returns/:form/:unit/facts', (c): Promise<Response> => tellFacts(c));
}
