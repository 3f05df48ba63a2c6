/** The step in front of the web and the API: which request this is, and what became of it. */

import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import * as z from 'zod';
import type { OperatorMetric, OperatorMetrics } from '../platform/metrics.ts';
import { inRequest } from '../platform/request-context.ts';
import type { RequestIds } from '../platform/request-context.ts';

/** What Lambda passes beside the request; a laptop passes something else. */
const fromLambda = z.lazy(() =>
  z.object({
    requestContext: z.object({ requestId: z.string() }),
    lambdaContext: z.object({ awsRequestId: z.string() }),
  }),
);

function idsOf(environment: unknown): RequestIds {
  const parsed = fromLambda.safeParse(environment);
  if (!parsed.success) return { requestId: randomUUID() };
  return { requestId: parsed.data.requestContext.requestId, functionRequestId: parsed.data.lambdaContext.awsRequestId };
}

/** What an answer counts as. Nobody is refused who only has not signed in yet. */
function metricOf(request: Request, status: number): OperatorMetric | undefined {
  const { pathname } = new URL(request.url);
  const isSignIn = pathname === '/sign-in' || pathname.startsWith('/sign-in/');
  switch (status) {
    case 400:
      return pathname === '/sign-in/callback' ? 'RefusedTokens' : undefined;
    case 401:
      return isSignIn || request.headers.has('authorization') ? 'RefusedTokens' : undefined;
    case 429:
      return isSignIn ? 'RefusedTokens' : undefined;
    case 403:
      return 'Refusals';
    case 409:
    case 412:
      return 'Conflicts';
    default:
      return undefined;
  }
}

/** Refusals and conflicts have the same statuses in the web and in the API, so that both are counted here. */
export function requests(metrics: OperatorMetrics): MiddlewareHandler {
  return async (c, next) => {
    await inRequest(idsOf(c.env), next);
    const metric = metricOf(c.req.raw, c.res.status);
    if (metric !== undefined) metrics.count(metric);
  };
}
