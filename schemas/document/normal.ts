/**
 * The normal form of a document: texts trimmed with their lines ended by LF, and nothing said that holds anyway. Two
 * documents that mean the same have one canonical JSON, so that they can be compared and hashed.
 */

import type { Json, JsonObject } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import { lineFeeds } from '../values/text.ts';

/** Kinds whose answers are the prefecture's alone unless they are opened. */
const internalKinds: ReadonlySet<unknown> = new Set(['text', 'texts', 'file']);

function saysNothing(value: Json | undefined): boolean {
  if (value === undefined || value === false || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** No document is as deep; what is deeper is refused as what it is not, before it fills the stack. */
const mostLevels = 40;

function tidied(value: Json, level = 0): Json {
  if (typeof value === 'string') return lineFeeds(value).trim();
  if (level > mostLevels) return null;
  if (Array.isArray(value)) return value.map((member) => tidied(member, level + 1));
  if (!isObject(value)) return value;
  const members: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const tidy = member === undefined ? undefined : tidied(member, level + 1);
    if (!saysNothing(tidy)) members[key] = tidy;
  }
  return members;
}

function without(value: JsonObject, defaults: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key, member]) => defaults[key] !== member));
}

function each(value: Json | undefined, change: (member: JsonObject) => JsonObject): Json | undefined {
  return Array.isArray(value) ? value.map((member) => (isObject(member) ? change(member) : member)) : value;
}

function withMembers(value: JsonObject, key: string, change: (member: JsonObject) => JsonObject): JsonObject {
  const members = each(value[key], change);
  return members === undefined ? value : { ...value, [key]: members };
}

/** What holds of a question that says nothing of who may see it. */
export function usualVisibility(kind: unknown): 'internal' | 'open' {
  return internalKinds.has(kind) ? 'internal' : 'open';
}

function question(value: JsonObject): JsonObject {
  const visibility = usualVisibility(value['kind']);
  return withMembers(without(value, { visibility }), 'questions', question);
}

function section(value: JsonObject): JsonObject {
  return without(question(value), { kind: 'group' });
}

function heading(value: JsonObject): JsonObject {
  return withMembers(value, 'parts', (part) => without(part, { style: 'circle' }));
}

/** Takes whatever JSON there is: what is no document is refused afterwards. */
export function normalDocument(value: Json): Json {
  const tidy = tidied(value);
  if (!isObject(tidy)) return tidy;
  const { rules = [], measures = [], report, ...rest } = without(withMembers(tidy, 'sections', section), { format: 1 });
  return {
    ...rest,
    rules,
    measures,
    ...(report === undefined ? {} : { report: isObject(report) ? withMembers(report, 'headings', heading) : report }),
  };
}
