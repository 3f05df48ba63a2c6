/** Adding, removing and moving the entries of a section that is a list. */

import type { Item } from '../../../schemas/form.ts';
import type { Problem } from '../../../schemas/problem.ts';
import { sameAnswers } from '../../../schemas/values/same-answers.ts';
import { actOnList, entryAction } from './actions.ts';
import type { Removed } from './actions.ts';
import { firstOf } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { readPosted } from '../../domain/posted/read.ts';
import type { Opened } from './opened.ts';
import { newEntryId, reasonsAfter, saveAnswers, saveWithout } from './save.ts';

export type ListSaved =
  | {
      readonly kind: 'saved';
      readonly verb: string | undefined;
      readonly focus: string | undefined;
      readonly removed?: Removed | undefined;
    }
  | { readonly kind: 'stale' }
  | { readonly kind: 'refused'; readonly problem: Problem };

function refusal(problem: Problem): ListSaved {
  return problem.code === 'precondition-failed' ? { kind: 'stale' } : { kind: 'refused', problem };
}

/** A new entry is saved by itself, so that it never collides with another one. */
export async function addEntry(opened: Opened, section: Item): Promise<ListSaved> {
  const list = opened.draft.answers[section.key];
  const max = section.kind.nesting === 'entries' ? section.kind.maxEntries : 0;
  if (Array.isArray(list) && list.length >= max) return { kind: 'saved', verb: undefined, focus: undefined };
  const entry = newEntryId();
  const part = { kind: 'entry', section: section.key, entry } as const;
  const saved = await saveAnswers(opened, part, {}, { ifNoneMatch: '*' });
  return saved.ok ? { kind: 'saved', verb: 'add', focus: `${section.key}.${entry}` } : refusal(saved.problem);
}

export async function saveList(opened: Opened, section: Item, post: Posted): Promise<ListSaved> {
  const { draft } = opened;
  const action = entryAction(firstOf(post, 'action'));
  if (action?.verb === 'add') return addEntry(opened, section);
  const before = draft.answers[section.key];
  const stored = before === undefined ? {} : { [section.key]: before };
  const { after, focus, removed } = actOnList(section, before, post, newEntryId);
  const part = { kind: 'section', section: section.key } as const;
  const reasons = reasonsAfter(draft, part, readPosted([section], post, '', stored));
  const done: ListSaved = { kind: 'saved', verb: action?.verb, focus, removed };
  if (sameAnswers(before, after) && reasons === undefined) return done;
  const etag = firstOf(post, 'etag') ?? '';
  if (after === undefined) {
    if (draft.etag(part) !== etag) return { kind: 'stale' };
    const saved = await saveWithout(opened, section, reasons);
    return saved.ok ? done : refusal(saved.problem);
  }
  const saved = await saveAnswers(opened, part, after, { ifMatch: etag }, reasons);
  return saved.ok ? done : refusal(saved.problem);
}
