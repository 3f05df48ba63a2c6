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
import type { Schema } from './kinds/kind.ts';
import { entryId, listInDraft } from './kinds/schemas.ts';
import type { Answers } from './return.ts';

type Pass = 'shape' | 'content';

function schemaOf({ definition, kind, children }: Item, pass: Pass): Schema {
  if (kind.nesting === 'fields') return z.strictObject(fieldsOf(children, pass));
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
  return z.strictObject({ id, ...fieldsOf(items, pass) });
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
    content: z.compile(z.strictObject(fieldsOf(sections, 'content'))),
  };
}

const built = new WeakMap<object, CompiledForm>();

export function compile(form: Pick<Form, 'sections'>): CompiledForm {
  const compiled = built.get(form.sections) ?? build(form);
  built.set(form.sections, compiled);
  return compiled;
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
