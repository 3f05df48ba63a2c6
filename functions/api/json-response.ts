/** Answers of the API: JSON that no cache keeps. */

import type { Outcome } from '../domain/outcome.ts';
import { problemResponse } from '../platform/problem-response.ts';

export function jsonResponse(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}

/** Answers with what was done, or with the problem. */
export function respond<T>(outcome: Outcome<T>, answer: (value: T) => Response): Response {
  return outcome.ok ? answer(outcome.value) : problemResponse(outcome.problem);
}
