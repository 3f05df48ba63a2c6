/** A problem as an HTTP response: `application/problem+json` (RFC 9457) with a stable `code`. */

import { problems } from '../../schemas/problem.ts';
import type { Problem } from '../../schemas/problem.ts';

export function problemResponse({ code, retryAfterSeconds, ...details }: Problem): Response {
  const { status, title } = problems[code];
  return new Response(JSON.stringify({ type: `urn:yoriai:problem:${code}`, title, status, code, ...details }), {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(code === 'unsupported-content-encoding' ? { 'accept-encoding': 'gzip' } : {}),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  });
}
