/** A request's body or query, parsed by the route's schema; what does not fit is a problem with errors by path. */

import { errorsOf } from '../../../schemas/issues.ts';
import type { ProblemCode } from '../../../schemas/problem.ts';
import { mostErrors } from '../../domain/field-errors.ts';
import { done, refused } from '../../domain/outcome.ts';
import type { Outcome } from '../../domain/outcome.ts';
import * as z from 'zod';
import type { Json } from '../../../schemas/values/json.ts';

/** A return is at most 300 KB; a directory of every municipality of Japan fits too. */
export const maxJsonBytes = 1024 * 1024;

export function parseWith(schema: z.ZodType, value: unknown, problem: ProblemCode): Outcome<unknown> {
  const parsed = schema.safeParse(value);
  return parsed.success ? done(parsed.data) : refused(problem, { errors: errorsOf(parsed.error, value, mostErrors) });
}

/**
 * Texts of JSON, and the numbers that may say more than a program holds exactly: it keeps 15 digits for certain. Looked for
 * in the text of what has been parsed: a function called for every value would take seconds for the half a million that fit
 * into a body.
 */
const textOrLongNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d(?:[\d.eE+-]{15,}|[\d.]*[eE][+-]?\d{3,})/g;

/** Whether there may be such a number, in a text or outside; most bodies have none, and are not looked through text by text. */
const anyLongNumber = /\d(?:[\d.eE+-]{15}|[\d.]*[eE][+-]?\d{3})/;

/** No number needs as many characters; zeros alone would make a longer one exact. */
const longestNumber = 100;

/** An object in place of the number: whatever schema wants one refuses it, at its path. */
const noNumber = '{"":0}';

function isExact(numeral: string): boolean {
  return numeral.length <= longestNumber && digitsOf(numeral) === digitsOf(String(Number(numeral)));
}

/** A number beyond what a program holds exactly would become another one: 12345678901234567890 ends in 7000. */
function parseExactly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!anyLongNumber.test(text)) return value;
  const exact = text.replaceAll(textOrLongNumber, (found) =>
    found.startsWith('"') || isExact(found) ? found : noNumber,
  );
  return exact === text ? value : JSON.parse(exact);
}

/** The digits that a decimal numeral says, without sign, point, exponent and the zeros around. */
function digitsOf(numeral: string): string {
  return numeral
    .replace(/e.*/i, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '');
}

const jsonType = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i;

export interface RequestBody<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  readonly problem: ProblemCode;
  /** Where a small one says all there is to say. */
  readonly maxBytes?: number;
  /** Of a file, which is taken as it is; JSON without one. */
  readonly contentType?: string;
}

/** A file as the body: its bytes. */
export const fileBytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What is read of a request, which the application may have read before: the text of a body is kept by whoever reads it first. */
export type SentBody = Pick<Request, 'text' | 'arrayBuffer'> & { readonly headers: Pick<Headers, 'get'> };

function isOfType(request: SentBody, contentType: string | undefined): boolean {
  const given = request.headers.get('content-type') ?? '';
  return contentType === undefined ? jsonType.test(given) : given.toLowerCase().split(';')[0]?.trim() === contentType;
}

/** A body: JSON, or a file. Refuses `unsupported-media-type`, `too-large`, `malformed-json` and what the schema refuses. */
export async function parseBody(
  request: SentBody,
  { schema, problem, maxBytes = maxJsonBytes, contentType }: RequestBody,
): Promise<Outcome<unknown>> {
  if (!isOfType(request, contentType)) return refused('unsupported-media-type');
  if (contentType !== undefined) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.length > maxBytes ? refused('too-large') : parseWith(schema, bytes, problem);
  }
  const text = await request.text();
  if (text.length > maxBytes) return refused('too-large');
  let value: unknown;
  try {
    value = parseExactly(text);
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
