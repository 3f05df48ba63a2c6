/** What a refusal over HTTP is held against. */

import { expect } from 'vitest';
import type { Reply } from './system.ts';

export interface Problem {
  readonly status: number;
  readonly code: string;
  /** Errors among those listed, by path; absent where the problem lists none. */
  readonly errors?: readonly { readonly path: string; readonly code: string; readonly message?: string }[];
}

const japanese = /[ぁ-んァ-ヶ一-龠]/;

export function expectProblem(reply: Reply, { status, code, errors }: Problem): void {
  expect(reply.status, reply.text.slice(0, 500)).toBe(status);
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = reply.json();
  expect(problem).toMatchObject({ status, code, type: `urn:yoriai:problem:${code}` });
  expect(problem.title).toMatch(japanese);
  for (const { message } of problem.errors ?? []) expect(message).toMatch(japanese);
  for (const error of errors ?? []) expect(problem.errors).toContainEqual(expect.objectContaining(error));
}
