/** The result of a rule that may refuse: the value, or the problem to tell the caller. */

import type { Problem, ProblemCode, ProblemDetails } from '../../schemas/problem.ts';

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(code: ProblemCode, details: ProblemDetails = {}): { ok: false; problem: Problem } {
  return { ok: false, problem: { code, ...details } };
}
