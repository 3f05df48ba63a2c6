/** What a version under review is put beside: last round's answers, or an earlier version of the same return. */

import type { Answers } from '../../../schemas/values/json.ts';
import type { ReturnKey, Version } from '../../../schemas/return.ts';
import type { Standing } from '../../domain/life.ts';
import type { PreviousReturn } from '../../storage/previous.ts';
import type { Service } from '../../service/service.ts';
import type { ReviewFacts } from './review-facts.ts';

type ComparedWith = 'round' | 'version';

interface Comparison {
  readonly with: ComparedWith;
  readonly label: string;
  readonly answers: Answers;
}

export interface Comparisons {
  readonly chosen?: Comparison;
  readonly available: readonly Pick<Comparison, 'with' | 'label'>[];
}

/** The version that was sent back, while its correction is looked at; otherwise the one before. */
function earlierVersion({ version, sentBack }: Standing): number | undefined {
  if (sentBack !== undefined && sentBack.version < version) return sentBack.version;
  return version > 1 ? version - 1 : undefined;
}

function fromVersion({ sentBack }: Standing, isCorrected: boolean, { version, answers }: Version): Comparison {
  const ended = isCorrected ? '職権訂正前の' : '差し戻した';
  const label = `${sentBack?.version === version ? ended : ''}第${version}版の回答`;
  return { with: 'version', label, answers };
}

function labelOf({ round, of = [] }: PreviousReturn): string {
  return `前回（${[round.name, ...of].join('　')}）の回答`;
}

/** A correction is put beside what was sent back; anything else beside last round's answers, where there are any. */
export async function comparisonsOf(
  { store }: Pick<Service, 'store'>,
  key: ReturnKey,
  standing: Standing,
  { isCorrected, previous }: Pick<ReviewFacts, 'isCorrected' | 'previous'>,
  wanted: string | undefined,
): Promise<Comparisons> {
  const number = earlierVersion(standing);
  const earlier = number === undefined ? undefined : await store.version(key, number);
  const versions: Comparison[] = earlier === undefined ? [] : [fromVersion(standing, isCorrected, earlier)];
  // Units that were merged stand in a table of their own: beside each question most of what they gave has no place.
  const rounds: Comparison[] =
    previous === undefined || (previous.of?.length ?? 0) > 1
      ? []
      : [{ with: 'round', label: labelOf(previous), answers: previous.version.answers }];
  const available = standing.sentBack === undefined ? [...rounds, ...versions] : [...versions, ...rounds];
  const chosen = available.find((each) => each.with === wanted) ?? available[0];
  return { available, ...(chosen === undefined ? {} : { chosen }) };
}
