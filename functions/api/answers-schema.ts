/** How answers appear in requests and responses: any JSON object to the parser, the forms' own schemas in the OpenAPI document. */

import * as z from 'zod';
import type { Json } from '../../schemas/return.ts';

/** Which of a form's schemas describes the answers. */
export type AnswersUse = 'draft' | 'submission' | 'part';

/** Parsed JSON is JSON: what it may hold is judged by the form, with errors at its questions. */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}

export function answersSchema(use: AnswersUse): z.ZodType<Json> {
  return z.custom<Json>(isJson).meta({ answersOf: use });
}
