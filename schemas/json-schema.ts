/**
 * A form → JSON Schema 2020-12 of a return that may be submitted: the content schema, with what is asked and required
 * as `if`/`then`/`else` as far as conditions ask for options, and in words beyond. Edit checks are not in it; they need
 * the round and the last return. Nor is how many decimals a number may have: `multipleOf` counts in binary fractions, by
 * which 98.2 is no multiple of 0.1.
 */

import * as z from 'zod/mini';
import { compile } from './compile.ts';
import type { Form, Item, ResolvedCondition } from './form.ts';
import { hasEntries } from './kinds/kind.ts';

export interface JsonSchema {
  [keyword: string]: unknown;
}

function at(keys: readonly string[], leaf: JsonSchema, must: boolean): JsonSchema {
  return keys.reduceRight<JsonSchema>(
    (inner, key) => ({ properties: { [key]: inner }, ...(must ? { required: [key] } : {}) }),
    leaf,
  );
}

function holds({ on, values }: ResolvedCondition): JsonSchema {
  const { figures } = on.kind;
  const hasSeveral = figures?.of === 'options' && figures.several;
  const leaf: JsonSchema = hasSeveral ? { type: 'array', contains: { enum: values } } : { enum: values };
  return at(on.keys, leaf, true);
}

function transitive(item: Item): ResolvedCondition[] {
  return item.conditions.flatMap((condition) => [...transitive(condition.on), condition]);
}

/** Whether it takes more than equalities to say when a question is asked. */
function isExpressed({ conditions, expressions }: Item): boolean {
  return expressions.length > 0 || conditions.some(({ on }) => isExpressed(on));
}

function answered({ kind }: Item): JsonSchema {
  return hasEntries(kind) ? { minItems: 1 } : {};
}

function rulesOf(items: readonly Item[]): JsonSchema[] {
  return items.flatMap((item) => {
    const { required: isRequired, reasonIfBlank } = item.definition;
    const required =
      isRequired && reasonIfBlank !== true && !isExpressed(item) ? at(item.keys, answered(item), true) : undefined;
    const conditions = transitive(item);
    const own: JsonSchema[] =
      conditions.length === 0
        ? required === undefined
          ? []
          : [required]
        : [
            {
              if: { allOf: conditions.map(holds) },
              // oxlint-disable-next-line unicorn/no-thenable -- the keyword's name in JSON Schema
              ...(required === undefined ? {} : { then: required }),
              else: { not: at(item.keys, {}, true) },
            },
          ];
    return item.kind.nesting === 'fields' ? [...own, ...rulesOf(item.children)] : own;
  });
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function child(schema: JsonSchema, ...path: readonly string[]): JsonSchema {
  const found = path.reduce<unknown>((inner, key) => (isSchema(inner) ? inner[key] : undefined), schema);
  if (!isSchema(found)) throw new TypeError(`no schema at ${path.join('/')}`);
  return found;
}

/** Adds labels everywhere, and the rules of the scope that `schema` describes. */
function annotate(items: readonly Item[], schema: JsonSchema): void {
  for (const item of items) {
    const own = child(schema, 'properties', item.key);
    own['title'] = item.definition.label;
    const asked = item.expressions.map(({ text }) => `Asked if: ${text}`);
    const words = [...(item.definition.help === undefined ? [] : [item.definition.help]), ...asked];
    if (words.length > 0) own['description'] = words.join('\n');
    const { nesting } = item.kind;
    if (nesting === 'fields') annotate(item.children, own);
    if (nesting === 'entries') {
      const entry = child(own, 'items');
      // An entry says something besides its id.
      entry['minProperties'] = 2;
      annotate(item.children, entry);
      addRules(item.children, entry);
    }
  }
}

function addRules(items: readonly Item[], schema: JsonSchema): void {
  const rules = rulesOf(items);
  if (rules.length > 0) schema['allOf'] = rules;
}

const derived = new WeakMap<object, JsonSchema>();

export function jsonSchema(form: Form): JsonSchema {
  const known = derived.get(form.sections);
  if (known !== undefined) return known;
  const schema: JsonSchema = { ...z.toJSONSchema(compile(form).content), title: form.title };
  annotate(form.sections, schema);
  addRules(form.sections, schema);
  derived.set(form.sections, schema);
  return schema;
}
