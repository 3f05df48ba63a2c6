/**
 * From which day each version of the directory (名簿) holds. On a day, the version with the latest first day not after
 * it is in force; of two with the same first day, the one saved later. Pure.
 */

import type { Directory } from '../../schemas/directory.ts';
import { isPartialDate, readPartialDate } from '../../schemas/values/partial-date.ts';

export interface DirectoryCalendar {
  /** How many versions there are; 0 before the first. */
  readonly newest: number;
  readonly starts: Readonly<Record<string, number>>;
  readonly undated?: number | undefined;
}

export function startsOf({ starts }: DirectoryCalendar): { readonly day: string; readonly version: number }[] {
  return Object.entries(starts)
    .map(([day, version]) => ({ day, version }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/**
 * The version in force on a day (`2024-09-30`). Before the first day of all, the one that was saved without a day, or
 * else the earliest: a round may look back to a day before the directory was kept here. None before the first version.
 */
export function versionOn(calendar: DirectoryCalendar, day: string): number | undefined {
  const inOrder = startsOf(calendar);
  return inOrder.findLast((start) => start.day <= day)?.version ?? calendar.undated ?? inOrder[0]?.version;
}

/** With the next version, saved on a day in Japan: without a first day of its own it holds from then. */
export function withNext(
  { newest, starts, undated }: DirectoryCalendar,
  { validFrom }: Pick<Directory, 'validFrom'>,
  savedOn: string,
): DirectoryCalendar {
  const version = newest + 1;
  return {
    newest: version,
    starts: { ...starts, [validFrom ?? savedOn]: version },
    undated: validFrom === undefined ? version : undated,
  };
}

/** A day in a form of the directory, as people type it; none where it is not a whole day that exists. */
export function readDay(typed: string): string | undefined {
  const reading = readPartialDate(typed);
  return reading.ok && isPartialDate(reading.value) && reading.value.length === 'yyyy-mm-dd'.length
    ? reading.value
    : undefined;
}
