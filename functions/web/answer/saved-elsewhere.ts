/** Who was first where two pages met: somebody else, or the same person in another tab. */

import type { Person } from '../../domain/authorisation.ts';
import type { DraftView } from '../../service/drafts.ts';
import type { Opened } from './opened.ts';

/** Two people may have one name. A draft that keeps no more than a name says no more. */
export function isOwnSave(
  { id, name }: Pick<Person, 'id' | 'name'>,
  { savedBy, savedById }: Pick<DraftView, 'savedBy' | 'savedById'>,
): boolean {
  return savedById === undefined ? savedBy === name : savedById === id;
}

export function savedElsewhere(opened: Pick<Opened, 'visit' | 'draft'>): string {
  return isOwnSave(opened.visit.person, opened.draft) ? '別の画面で保存した内容があります' : '他の人が先に保存しました';
}

/** Whose answers those are that this page did not show. */
export function elsewhere(opened: Pick<Opened, 'visit' | 'draft'>): string {
  return isOwnSave(opened.visit.person, opened.draft) ? '別の画面' : (opened.draft.savedBy ?? '他の人');
}
