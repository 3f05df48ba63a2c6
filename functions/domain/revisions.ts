/**
 * ETags of the parts of a draft. A draft counts its saves; each part remembers the count at which it was last saved or
 * something inside it changed. That number only grows, also when an entry is removed and comes back, so that an ETag
 * never means two contents. Pure.
 */

import type { Json } from '../../schemas/values/json.ts';
import { isObject } from '../../schemas/values/json.ts';
import type { Form } from '../../schemas/form.ts';
import { sameAnswers } from '../../schemas/values/same-answers.ts';
import { done, refused } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { isReasonOf, partName } from './draft-parts.ts';
import type { Content, Part } from './draft-parts.ts';

export interface Revisions {
  /** The count of saves, which is the revision of the whole. */
  readonly revision: number;
  readonly revisions: Readonly<Record<string, number>>;
}

/** Two people may have one name. A draft that keeps no more than a name says no more. */
export function isOwnSave(
  { id, name }: { readonly id: string; readonly name: string },
  draft: { readonly savedBy?: string; readonly savedById?: string },
): boolean {
  return draft.savedById === undefined ? draft.savedBy === name : draft.savedById === id;
}

export const neverSaved: Revisions = { revision: 0, revisions: {} };

export interface Precondition {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** 0 for a part that was never saved, or is gone. */
export function revisionOf({ revision, revisions }: Revisions, part: Part): number {
  const name = partName(part);
  if (name === '') return revision;
  return Object.hasOwn(revisions, name) ? (revisions[name] ?? 0) : 0;
}

/** Strong, quoted. */
export function etagOf(revisions: Revisions, part: Part): string {
  return `"${revisionOf(revisions, part)}"`;
}

/** Whether a caller who says nothing else may save at all (`precondition-required`). */
export function isConditional({ ifMatch, ifNoneMatch }: Precondition): boolean {
  return ifMatch !== undefined || ifNoneMatch === '*';
}

/** Whether an `If-Match` names this ETag; `*` names any. */
export function matchesEtag(ifMatch: string, etag: string): boolean {
  return ifMatch.trim() === '*' || ifMatch.split(',').some((each) => each.trim() === etag);
}

/** Whether a part is as the caller last saw it; weak and malformed ETags match nothing (`precondition-failed`). */
export function checkPrecondition(revisions: Revisions, part: Part, condition: Precondition): Outcome<undefined> {
  return checkEtag(etagOf(revisions, part), condition);
}

/** The same by the ETag that the part has. */
export function checkEtag(etag: string, { ifMatch, ifNoneMatch }: Precondition): Outcome<undefined> {
  const exists = etag !== etagOf(neverSaved, { kind: 'return' });
  const matches = ifMatch === undefined || (ifMatch.trim() === '*' ? exists : matchesEtag(ifMatch, etag));
  if (!matches || (ifNoneMatch === '*' && exists)) return refused('precondition-failed');
  return done(undefined);
}

function reasonsOf({ reasons }: Content, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(reasons).filter(([key]) => isReasonOf(name, key)));
}

function entriesById(value: Json | undefined): Map<string, Json> {
  if (!Array.isArray(value)) return new Map();
  const entries = value.filter(isObject);
  return new Map(entries.flatMap((entry) => (typeof entry['id'] === 'string' ? [[entry['id'], entry]] : [])));
}

export function nextRevisions(form: Form, before: Revisions, old: Content, content: Content, saved: Part): Revisions {
  const revision = before.revision + 1;
  const savedName = partName(saved);
  const next: Record<string, number> = {};

  const stamp = (name: string, a: Json | undefined, b: Json | undefined): void => {
    const changed =
      savedName === name ||
      savedName.startsWith(`${name}.`) ||
      !sameAnswers(a, b) ||
      !sameAnswers(reasonsOf(old, name), reasonsOf(content, name));
    const known = Object.hasOwn(before.revisions, name) ? before.revisions[name] : undefined;
    const number = changed ? revision : known;
    if (number !== undefined) next[name] = number;
  };

  for (const { key, kind } of form.sections) {
    stamp(key, old.answers[key], content.answers[key]);
    if (kind.nesting !== 'entries') continue;
    const were = entriesById(old.answers[key]);
    for (const [id, entry] of entriesById(content.answers[key])) stamp(`${key}.${id}`, were.get(id), entry);
  }
  return { revision, revisions: next };
}
