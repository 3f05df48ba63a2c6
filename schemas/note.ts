/** A note of the prefecture for whoever comes after (引継メモ): what was decided and why. Municipalities see none. */

import * as z from 'zod';
import { written } from './return.ts';

export const noteSubjects = { round: '調査', form: '調査票', unit: '団体' } as const;
export const noteKinds = ['round', 'form', 'unit'] as const satisfies readonly (keyof typeof noteSubjects)[];

/** In characters. */
const longestNote = 4000;

export const noteText = written(longestNote, 'メモを記入してください。');

export const note = z.object({
  /** The instant and something random: notes lie in the order in which they were written. */
  id: z.string().regex(/^\d{4}-[0-9T:.-]+Z#[\w-]{1,40}$/),
  kind: z.enum(noteKinds),
  /** The id of the round or form, or the code of the unit. */
  about: z.string().min(1).max(64),
  text: noteText,
  by: z.string(),
});
export type Note = z.infer<typeof note>;

export function notedAt({ id }: Pick<Note, 'id'>): Date {
  return new Date(id.split('#')[0] ?? '');
}
