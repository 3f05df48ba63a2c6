/** Who was first where two pages met: somebody else, or the same person in another tab. */

import { isOwnSave } from '../../domain/revisions.ts';
import type { Opened } from './opened.ts';

export function savedElsewhere(opened: Pick<Opened, 'visit' | 'draft'>): string {
  return isOwnSave(opened.visit.person, opened.draft) ? '別の画面で保存した内容があります' : '他の人が先に保存しました';
}

/** Whose answers those are that this page did not show. */
export function elsewhere(opened: Pick<Opened, 'visit' | 'draft'>): string {
  return isOwnSave(opened.visit.person, opened.draft) ? '別の画面' : (opened.draft.savedBy ?? '他の人');
}
