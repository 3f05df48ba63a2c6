/** Drafts: the answers as last saved, under optimistic concurrency per return, section and entry. */

import type { Answers, Reasons, ReturnKey } from '../../schemas/return.ts';
import { isEditable, start } from '../domain/life.ts';
import type { Standing } from '../domain/life.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import type { Directories } from './directories.ts';
import { contentOf, draftAttributes, revisionsOf } from './draft-content.ts';
import { replacePart } from './draft-parts.ts';
import type { Content, DraftBody, Part } from './draft-parts.ts';
import type { DraftItem } from './items.ts';
import { draftKey } from './keys.ts';
import { changeWrites, putNew } from './numbered.ts';
import { readReturn } from './return-reads.ts';
import type { ReturnAsRead } from './return-reads.ts';
import { checkPrecondition, etagOf, isConditional, nextRevisions } from './revisions.ts';
import type { Precondition, Revisions } from './revisions.ts';
import { transact } from './transact.ts';
import type { Step, Write } from './transact.ts';

/** Hexadecimal digits of a new entry's id. */
const entryIdLength = 12;

export interface DraftView {
  readonly standing: Standing;
  /** In the form's order; `{}` before the first save. */
  readonly answers: Answers;
  readonly reasons: Reasons;
  readonly savedAt?: string;
  readonly savedBy?: string;
  /** Whose name that is: two people may have one. Drafts saved by earlier releases, and imported ones, have none. */
  readonly savedById?: string;
  /** The strong ETag of a part, quoted; `"0"` before its first save. */
  readonly etag: (part: Part) => string;
}

export interface Drafts {
  /** Refuses an unknown round, form or unit (`not-found`). */
  readDraft(key: ReturnKey): Promise<Outcome<DraftView>>;
  /**
   * Saves a return, a section or an entry. What the body leaves out stays; a draft may be wrong in content, never in
   * shape (`wrong-shape`, with errors). Refuses `precondition-required`, `precondition-failed`, `not-editable`,
   * `return-too-large`, `not-found`.
   */
  saveDraft(
    key: ReturnKey,
    part: Part,
    body: DraftBody,
    precondition: Precondition,
    actor: string,
    actorId?: string,
  ): Promise<Outcome<{ etag: string; view: DraftView }>>;
}

interface SaveRequest {
  readonly part: Part;
  readonly body: DraftBody;
  readonly precondition: Precondition;
  readonly actor: string;
  readonly actorId: string | undefined;
}

interface Saved {
  readonly etag: string;
  readonly view: DraftView;
}

function view(
  standing: Standing,
  { answers, reasons }: Content,
  revisions: Revisions,
  saved: Pick<DraftItem, 'savedAt' | 'savedBy' | 'savedById'> | undefined,
): DraftView {
  return {
    standing,
    answers,
    reasons,
    ...(saved === undefined ? {} : { savedAt: saved.savedAt, savedBy: saved.savedBy }),
    ...(saved?.savedById === undefined ? {} : { savedById: saved.savedById }),
    etag: (part) => etagOf(revisions, part),
  };
}

/**
 * Overwrites a draft that nobody has saved and nobody has submitted since. The second condition keeps a save that
 * crossed a submission from changing the draft of what is submitted.
 */
function putOver(table: string, item: Record<string, unknown> & { versions: number }, before: DraftItem): Write {
  return {
    Put: {
      TableName: table,
      Item: item,
      ConditionExpression: 'revision = :revision AND versions = :versions',
      ExpressionAttributeValues: { ':revision': before.revision, ':versions': item.versions },
    },
  };
}

export function createDrafts(context: StorageContext, directories: Directories): Drafts {
  const { table } = context;
  const newEntryId = (): string => context.randomId().replaceAll('-', '').slice(0, entryIdLength);

  function save(read: ReturnAsRead, key: ReturnKey, request: SaveRequest, operation: string): Outcome<Step<Saved>> {
    const { form, standing, draft, head } = read;
    const { part, body, precondition, actor, actorId } = request;
    if (!isEditable(standing)) return refused('not-editable');
    const before = revisionsOf(draft);
    const checked = checkPrecondition(before, part, precondition);
    if (!checked.ok) return checked;
    const old = contentOf(form, draft);
    const content = replacePart(form, old, part, body, newEntryId);
    if (!content.ok) return content;
    const revisions = nextRevisions(form, before, old, content.value, part);
    const attributes = draftAttributes(content.value, revisions);
    if (attributes === undefined) return refused('return-too-large');
    const at = context.now().toISOString();
    const savedNow = { savedAt: at, savedBy: actor, ...(actorId === undefined ? {} : { savedById: actorId }) };
    const item = { ...draftKey(key), ...attributes, versions: standing.version, ...savedNow, operation };
    const saved = (after: Standing): Saved => ({
      etag: etagOf(revisions, part),
      view: view(after, content.value, revisions, savedNow),
    });
    if (draft !== undefined)
      return done({
        kind: 'write',
        writes: [putOver(table, item, draft)],
        proof: draftKey(key),
        value: saved(standing),
      });
    const started = start(standing);
    if (!started.ok) return started;
    const change = { key, meta: read.meta, head, transition: started.value, actor, at, operation };
    const { writes, proof } = changeWrites(table, change);
    return done({
      kind: 'write',
      writes: [...writes, putNew(table, item)],
      proof,
      value: saved(started.value.after),
    });
  }

  return {
    readDraft: async (key) => {
      const read = await readReturn(context, directories, key);
      if (!read.ok) return read;
      const { form, standing, draft } = read.value;
      return done(view(standing, contentOf(form, draft), revisionsOf(draft), draft));
    },
    saveDraft: async (key, part, body, precondition, actor, actorId) => {
      if (!isConditional(precondition)) return refused('precondition-required');
      return transact<Saved>(context, async (operation) => {
        const read = await readReturn(context, directories, key);
        return read.ok ? save(read.value, key, { part, body, precondition, actor, actorId }, operation) : read;
      });
    },
  };
}
