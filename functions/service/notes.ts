/** Writing notes (引継メモ) down: a second press of the button adds no second one. */

import type { Note } from '../../schemas/note.ts';
import type { Store } from '../storage/store.ts';

export async function addNote(
  store: Pick<Store, 'notes' | 'addNote'>,
  { kind, about, text, by }: Omit<Note, 'id'>,
): Promise<void> {
  const isThere = (await store.notes()).some(
    (kept) => kept.kind === kind && kept.about === about && kept.text === text && kept.by === by,
  );
  if (!isThere) await store.addNote({ kind, about, text, by });
}
