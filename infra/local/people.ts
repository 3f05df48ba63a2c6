/** The people of this machine, with their passwords and authenticators: kept in the data directory, unless nothing is. */

import { readFile, rename, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { createDataDir, keptAt } from './data-dir.ts';

const heldPerson = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  groups: z.array(z.string()),
  /** Of the account when it was made; absent of one that anybody may use. */
  isOpen: z.boolean(),
  password: z.string(),
  isTemporary: z.boolean(),
  isEnabled: z.boolean(),
  /** Of the authenticator. */
  secret: z.string().optional(),
  usedAt: z.number(),
  mailed: z.string().optional(),
});
export type HeldPerson = z.infer<typeof heldPerson>;

export interface People {
  readonly kept: readonly HeldPerson[];
  save(people: readonly HeldPerson[]): Promise<void>;
}

export async function keptPeople(dataDir: string): Promise<People> {
  const file = keptAt(dataDir, 'people.json');
  if (file === undefined) return { kept: [], save: async () => undefined };
  await createDataDir(dataDir);
  let before: Promise<unknown> = Promise.resolve();
  return {
    kept: z.array(heldPerson).parse(JSON.parse(await readOr(file, '[]'))),
    save: (people) => {
      const text = JSON.stringify(people);
      // One after the other; written aside and moved, so that a crash never leaves half a file.
      const write = async (): Promise<void> => {
        await before;
        await writeFile(`${file}.new`, text, { mode: 0o600 });
        await rename(`${file}.new`, file);
      };
      const saved = write();
      before = saved.catch(() => undefined);
      return saved;
    },
  };
}

async function readOr(file: string, otherwise: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise;
    throw error;
  }
}
