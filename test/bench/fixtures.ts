/** The returns and directories of the fixtures. */

import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { directory as directorySchema } from '../../schemas/directory.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { Answers } from '../../schemas/values/json.ts';

const answersByUnit = z.record(
  z.string(),
  z.custom<Answers>((value) => typeof value === 'object' && value !== null),
);

async function readFixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
}

export async function readDirectory(folder: 'saitama-r6' | 'gunma-h30'): Promise<Directory> {
  return directorySchema.parse(await readFixture(`${folder}/directory.json`));
}

/** Returns with their units. */
export async function readReturns(name: string): Promise<[unit: string, answers: Answers][]> {
  return Object.entries(answersByUnit.parse(await readFixture(name)));
}
