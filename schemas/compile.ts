/**
 * A form → its Zod schemas and its JSON Schema.
 *
 * - *Shape* is enough for a draft: known keys, JSON types, known options, storable text, and up to four times of what
 *   the content may hold: characters of a text, entries of a list.
 * - *Content* is needed to submit: lengths, formats, dates, whole numbers. Whether a question is asked or required is
 *   judged outside Zod (`functions/domain/completeness.ts`), so that one pass lists every error.
 *
 * Written against zod/mini, so that the same code serves the browser.
 */

import * as z from 'zod/mini';
import type { Form, Item } from './form.ts';
import type { Definition, TextFormat } from './question.ts';
import type { Answers } from './return.ts';
import { count } from './values/count.ts';
import { fiscalYears } from './values/fiscal-years.ts';
import { frequency } from './values/frequency.ts';
import { municipalityCode } from './values/municipality-code.ts';
import { partialDate } from './values/partial-date.ts';
import { range } from './values/range.ts';
import { codePoints, isBlank, isStorable, timesInDrafts } from './values/text.ts';

export type Schema = z.ZodMiniType;

/** Ids of list entries: given by the server or by the caller, never reused for another entry. */
export const entryIdPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

function isWithin(maxLength: number): (text: string) => boolean {
  return (text) => text.length <= maxLength || codePoints(text) <= maxLength;
}

function storableText(maxLength: number): Schema {
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

function listInDraft<S extends Schema>(entry: S, maxEntries: number): Schema {
  return z.array(entry).check(z.maxLength(maxEntries * timesInDrafts));
}

/** Characters of a date or a reference as people may type it. */
const longestWord = 64;
/** Japan has 1,741 municipalities. */
const mostMunicipalities = 2000;

const entryId = z.string().check(z.regex(entryIdPattern));

const formats: Readonly<Record<TextFormat, RegExp>> = {
  email: /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/,
  phone: /^[0-9０-９()（）+＋\-－ー‐ 　]{9,30}(?:(?:内線|内|ext\.?)[ 　]?[0-9０-９]{1,6})?$/,
};

/** What JSON Schema says of a schema beyond its type. A `z.meta` check would cost time at every parse. */
function described<S extends Schema>(schema: S, keywords: Record<string, unknown>): S {
  z.globalRegistry.add(schema, keywords);
  return schema;
}

function atMost(maxLength: number): Schema {
  return described(
    z.string().check(
      z.refine((text) => !isBlank(text), { params: { code: 'blank' } }),
      z.refine(isWithin(maxLength), { params: { code: 'too-long' } }),
    ),
    { maxLength, pattern: '\\S' },
  );
}

/** Everything but groups and lists of questions. */
type SingleAnswer = Exclude<Definition, { readonly kind: 'group' | 'list' }>;

function shapeOf(definition: SingleAnswer): Schema {
  switch (definition.kind) {
    case 'choice':
      return z.enum(Object.keys(definition.options));
    case 'choices':
      return listInDraft(z.enum(Object.keys(definition.options)), Object.keys(definition.options).length);
    case 'municipalities':
      return listInDraft(storableText(longestWord), mostMunicipalities);
    case 'texts':
      return listInDraft(storableText(definition.maxLength), definition.maxEntries);
    case 'count':
      return z.number();
    case 'text':
      return storableText(definition.maxLength);
    case 'date':
    case 'reference':
      return storableText(longestWord);
    case 'range':
      return z.strictObject({ min: z.number(), max: z.number() });
    case 'frequency':
      return z.union([
        z.literal('asNeeded'),
        z.strictObject({
          per: z.enum(['week', 'month', 'year']),
          times: z.strictObject({ min: z.number(), max: z.number() }),
          asNeeded: z.optional(z.literal(true)),
        }),
      ]);
    case 'fiscalYears':
      return z.strictObject({ from: z.number(), to: z.number() });
  }
}

function withoutDuplicates(codes: z.ZodMiniType<string>): Schema {
  const areUnique = (value: readonly string[]): boolean => new Set(value).size === value.length;
  return described(z.array(codes).check(z.refine(areUnique, { params: { code: 'duplicate' } })), { uniqueItems: true });
}

function contentOf(definition: SingleAnswer): Schema {
  switch (definition.kind) {
    case 'choice':
      return z.enum(Object.keys(definition.options));
    case 'choices':
      return withoutDuplicates(z.enum(Object.keys(definition.options)));
    case 'municipalities':
      return withoutDuplicates(municipalityCode);
    case 'texts':
      return z.array(atMost(definition.maxLength)).check(z.maxLength(definition.maxEntries));
    case 'count':
      return count;
    case 'text':
      return definition.format === undefined
        ? atMost(definition.maxLength)
        : z.string().check(z.maxLength(definition.maxLength), z.regex(formats[definition.format]));
    case 'reference':
      return entryId;
    case 'date':
      return partialDate;
    case 'range':
      return range;
    case 'frequency':
      return frequency;
    case 'fiscalYears':
      return fiscalYears;
  }
}

type Pass = 'shape' | 'content';

function schemaOf(item: Item, pass: Pass): Schema {
  const { definition, children } = item;
  if (definition.kind === 'group') return z.strictObject(fieldsOf(children, pass));
  if (definition.kind === 'list') {
    const entry = entryOf(children, pass);
    return pass === 'shape'
      ? listInDraft(entry, definition.maxEntries)
      : z.array(entry).check(z.maxLength(definition.maxEntries));
  }
  const schema = pass === 'shape' ? shapeOf(definition) : contentOf(definition);
  return definition.nullable ? z.nullable(schema) : schema;
}

function fieldsOf(items: readonly Item[], pass: Pass): Record<string, z.ZodMiniOptional<Schema>> {
  return Object.fromEntries(items.map((item) => [item.key, z.optional(schemaOf(item, pass))]));
}

function entryOf(items: readonly Item[], pass: Pass): Schema {
  const id = pass === 'shape' ? z.optional(entryId) : entryId;
  return z.strictObject({ id, ...fieldsOf(items, pass) });
}

/** The schemas of one form. Built on first use and kept: compiling costs some milliseconds. */
export interface CompiledForm {
  /** A whole draft. */
  readonly shape: Schema;
  /** One section of a draft, by its key. */
  readonly sectionShapes: ReadonlyMap<string, Schema>;
  /** One entry of a section that is a list, by the section's key. */
  readonly entryShapes: ReadonlyMap<string, Schema>;
  /** A whole return as it may be submitted, but for what is asked and required. */
  readonly content: Schema;
}

/** What `compile` gives as `content`, as it is before it is made fast: for a page, which judges one section. */
export function contentSchema({ sections }: Pick<Form, 'sections'>): Schema {
  return z.strictObject(fieldsOf(sections, 'content'));
}

function build(form: Pick<Form, 'sections'>): CompiledForm {
  const { sections } = form;
  const lists = sections.filter(({ definition }) => definition.kind === 'list');
  return {
    shape: z.strictObject(fieldsOf(sections, 'shape')),
    sectionShapes: new Map(sections.map((section) => [section.key, schemaOf(section, 'shape')])),
    entryShapes: new Map(lists.map((section) => [section.key, entryOf(section.children, 'shape')])),
    content: z.compile(contentSchema(form)),
  };
}

const built = new WeakMap<object, CompiledForm>();

export function compile(form: Pick<Form, 'sections'>): CompiledForm {
  const compiled = built.get(form.sections) ?? build(form);
  built.set(form.sections, compiled);
  return compiled;
}

/** Whether a value is an answer set of the form, shape and content. */
export function isContent<A>(form: Form<A>, value: unknown): value is A {
  return compile(form).content.safeParse(value).success;
}

/** Whether a value has the shape of a draft of the form. */
export function isDraft<A>(form: Form<A>, value: unknown): value is Answers {
  return compile(form).shape.safeParse(value).success;
}
