/** Who was first where two pages met: somebody else, or the same person in another tab. */

import type { Opened } from './opened.ts';

/** A person is known by the name that the draft keeps. */
export function isOwnSave({ visit, draft }: Pick<Opened, 'visit' | 'draft'>): boolean {
  return draft.savedBy === visit.person.name;
}

export function savedElsewhere(opened: Pick<Opened, 'visit' | 'draft'>): string {
  return isOwnSave(opened) ? '別の画面で保存した内容があります' : '他の人が先に保存しました';
}

/** Whose answers those are that this page did not show. */
export function elsewhere(opened: Pick<Opened, 'visit' | 'draft'>): string {
  return isOwnSave(opened) ? '別の画面' : (opened.draft.savedBy ?? '他の人');
}
