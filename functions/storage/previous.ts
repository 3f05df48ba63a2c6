/** What a unit answered before: edit checks compare with it, pages show it beside. */

import type { ReturnKey, Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import type { StorageContext } from './context.ts';
import { headItem, versionItem } from './items.ts';
import { headKey, roundListKey, versionKey } from './keys.ts';
import { readItem, readItems } from './reads.ts';
import { loadDocuments } from './form-documents.ts';
import { roundsOf } from './round-list.ts';

export interface PreviousReturn {
  readonly round: Round;
  readonly version: Version;
}

interface PreviousReturns {
  /**
   * The version accepted last in an earlier round, for the same form and unit; earlier by reference date.
   *
   * @param rounds every round by reference date, where they were read already
   */
  previousReturn(round: Round, key: ReturnKey, rounds?: readonly Round[]): Promise<PreviousReturn | undefined>;
}

/** As many keys as one request takes. */
const mostRounds = 100;

/**
 * The version accepted last in one of the earlier rounds. Without an earlier round nothing is read.
 *
 * @param rounds every round, by reference date
 */
async function previousAmong(
  context: StorageContext,
  rounds: readonly Round[],
  round: Round,
  key: ReturnKey,
): Promise<PreviousReturn | undefined> {
  const earlier = rounds
    .filter(({ referenceDate, forms }) => referenceDate < round.referenceDate && Object.hasOwn(forms, key.form))
    .toReversed()
    .slice(0, mostRounds);
  const places = earlier.map(({ id }): ReturnKey => ({ ...key, round: id }));
  const heads = await readItems(context, places.map(headKey));
  for (const [index, place] of places.entries()) {
    const head = heads[index];
    const accepted = head === undefined ? undefined : headItem.parse(head).standing.acceptedVersion;
    const found = earlier[index];
    if (accepted === undefined || found === undefined) continue;
    const version = await readItem(context, versionKey(place, accepted));
    // Gone where the round was disposed of between the two reads.
    if (version !== undefined) return { round: found, version: versionItem.parse(version) };
  }
  return undefined;
}

export function createPreviousReturns(context: StorageContext): PreviousReturns {
  return {
    previousReturn: async (round, key, rounds) => {
      const all = rounds ?? roundsOf(await readItem(context, roundListKey));
      const found = await previousAmong(context, all, round, key);
      if (found !== undefined) await loadDocuments(context, [found.round]);
      return found;
    },
  };
}
