/** A problem as an HTTP response: `application/problem+json` (RFC 9457) with a stable `code`. */

import { problems } from '../../schemas/problem.ts';
import type { Problem } from '../../schemas/problem.ts';

/** As many errors as somebody reads; a directory may have one in each of 94,000 members. */
const mostErrors = 200;

export function problemResponse({ code, retryAfterSeconds, errors, ...details }: Problem): Response {
  const { status, title } = problems[code];
  const moreErrors = (errors?.length ?? 0) - mostErrors;
  const document = {
    type: `urn:yoriai:problem:${code}`,
    title,
    status,
    code,
    ...details,
    errors: errors?.slice(0, mostErrors),
    ...(moreErrors > 0 ? { moreErrors } : {}),
  };
  return new Response(JSON.stringify(document), {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(code === 'unsupported-content-encoding' ? { 'accept-encoding': 'identity' } : {}),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  });
}
