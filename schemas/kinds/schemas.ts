/** Zod schemas that several kinds share. Written against zod/mini, so that the same code serves the browser. */

import * as z from 'zod/mini';
import { isBlank, isLongerThan, isStorable, timesInDrafts } from '../values/text.ts';
import type { Schema } from './kind.ts';

/** Ids of list entries: given by the server or by the caller, never reused for another entry. */
export const entryIdPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export const entryId = z.string().check(z.regex(entryIdPattern));

/** Characters of a date, a code or a reference as people may type it. */
export const longestWord = 64;

/** What JSON Schema says of a schema beyond its type. A `z.meta` check would cost time at every parse. */
function described<S extends Schema>(schema: S, keywords: Record<string, unknown>): S {
  z.globalRegistry.add(schema, keywords);
  return schema;
}

function isWithin(maxLength: number): (text: string) => boolean {
  return (text) => !isLongerThan(text, maxLength);
}

export function storableText(maxLength: number): Schema {
  const most = maxLength * timesInDrafts;
  return described(
    z
      .string()
      .check(
        z.minLength(1),
        z.refine(isStorable, { params: { code: 'unstorable-text' } }),
        z.refine(isWithin(most), { params: { code: 'too-long' } }),
      ),
    { maxLength: most },
  );
}

export function listInDraft(entry: Schema, maxEntries: number): Schema {
  return z.array(entry).check(z.maxLength(maxEntries * timesInDrafts));
}

export function atMost(maxLength: number): Schema {
  return described(
    z.string().check(
      z.refine((text) => !isBlank(text), { params: { code: 'blank' } }),
      z.refine(isWithin(maxLength), { params: { code: 'too-long' } }),
    ),
    { maxLength, pattern: '\\S' },
  );
}

/** @param most how many there may be; without it, as many as there are codes */
export function withoutDuplicates(codes: z.ZodMiniType<string>, most?: number): z.ZodMiniArray<z.ZodMiniType<string>> {
  const areUnique = (value: readonly string[]): boolean => new Set(value).size === value.length;
  const unique = z.array(codes).check(z.refine(areUnique, { params: { code: 'duplicate' } }));
  return described(most === undefined ? unique : unique.check(z.maxLength(most)), { uniqueItems: true });
}
