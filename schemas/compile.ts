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
import type { Answers } from './values/json.ts';
import { isObject } from './values/json.ts';
import type { Issue } from './kinds/field-error.ts';
import type { Schema } from './kinds/kind.ts';
import { entryId, listInDraft } from './kinds/schemas.ts';

/**
 * `test` is content as well, for a yes or no: Zod makes a copy of all that it parses, and of what it only tests none.
 * `known` is shape for the answers of another version: what this one does not know is left out.
 */
type Pass = 'shape' | 'known' | 'content' | 'test';

function isOfDraft(pass: Pass): boolean {
  return pass === 'shape' || pass === 'known';
}

function objectOf(fields: Record<string, Schema>, pass: Pass): Schema {
  if (pass === 'known') return z.object(fields);
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
    return isOfDraft(pass) ? listInDraft(entry, kind.maxEntries) : z.array(entry).check(z.maxLength(kind.maxEntries));
  }
  // What is computed is left out of what is sent, whatever stands there.
  if (pass === 'shape' && kind.formula !== undefined) return z.unknown();
  const schema = isOfDraft(pass) ? kind.shape() : kind.content();
  const answer = definition.nullable ? z.nullable(schema) : schema;
  // oxlint-disable-next-line promise/valid-params -- not of a promise: what is no such answer becomes none.
  return pass === 'known' ? z.catch(z.optional(answer), undefined) : answer;
}

function fieldsOf(items: readonly Item[], pass: Pass): Record<string, z.ZodMiniOptional<Schema>> {
  return Object.fromEntries(items.map((item) => [item.key, z.optional(schemaOf(item, pass))]));
}

function entryOf(items: readonly Item[], pass: Pass): Schema {
  const id = isOfDraft(pass) ? z.optional(entryId) : entryId;
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

const known = new WeakMap<object, Schema>();

/**
 * Of answers to another version of a form those to questions and options that this version has too; `undefined` of what
 * are no answers. Who reads answers of several versions asks here, since a question added later would else hide the rest.
 */
export function answersKnownTo({ sections }: Pick<Form, 'sections'>, value: unknown): unknown {
  const schema = known.get(sections) ?? z.compile(objectOf(fieldsOf(sections, 'known'), 'known'));
  known.set(sections, schema);
  return schema.safeParse(value).data;
}

export function isDraft<A>(form: Form<A>, value: unknown): value is Answers {
  return compile(form).shape.safeParse(value).success;
}
