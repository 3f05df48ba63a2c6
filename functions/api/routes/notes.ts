/** 引継メモ: what the prefecture decided about a round, a questionnaire or a unit, and why. Municipalities see none. */

import * as z from 'zod';
import { note } from '../../../schemas/note.ts';
import { jsonResponse, respond } from './json-response.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

const path = '/api/notes';

const readNotes = route({
  method: 'get',
  path,
  action: 'notes.read',
  summary:
    'What the prefecture noted about rounds, questionnaires (`form`) and units for whoever comes after (引継メモ), oldest first. Those about a round go when it is disposed of.',
  answers: [{ status: 200, description: 'The notes.', schema: z.object({ notes: z.array(note) }) }],
  problems: [],
  handle: async ({ service }) => jsonResponse({ notes: await service.store.notes() }),
});

const writeNote = route({
  method: 'put',
  path,
  action: 'notes.write',
  summary:
    'Adds a note. The same of one person about the same once more adds none, and is answered with the one there is.',
  body: { schema: note.omit({ id: true, by: true }), problem: 'invalid-note', maxBytes: 32 * 1024 },
  answers: [{ status: 200, description: 'The note.', schema: note }],
  problems: [],
  handle: async ({ service, person, body }) =>
    respond(await service.addNote({ ...body, by: person.name }), (added) => jsonResponse(added)),
});

const removeNote = route({
  method: 'delete',
  path: '/api/notes/{note}',
  action: 'notes.write',
  summary: 'Removes a note; one that is there no more is as good as removed.',
  answers: [{ status: 204, description: 'Done.' }],
  problems: [],
  handle: async ({ service, params }) => {
    await service.removeNote(params.note);
    return new Response(null, { status: 204 });
  },
});

export const noteRoutes: readonly Route[] = [readNotes, writeNote, removeNote];
