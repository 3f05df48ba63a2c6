/** How long a link for a colleague (共有) is good: while its return can be filled in by who made it, and no longer than it says. */

import type { ReturnKey } from '../../schemas/return.ts';
import type { Phase } from '../../schemas/round.ts';
import type { Share } from '../../schemas/share.ts';
import { isEditable, isOver } from './life.ts';
import type { Standing } from './life.ts';

interface SharedReturn {
  readonly standing: Standing;
  readonly phase: Phase;
  /** The municipality that edits the return today: what another one shared, before, it did not share. */
  readonly editor: string | undefined;
}

export function isShareOpen(share: Share, { standing, phase, editor }: SharedReturn, now: Date): boolean {
  const isEnded = share.endedAt !== undefined || now.getTime() >= Date.parse(share.expiresAt);
  return !isEnded && share.editor === editor && phase !== 'draft' && isEditable(standing) && !isOver(standing, phase);
}

/** Who comes by a link is told by who made it, too. */
export function guestId({ createdById = '' }: Pick<Share, 'createdById'>, mark: string): string {
  return `${createdById}/share-${mark}`;
}

/** Whether somebody saved a draft last through a link that this person made: under whatever name, it may have been them. */
export function isSavedByLinkOf(
  { id }: { readonly id: string },
  { savedById }: { readonly savedById?: string },
): boolean {
  return savedById?.startsWith(guestId({ createdById: id }, '')) === true;
}

/** Where a link leads, behind the site's own address. What opens it stands in the query, which no log keeps. */
export function sharedPath({ round, form, unit }: ReturnKey, secret: string): string {
  return `/rounds/${round}/returns/${form}/${unit}/shared?${new URLSearchParams({ key: secret })}`;
}
