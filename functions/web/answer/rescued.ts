/** What was typed before a session ended, laid over the page that it was typed on. */

import type { DraftView } from '../../storage/drafts.ts';
import { overStored } from '../fields/keep.ts';
import { withKept } from '../fields/kept.ts';
import { firstOf, posted } from '../fields/posted.ts';
import type { Posted } from '../fields/posted.ts';
import { written } from '../fields/write.ts';
import type { Visit } from '../shared/visit.ts';
import { answersAt } from './place.ts';
import type { EditedPlace } from './place.ts';

/** What was typed here before the session ended, over what is stored. None where nothing of it belongs to this page. */
export function rescuedOver(own: Posted, { base }: EditedPlace, rescued: Posted): Posted | undefined {
  if (![...rescued.keys()].some((name) => name.startsWith(`${base}.`))) return undefined;
  return overStored(own, rescued);
}

interface Rescued {
  readonly late: Posted;
  /** Without what was kept for it meanwhile, which is kept no more. */
  readonly isPartlyLost: boolean;
}

/** Empty where nothing was rescued. */
export async function rescuedPost({ rescued, drawer }: Visit): Promise<Rescued> {
  const late = posted(rescued ?? new URLSearchParams());
  const whole = await withKept(late, drawer);
  return whole === 'gone' ? { late, isPartlyLost: true } : { late: whole, isPartlyLost: false };
}

/** What the fields show of the stored answers. */
export function storedFields(place: EditedPlace, draft: DraftView): Posted {
  return written(place.items, answersAt(draft.answers, place) ?? {}, place.base);
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
export function openedWith(rescued: Posted): OpenedWith {
  const wasConflict = firstOf(rescued, 'conflict') !== undefined;
  return wasConflict
    ? { etag: '', marks: undefined }
    : { etag: firstOf(rescued, 'etag') ?? '', marks: firstOf(rescued, 'opened') };
}
