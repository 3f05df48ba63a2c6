/** A day in a form of the directory, as people type it. */

import { isPartialDate, readPartialDate } from '../../../../schemas/values/partial-date.ts';

/** None where it is not a whole day that exists. */
export function readDay(typed: string): string | undefined {
  const reading = readPartialDate(typed);
  return reading.ok && isPartialDate(reading.value) && reading.value.length === 'yyyy-mm-dd'.length
    ? reading.value
    : undefined;
}
