/** Writing notes (引継メモ) down: about what there is, and a second press of the button adds no second one. */

import type { Catalogue } from '../../schemas/form.ts';
import type { Note } from '../../schemas/note.ts';
import { done, refused } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Store } from '../storage/store.ts';

interface NoteService {
  readonly store: Pick<Store, 'notes' | 'addNote' | 'rounds' | 'currentDirectory'>;
  readonly forms: Catalogue;
}

type Named = readonly [id: string, name: string];

/** What may be written about, by its kind, with its name. */
export async function noteSubjectsOf({
  store,
  forms,
}: {
  readonly store: Pick<Store, 'rounds' | 'currentDirectory'>;
  readonly forms: Catalogue;
}): Promise<Readonly<Record<Note['kind'], readonly Named[]>>> {
  const [rounds, current] = await Promise.all([store.rounds(), store.currentDirectory()]);
  const { municipalities, councils } = current?.directory ?? { municipalities: [], councils: [] };
  return {
    round: rounds.toReversed().map(({ id, name }) => [id, name]),
    form: [...forms].map(([id, versions]) => [id, [...versions.values()].at(-1)?.title ?? id]),
    unit: [
      ...municipalities.map(({ code, name }): Named => [code, name]),
      ...councils.map(({ id, name }): Named => [id, name]),
    ],
  };
}

/** Refuses `invalid-note` where there is nothing of that kind and name. */
export async function addNote(
  service: NoteService,
  { kind, about, text, by }: Omit<Note, 'id'>,
): Promise<Outcome<Note>> {
  const { store } = service;
  const subjects = await noteSubjectsOf(service);
  if (!subjects[kind].some(([id]) => id === about)) {
    const message = '何についてのメモかを選んでください。';
    return refused('invalid-note', { errors: [{ path: 'about', code: 'unknown-subject', message }] });
  }
  const kept = (await store.notes()).find(
    (each) => each.kind === kind && each.about === about && each.text === text && each.by === by,
  );
  return done(kept ?? (await store.addNote({ kind, about, text, by })));
}
