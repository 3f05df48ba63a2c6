/** Notes of the prefecture (引継メモ), beside every round: few, read all at once. */

import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { note } from '../../schemas/note.ts';
import type { Note } from '../../schemas/note.ts';
import type { StorageContext } from './context.ts';
import { noteKey, notesPartition } from './keys.ts';
import { readAll } from './reads.ts';

export interface Notes {
  /** Oldest first. */
  notes(): Promise<Note[]>;
  addNote(value: Omit<Note, 'id'>): Promise<void>;
  removeNote(id: string): Promise<void>;
}

const noteItem = z.object({ record: z.string() });

export function createNotes(context: StorageContext): Notes {
  const { client, table, now, randomId } = context;
  return {
    notes: async () =>
      (await readAll(context, { pk: notesPartition })).map((item) =>
        note.parse(JSON.parse(noteItem.parse(item).record)),
      ),
    addNote: async (value) => {
      const id = `${now().toISOString()}#${randomId()}`;
      const record = JSON.stringify(note.parse({ ...value, id }));
      await client.send(new PutCommand({ TableName: table, Item: { ...noteKey(id), record } }));
    },
    removeNote: async (id) => {
      if (note.shape.id.safeParse(id).success)
        await client.send(new DeleteCommand({ TableName: table, Key: noteKey(id) }));
    },
  };
}
