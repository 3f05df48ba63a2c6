/** Saving what a page posts: with and without a script, all or part of it readable, alone or against somebody else. */

import type { Json, JsonObject } from '../../../schemas/values/json.ts';
import { randomUUID } from 'node:crypto';
import type { Problem } from '../../../schemas/problem.ts';
import { sameAnswers } from '../../../schemas/values/same-answers.ts';
import { normalForm } from '../../domain/normal-form.ts';
import { entryIds } from '../../service/drafts.ts';
import type { Drafts, DraftView } from '../../service/drafts.ts';
import { actOn, entryAction } from './actions.ts';
import type { EntryAction, Removed } from './actions.ts';
import { firstOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { readPosted } from '../../domain/posted/read.ts';
import type { ReadFields } from '../../domain/posted/read.ts';
import { changedBySide, conflictingAnswers, settle, sideChosen } from './conflict.ts';
import type { ConflictingAnswer, Settlement, Side } from './conflict.ts';
import { proxyOf } from './opened.ts';
import type { Opened } from './opened.ts';
import { answersAt, withAnswersAt } from './place.ts';
import type { EditedPlace } from './place.ts';
import { elsewhere } from './saved-elsewhere.ts';
import { isReasonOf, partName } from '../../domain/draft-parts.ts';
import type { Part } from '../../domain/draft-parts.ts';
import type { Precondition } from '../../domain/revisions.ts';
import type { Reasons } from '../../../schemas/return.ts';

/** Answers that only another page changed, and that hold. */
export interface Theirs {
  readonly paths: readonly string[];
  /** Whose they are, in words. */
  readonly by: string;
}

export type Saved =
  | {
      readonly kind: 'saved';
      readonly draft: DraftView;
      readonly value: JsonObject;
      readonly read: ReadFields;
      readonly action: EntryAction | undefined;
      readonly focus: string | undefined;
      readonly removed: Removed | undefined;
      readonly theirs: Theirs;
    }
  | {
      readonly kind: 'conflict';
      readonly draft: DraftView;
      readonly differing: readonly ConflictingAnswer[];
      /** What differs as well and needs no choice. */
      readonly settled: readonly Settlement[];
      readonly read: ReadFields;
    }
  | { readonly kind: 'refused'; readonly problem: Problem };

export const newEntryId = entryIds(randomUUID);

/** In the name of the visitor. */
export function saveAnswers(
  opened: Opened,
  part: Part,
  answers: Json,
  condition: Precondition,
  reasons?: Reasons,
): ReturnType<Drafts['saveDraft']> {
  const { visit, key } = opened;
  const { name, id } = visit.person;
  return visit.service.returns.saveDraft(key, part, { answers, reasons }, condition, name, id, proxyOf(opened));
}

/** A section that is a list and has no entries left is not answered any more: the return is saved without it. */
export function saveWithout(
  opened: Opened,
  { key }: EditedPlace['section'],
  reasons?: Reasons,
): ReturnType<Drafts['saveDraft']> {
  const { [key]: _removed, ...others } = opened.draft.answers;
  const whole = { kind: 'return' } as const;
  const kept = Object.entries(opened.draft.reasons).filter(([name]) => !isReasonOf(key, name));
  const all = reasons && { ...Object.fromEntries(kept), ...reasons };
  return saveAnswers(opened, whole, others, { ifMatch: opened.draft.etag(whole) }, all);
}

/** The reasons of a part with those that the page gives for what is left blank; nothing where they are as before. */
export function reasonsAfter({ reasons }: DraftView, part: Part, read: ReadFields): Reasons | undefined {
  const given = [...read.reasons].filter(([key, reason]) => reasons[key] !== reason);
  if (given.length === 0) return undefined;
  const name = partName(part);
  const changed = new Map(given);
  const kept = Object.entries(reasons).filter(([key]) => isReasonOf(name, key) && !changed.has(key));
  return Object.fromEntries([
    ...kept,
    ...given.flatMap(([key, reason]) => (reason === undefined ? [] : [[key, reason]])),
  ]);
}

/** How often a save that crosses another one is looked at again. */
const tries = 3;

/**
 * Saves what can be read. Where the draft is not the one that the page showed, answers changed on both sides are a
 * conflict until the post says for each which one holds; those changed on one side only hold as they are.
 *
 * @param takesTheirs whether the answers that only the other page changed can be shown at once; otherwise they are a
 *   conflict too, or the page that does not show them would overwrite them with its next save
 */
export async function savePlace(
  opened: Opened,
  place: EditedPlace,
  post: Posted,
  takesTheirs: boolean,
): Promise<Saved> {
  const { visit, key } = opened;
  let { draft } = opened;
  for (let left = tries; left > 0; left -= 1) {
    const attempt = await saveOnce({ ...opened, draft }, place, post, takesTheirs);
    if (attempt !== 'crossed') return attempt;
    const again = await visit.service.returns.readDraft(key);
    if (!again.ok) return { kind: 'refused', problem: again.problem };
    draft = again.value;
  }
  return { kind: 'refused', problem: { code: 'busy' } };
}

interface Met {
  readonly place: EditedPlace;
  readonly post: Posted;
  readonly differing: readonly ConflictingAnswer[];
  readonly isStale: boolean;
  /** The entry that the page edits is no more: whether it comes back is for the officer to say. */
  readonly isGone: boolean;
}

/** Whose answer holds where they differ; `undefined` where the officer has to choose. */
function sidesOf({ place, post, differing, isStale, isGone }: Met): (path: string) => string | undefined {
  const hasChosen = firstOf(post, 'conflict') !== undefined;
  if (!isStale) return hasChosen ? (path) => sideChosen(post, path) : () => 'mine';
  const sides =
    hasChosen || isGone
      ? new Map<string, Side>()
      : changedBySide(differing, place.items, place.base, firstOf(post, 'opened'));
  return (path) => sides.get(path);
}

async function saveOnce(
  opened: Opened,
  place: EditedPlace,
  post: Posted,
  takesTheirs: boolean,
): Promise<Saved | 'crossed'> {
  const { draft } = opened;
  const { part, base, items } = place;
  const stored = answersAt(draft.answers, place);
  const theirs = stored ?? {};
  const action = entryAction(firstOf(post, 'action'));
  // Rows are added blank, to be filled in; whatever else is saved, rows that still are blank are left out.
  const read = readPosted(items, post, base, theirs, action === undefined);
  const etag = draft.etag(part);
  const differing = conflictingAnswers(items, read.value, theirs, base);
  const hasChosen = firstOf(post, 'conflict') !== undefined;
  const isStale = firstOf(post, 'etag') !== etag;
  const isGone = stored === undefined && place.list !== undefined;
  const {
    value: agreed,
    open,
    settled,
  } = settle(differing, items, read.value, base, sidesOf({ place, post, differing, isStale, isGone }));
  const replaced = isStale ? settled.flatMap(({ path, side }) => (side === 'theirs' ? [path] : [])) : [];
  if (open.length > 0 || (replaced.length > 0 && !takesTheirs))
    return { kind: 'conflict', draft, differing: open, settled, read };

  const acted = action && actOn(items, agreed, base, action, newEntryId);
  const value = acted?.value ?? agreed;
  const done = {
    kind: 'saved',
    value,
    read,
    action,
    focus: acted?.focus,
    removed: acted?.removed,
    theirs: { paths: replaced, by: elsewhere(opened) },
  } as const;
  const reasons = reasonsAfter(draft, part, read);
  const isSame =
    reasons === undefined &&
    stored !== undefined &&
    sameAnswers(normalForm(items, value, newEntryId), normalForm(items, stored, newEntryId));
  const isNothing =
    reasons === undefined &&
    stored === undefined &&
    Object.keys(value).length === 0 &&
    (place.list === undefined || hasChosen);
  if (isSame || isNothing) return { ...done, draft };

  const answers = withAnswersAt(draft.answers, place, value);
  const saved =
    answers === undefined
      ? await saveWithout(opened, place.section, reasons)
      : await saveAnswers(opened, part, answers, { ifMatch: etag }, reasons);
  if (saved.ok) return { ...done, draft: saved.value.view };
  return saved.problem.code === 'precondition-failed' ? 'crossed' : { kind: 'refused', problem: saved.problem };
}
