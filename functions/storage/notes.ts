/** Notes of the prefecture (引継メモ), beside every round: few, read all at once. */

import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { note } from '../../schemas/note.ts';
import type { Note } from '../../schemas/note.ts';
import type { StorageContext } from './context.ts';
import { noteKey, notesPartition } from './keys.ts';
import type { ItemKey } from './keys.ts';
import { readAll } from './reads.ts';

export interface Notes {
  /** Oldest first. */
  notes(): Promise<Note[]>;
  addNote(value: Omit<Note, 'id'>): Promise<Note>;
  removeNote(id: string): Promise<void>;
}

const noteItem = z.object({ record: z.string() });

async function readNotes(context: StorageContext): Promise<Note[]> {
  const items = await readAll(context, { pk: notesPartition });
  return items.map((item) => note.parse(JSON.parse(noteItem.parse(item).record)));
}

/** The keys of the notes about a round, which go with it. */
export async function noteKeysOf(context: StorageContext, round: string): Promise<ItemKey[]> {
  const notes = await readNotes(context);
  return notes.filter(({ kind, about }) => kind === 'round' && about === round).map(({ id }) => noteKey(id));
}

export function createNotes(context: StorageContext): Notes {
  const { client, table, now, randomId } = context;
  return {
    notes: () => readNotes(context),
    addNote: async (value) => {
      const id = `${now().toISOString()}#${randomId()}`;
      const added = note.parse({ ...value, id });
      const Item = { ...noteKey(id), record: JSON.stringify(added) };
      await client.send(new PutCommand({ TableName: table, Item }));
      return added;
    },
    removeNote: async (id) => {
      if (note.shape.id.safeParse(id).success)
        await client.send(new DeleteCommand({ TableName: table, Key: noteKey(id) }));
    },
  };
}
