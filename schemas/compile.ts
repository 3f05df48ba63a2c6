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
import { isObject } from './json.ts';
import type { Issue } from './kinds/field-error.ts';
import type { Schema } from './kinds/kind.ts';
import { entryId, listInDraft } from './kinds/schemas.ts';
import type { Answers } from './return.ts';

/** `test` is content as well, for a yes or no: Zod makes a copy of all that it parses, and of what it only tests none. */
type Pass = 'shape' | 'content' | 'test';

function objectOf(fields: Record<string, Schema>, pass: Pass): Schema {
  if (pass !== 'test') return z.strictObject(fields);
  const keys = new Set(Object.keys(fields));
  const hasNoOther = (value: unknown): boolean => {
    if (!isObject(value)) return false;
    for (const key in value) if (!keys.has(key)) return false;
    return true;
  };
  return z.unknown().check(z.properties(fields), z.refine(hasNoOther));
}

function schemaOf({ definition, kind, children }: Item, pass: Pass): Schema {
  if (kind.nesting === 'fields') return objectOf(fieldsOf(children, pass), pass);
  if (kind.nesting === 'entries') {
    const entry = entryOf(children, pass);
    return pass === 'shape' ? listInDraft(entry, kind.maxEntries) : z.array(entry).check(z.maxLength(kind.maxEntries));
  }
  const schema = pass === 'shape' ? kind.shape() : kind.content();
  return definition.nullable ? z.nullable(schema) : schema;
}

function fieldsOf(items: readonly Item[], pass: Pass): Record<string, z.ZodMiniOptional<Schema>> {
  return Object.fromEntries(items.map((item) => [item.key, z.optional(schemaOf(item, pass))]));
}

function entryOf(items: readonly Item[], pass: Pass): Schema {
  const id = pass === 'shape' ? z.optional(entryId) : entryId;
  return objectOf({ id, ...fieldsOf(items, pass) }, pass);
}

/** The schemas of one form. Built on first use and kept: compiling costs some milliseconds. */
export interface CompiledForm {
  readonly shape: Schema;
  /** One section of a draft, by its key. */
  readonly sectionShapes: ReadonlyMap<string, Schema>;
  readonly entryShapes: ReadonlyMap<string, Schema>;
  readonly content: Schema;
}

function build({ sections }: Pick<Form, 'sections'>): CompiledForm {
  const lists = sections.filter(({ kind }) => kind.nesting === 'entries');
  return {
    shape: z.strictObject(fieldsOf(sections, 'shape')),
    sectionShapes: new Map(sections.map((section) => [section.key, schemaOf(section, 'shape')])),
    entryShapes: new Map(lists.map((section) => [section.key, entryOf(section.children, 'shape')])),
    content: z.strictObject(fieldsOf(sections, 'content')),
  };
}

const built = new WeakMap<object, CompiledForm>();

export function compile(form: Pick<Form, 'sections'>): CompiledForm {
  const compiled = built.get(form.sections) ?? build(form);
  built.set(form.sections, compiled);
  return compiled;
}

const tests = new WeakMap<object, Schema>();

/** What is wrong with the content of answers; nothing, found quickly, of most. */
export function contentIssues(form: Pick<Form, 'sections'>, answers: unknown): readonly Issue[] {
  const { sections } = form;
  const test = tests.get(sections) ?? z.compile(objectOf(fieldsOf(sections, 'test'), 'test'));
  tests.set(sections, test);
  return z.validate(test, answers) ? [] : (compile(form).content.safeParse(answers).error?.issues ?? []);
}

const leaves = new WeakMap<Item, Schema>();

/** Whether a draft may hold this as the answer to a question. */
export function fitsDraft(item: Item, value: unknown): boolean {
  const schema = leaves.get(item) ?? schemaOf(item, 'shape');
  leaves.set(item, schema);
  return schema.safeParse(value).success;
}

export function isDraft<A>(form: Form<A>, value: unknown): value is Answers {
  return compile(form).shape.safeParse(value).success;
}
