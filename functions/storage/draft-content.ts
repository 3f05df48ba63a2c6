/** A draft as it lies in the table and as it is worked with. */

import * as z from 'zod';
import type { Form } from '../../schemas/form.ts';
import type { Answers, Json } from '../../schemas/return.ts';
import type { Content } from './draft-parts.ts';
import type { DraftItem } from './items.ts';
import { neverSaved } from './revisions.ts';
import type { Revisions } from './revisions.ts';

/** The size of a return, answers and reasons as JSON in UTF-8 (300 KB). */
const maxBytes = 307_200;
/** What else an item of at most 400 KB must hold: the revisions, which grow with the number of entries. */
const maxRevisionBytes = 90_000;

const sectionJson = z.custom<Json>((value) => value !== undefined);

/** Answers and reasons of a draft, sections in the form's order. */
export function contentOf(form: Form, draft: DraftItem | undefined): Content {
  if (draft === undefined) return { answers: {}, reasons: {} };
  const answers: Answers = {};
  for (const { key } of form.sections) {
    const text = draft.sections[key];
    if (text !== undefined) answers[key] = sectionJson.parse(JSON.parse(text));
  }
  return { answers, reasons: draft.reasons };
}

export function revisionsOf(draft: DraftItem | undefined): Revisions {
  return draft ?? neverSaved;
}

/** The attributes of a draft that hold what was saved; `undefined` when it is too large to keep. */
export function draftAttributes({ answers, reasons }: Content, { revision, revisions }: Revisions) {
  const sections = Object.fromEntries(
    Object.entries(answers).map(([section, value]): [string, string] => [section, JSON.stringify(value)]),
  );
  const attributes = { sections, reasons: JSON.stringify(reasons), revisions: JSON.stringify(revisions), revision };
  const bytes = Buffer.byteLength(JSON.stringify(answers)) + Buffer.byteLength(attributes.reasons);
  const fits = bytes <= maxBytes && Buffer.byteLength(attributes.revisions) <= maxRevisionBytes;
  return fits ? attributes : undefined;
}
