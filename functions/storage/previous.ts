/** What a unit answered before: edit checks compare with it. */

import type { Answers, ReturnKey } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import type { StorageContext } from './context.ts';
import { headItem, versionItem } from './items.ts';
import { headKey, versionKey } from './keys.ts';
import { readItem, readItems } from './reads.ts';

/** As many keys as one request takes. */
const mostRounds = 100;

/**
 * The answers accepted last in an earlier round, for the same form and unit; earlier by reference date. Without an
 * earlier round nothing is read.
 *
 * @param rounds every round, by reference date
 */
export async function previousAnswers(
  context: StorageContext,
  rounds: readonly Round[],
  round: Round,
  key: ReturnKey,
): Promise<Answers | undefined> {
  const earlier = rounds
    .filter(({ referenceDate, forms }) => referenceDate < round.referenceDate && Object.hasOwn(forms, key.form))
    .toReversed()
    .slice(0, mostRounds)
    .map(({ id }): ReturnKey => ({ ...key, round: id }));
  const heads = await readItems(context, earlier.map(headKey));
  for (const [index, place] of earlier.entries()) {
    const head = heads[index];
    const accepted = head === undefined ? undefined : headItem.parse(head).standing.acceptedVersion;
    if (accepted !== undefined) return versionItem.parse(await readItem(context, versionKey(place, accepted))).answers;
  }
  return undefined;
}
