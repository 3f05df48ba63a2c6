/** A request's body or query, parsed by the route's schema; what does not fit is a problem with errors by path. */

import type { FieldError, ProblemCode } from '../../../schemas/problem.ts';
import { done, refused } from '../../domain/outcome.ts';
import type { Outcome } from '../../domain/outcome.ts';
import * as z from 'zod';
import type { Json } from '../../../schemas/return.ts';

/** A return is at most 300 KB; a directory of every municipality of Japan fits too. */
export const maxJsonBytes = 1024 * 1024;

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

/** Nobody reads more; the rest would make an answer of megabytes. */
const mostErrors = 1000;

function errorsOf({ issues }: z.ZodError, value: unknown): FieldError[] {
  return issues.slice(0, mostErrors).map((issue) => {
    const path = issue.path.join('.');
    if (isMissing(value, issue.path)) return { path, code: 'required', message: 'この項目は必須です。' };
    const own: unknown = 'params' in issue ? issue.params?.['code'] : undefined;
    return { path, code: typeof own === 'string' ? own : (codes[issue.code] ?? 'invalid'), message: issue.message };
  });
}

export function parseWith(schema: z.ZodType, value: unknown, problem: ProblemCode): Outcome<unknown> {
  const parsed = schema.safeParse(value);
  return parsed.success ? done(parsed.data) : refused(problem, { errors: errorsOf(parsed.error, value) });
}

/**
 * What a program keeps of a number has at most 15 digits for certain. Only texts with more of them are parsed number by
 * number, which deep nesting would end.
 */
const mayBeInexact = /[\d.]{16}|e-\d{3}/i;

/**
 * A number beyond what a program holds exactly would become another one (12345678901234567890 ends in 7000); it becomes
 * NaN, which every schema refuses at its path.
 */
function exactly(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  return digitsOf(context?.source ?? '') === digitsOf(String(value)) ? value : Number.NaN;
}

/** The digits that a decimal numeral says, without sign, point, exponent and the zeros around. */
function digitsOf(numeral: string): string {
  return numeral
    .replace(/e.*/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
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
    value = mayBeInexact.test(text) ? JSON.parse(text, exactly) : JSON.parse(text);
  } catch {
    return refused('malformed-json');
  }
  return parseWith(schema, value, problem);
}

/** Which of a form's schemas describes the answers. */
export type AnswersUse = 'draft' | 'submission' | 'part';

/** Parsed JSON is JSON: what it may hold is judged by the form, with errors at its questions. */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}

export function answersSchema(use: AnswersUse): z.ZodType<Json> {
  return z.custom<Json>(isJson).meta({ answersOf: use });
}
