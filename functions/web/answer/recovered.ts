/** What was typed before a session ended, laid over the page that it was typed on. */

import { blankPath } from '../../../schemas/kinds/edit-check.ts';
import type { JsonObject } from '../../../schemas/values/json.ts';
import type { DraftView } from '../../service/drafts.ts';
import { blankMark, firstOf, keptWhyMark, overStored, posted, whyMark } from '../../domain/posted/posted.ts';
import type { Posted } from '../../domain/posted/posted.ts';
import { postedAnswers } from '../fields/write.ts';
import type { Visit } from '../shared/visit.ts';
import { isInside } from './findings.ts';
import { answersAt } from './place.ts';
import type { EditedPlace } from './place.ts';

export function recoveredOver(own: Posted, { path }: EditedPlace, { recovered }: Pick<Visit, 'recovered'>) {
  const typed = posted(recovered ?? new URLSearchParams());
  return [...typed.keys()].some((name) => isInside(name, path)) ? overStored(own, typed) : undefined;
}

/** The fields of a place with these answers, and why questions there are left blank. */
export function fieldsWith(
  { items, base, path: place }: EditedPlace,
  value: JsonObject,
  { reasons }: Pick<DraftView, 'reasons'>,
): Posted {
  const post = new Map(postedAnswers(items, value, base));
  for (const [key, reason] of Object.entries(reasons)) {
    const path = blankPath(key);
    if (path === undefined || !isInside(path, place)) continue;
    post.set(blankMark(path), ['1']);
    post.set(whyMark(path), [reason]);
    post.set(keptWhyMark(path), [reason]);
  }
  return post;
}

export function storedFields(place: EditedPlace, draft: DraftView): Posted {
  return fieldsWith(place, answersAt(draft.answers, place) ?? {}, draft);
}

/** What a page was opened with: the ETag of its part, and the marks of its answers. */
interface OpenedWith {
  readonly etag: string;
  readonly marks: string | undefined;
}

/**
 * With what the page was opened on which this was typed. Who was asked there which of two answers holds is asked again:
 * the page of a conflict is opened with what is stored, and posts what was typed over it.
 */
export function openedWith(recovered: Posted): OpenedWith {
  const wasConflict = firstOf(recovered, 'conflict') !== undefined;
  return wasConflict
    ? { etag: '', marks: undefined }
    : { etag: firstOf(recovered, 'etag') ?? '', marks: firstOf(recovered, 'opened') };
}
