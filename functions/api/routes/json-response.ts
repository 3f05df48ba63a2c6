/** Answers of the API: JSON that no cache keeps. */

import { createHash } from 'node:crypto';
import type { Outcome } from '../../domain/outcome.ts';
import { isUnchanged } from '../../platform/conditional-request.ts';
import { problemResponse } from '../../platform/problem-response.ts';

export function jsonResponse(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}

/**
 * An answer that changes with a release at most, or else with its ETag: who has it already is told so.
 *
 * @param etag where a change of what is answered must name it
 */
export function lastingJson(
  header: (name: string) => string | undefined,
  body: unknown,
  etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('hex')}"`,
): Response {
  if (!isUnchanged(header, etag)) return jsonResponse(body, 200, { etag });
  return new Response(null, { status: 304, headers: { etag, 'cache-control': 'no-store' } });
}

export function respond<T>(outcome: Outcome<T>, answer: (value: T) => Response): Response {
  return outcome.ok ? answer(outcome.value) : problemResponse(outcome.problem);
}
