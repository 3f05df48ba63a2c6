/** Questions that were chosen to be sent back, on whichever part of a review: more than addresses and pages can carry are kept. */

import type { Drawer } from '../shared/drawer.ts';
import { valuesOf } from '../fields/posted.ts';

const name = 'question';
/** So many are carried by the page itself. */
const mostCarried = 20;

/** Keeps the questions, where there are many. `undefined` where the page carries them itself. */
export async function keptPicks(drawer: Drawer, paths: readonly string[]): Promise<string | undefined> {
  return paths.length > mostCarried ? drawer.keep(new Map([[name, paths]])) : undefined;
}

/** @param kept under what further ones are kept */
export async function pickedQuestions(
  drawer: Drawer,
  paths: readonly string[],
  kept: string | undefined,
): Promise<string[]> {
  const elsewhere = kept === undefined ? undefined : await drawer.kept(kept);
  return [...new Set([...(elsewhere === undefined ? [] : valuesOf(elsewhere, name)), ...paths])];
}
