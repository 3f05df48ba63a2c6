/** What a unit answered in an earlier round: what a review shows beside, and edit checks compare with. */

import type { ReturnKey, Version } from '../../schemas/return.ts';
import type { Round } from '../../schemas/round.ts';
import type { Service } from './service.ts';

export interface PreviousReturn {
  readonly round: Round;
  readonly version: Version;
}

/** The version accepted last in an earlier round, for the same form and unit; earlier by reference date. */
export async function previousReturn(
  { store }: Pick<Service, 'store'>,
  round: Round,
  key: ReturnKey,
): Promise<PreviousReturn | undefined> {
  const earlier = (await store.rounds())
    .filter(({ referenceDate, forms }) => referenceDate < round.referenceDate && Object.hasOwn(forms, key.form))
    .toReversed();
  for (const each of earlier) {
    const place: ReturnKey = { ...key, round: each.id };
    const draft = await store.readDraft(place);
    const accepted = draft.ok ? draft.value.standing.acceptedVersion : undefined;
    const version = accepted === undefined ? undefined : await store.version(place, accepted);
    if (version !== undefined) return { round: each, version };
  }
  return undefined;
}
