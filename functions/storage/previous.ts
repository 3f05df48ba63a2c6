/** What a unit answered before: edit checks compare with it, pages show it beside. */

import { countedVersion } from '../domain/log.ts';
import type { Standing } from '../domain/life.ts';
import type { ReturnKey, Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import { formOf } from '../../schemas/round-forms.ts';
import { inPresentPlaces } from '../domain/former-places.ts';
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
   * The version accepted last in an earlier round, for the same form and unit; earlier by reference date. Its answers
   * stand where the round asks for them.
   *
   * @param rounds every round by reference date, where they were read already
   */
  previousReturn(round: Round, key: ReturnKey, rounds?: readonly Round[]): Promise<PreviousReturn | undefined>;
  /** The same with what was submitted and is not accepted yet: the version that counts in the newest round that has one. */
  countedReturn(
    round: Round,
    key: ReturnKey,
    rounds: readonly Round[],
  ): Promise<(PreviousReturn & { readonly isAccepted: boolean }) | undefined>;
}

/** As many keys as one request takes. */
const mostRounds = 100;

/**
 * A version of the newest earlier round in which the return has one that is wanted. Without an earlier round nothing is read.
 *
 * @param rounds every round, by reference date
 */
async function previousAmong(
  context: StorageContext,
  rounds: readonly Round[],
  round: Round,
  key: ReturnKey,
  wanted: (standing: Standing) => number | undefined,
): Promise<(PreviousReturn & { readonly isAccepted: boolean }) | undefined> {
  const earlier = rounds
    .filter(({ referenceDate, forms }) => referenceDate < round.referenceDate && Object.hasOwn(forms, key.form))
    .toReversed()
    .slice(0, mostRounds);
  const places = earlier.map(({ id }): ReturnKey => ({ ...key, round: id }));
  const heads = await readItems(context, places.map(headKey));
  for (const [index, place] of places.entries()) {
    const head = heads[index];
    const standing = head === undefined ? undefined : headItem.parse(head).standing;
    const number = standing && wanted(standing);
    const found = earlier[index];
    if (number === undefined || found === undefined) continue;
    const version = await readItem(context, versionKey(place, number));
    // Gone where the round was disposed of between the two reads.
    if (version === undefined) continue;
    const isAccepted = standing?.acceptedVersion === number;
    return { round: found, version: versionItem.parse(version), isAccepted };
  }
  return undefined;
}

export function createPreviousReturns(context: StorageContext): PreviousReturns {
  /** With its answers where the later round asks for them. */
  async function placed<F extends PreviousReturn>(found: F, round: Round, key: ReturnKey): Promise<F> {
    await loadDocuments(context, [found.round, round]);
    const form = formOf(context.forms, round, key.form);
    if (form === undefined) return found;
    return { ...found, version: { ...found.version, answers: inPresentPlaces(form, found.version.answers) } };
  }

  return {
    previousReturn: async (round, key, rounds) => {
      const all = rounds ?? roundsOf(await readItem(context, roundListKey));
      const found = await previousAmong(context, all, round, key, ({ acceptedVersion }) => acceptedVersion);
      return found === undefined ? undefined : placed({ round: found.round, version: found.version }, round, key);
    },

    countedReturn: async (round, key, rounds) => {
      const found = await previousAmong(context, rounds, round, key, (standing) => countedVersion(standing)?.version);
      return found && placed(found, round, key);
    },
  };
}
