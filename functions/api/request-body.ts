/** A request's body or query, parsed by the route's schema; what does not fit is a problem with errors by path. */

import type * as z from 'zod';
import type { FieldError, ProblemCode } from '../../schemas/problem.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';

/** A return is at most 300 KB; a directory of every municipality of Japan fits too. */
export const maxBodyBytes = 1024 * 1024;

function errorsOf({ issues }: z.ZodError): FieldError[] {
  return issues.map(({ code, path, message }) => ({ path: path.join('.'), code: code.replaceAll('_', '-'), message }));
}

export function parseWith(schema: z.ZodType, value: unknown, problem: ProblemCode): Outcome<unknown> {
  const parsed = schema.safeParse(value);
  return parsed.success ? done(parsed.data) : refused(problem, { errors: errorsOf(parsed.error) });
}

const jsonType = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i;

/** A JSON body. Refuses `unsupported-media-type`, `malformed-json` and what the schema refuses. */
export async function parseBody(
  request: Request,
  { schema, problem }: { readonly schema: z.ZodType; readonly problem: ProblemCode },
): Promise<Outcome<unknown>> {
  if (!jsonType.test(request.headers.get('content-type') ?? '')) return refused('unsupported-media-type');
  const text = await request.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('malformed-json');
  }
  return parseWith(schema, value, problem);
}
