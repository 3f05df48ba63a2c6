/** What a schema refuses, as errors by path with codes that callers rely on. */

import type * as z from 'zod';
import type { FieldError } from './problem.ts';

/** Zod's own codes, by the names that callers rely on. */
const codes: Readonly<Record<string, string>> = {
  invalid_type: 'wrong-type',
  invalid_union: 'wrong-type',
  invalid_value: 'unknown-option',
  invalid_format: 'wrong-format',
  too_big: 'too-large',
  too_small: 'too-small',
  unrecognized_keys: 'unknown-key',
};

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  if (last === undefined) return value === undefined;
  const around = path.slice(0, -1).reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
  return isRecord(around) && around[last] === undefined;
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

/** @param most of all errors, so that an answer has its limit */
export function errorsOf({ issues }: z.ZodError, value: unknown, most: number): FieldError[] {
  return issues.slice(0, most).map((issue) => {
    const path = issue.path.join('.');
    if (isMissing(value, issue.path)) return { path, code: 'required', message: 'この項目は必須です。' };
    const own: unknown = 'params' in issue ? issue.params?.['code'] : undefined;
    if (issue.code === 'invalid_union' && issue.path.at(-1) === 'kind')
      return { path, code: 'unknown-kind', message: issue.message };
    return { path, code: typeof own === 'string' ? own : (codes[issue.code] ?? 'invalid'), message: issue.message };
  });
}
