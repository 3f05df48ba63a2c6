/** What each of the units that were asked has of one question, or why it has nothing. */

import type { ReportingUnit } from '../../../schemas/directory.ts';

/** Why a unit has no value. */
export const missingWords = {
  notSubmitted: '未提出',
  absent: '回答なしと記録',
  notAsked: '設問の対象外',
  unanswered: '回答なし',
} as const;
export type Missing = keyof typeof missingWords;

export interface UnitValue<T> {
  readonly unit: Pick<ReportingUnit, 'code' | 'name' | 'members'>;
  /** Absent where `missing` says why. */
  readonly value?: T | undefined;
  readonly missing?: Missing | undefined;
}

/** Without those that have none. */
export function withValues<T>(units: readonly UnitValue<T>[]): (UnitValue<T> & { readonly value: T })[] {
  return units.flatMap((each) => (each.value === undefined ? [] : [{ ...each, value: each.value }]));
}
