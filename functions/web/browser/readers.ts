/** Reads a field as the server will: the same readers, chosen by what the field says of itself. */

import { readCount } from '../../../schemas/values/count.ts';
import { readFiscalYears } from '../../../schemas/values/fiscal-years.ts';
import { readFrequency } from '../../../schemas/values/frequency.ts';
import { readPartialDate } from '../../../schemas/values/partial-date.ts';
import { readRange } from '../../../schemas/values/range.ts';
import type { Reading } from '../../../schemas/values/reading.ts';
import { readText } from '../../../schemas/values/text.ts';

/** The `data-` attributes of a field. */
export interface ReadAs {
  readonly reads?: string | undefined;
  readonly unit?: string | undefined;
  /** Present where 該当なし is an answer. */
  readonly nullable?: string | undefined;
  readonly max?: string | undefined;
}

/** None for a field that is not read. */
export function readField(text: string, { reads = '', unit, nullable, max }: ReadAs): Reading<unknown> | undefined {
  const counted = unit === undefined ? {} : { unit };
  switch (reads) {
    case 'count':
      return readCount(text, { ...counted, nullable: nullable !== undefined });
    case 'date':
      return readPartialDate(text);
    case 'range':
      return readRange(text, counted);
    case 'frequency':
      return readFrequency(text);
    case 'fiscalYears':
      return readFiscalYears(text);
    case 'text':
      return readText(text, { maxLength: Number(max) });
    default:
      // Anything else is chosen, not typed.
      return undefined;
  }
}

/** The sum of counts as typed; what is no count (yet) adds nothing. */
export function sumOf(texts: readonly string[], unit: string): number {
  return texts.reduce((sum, text) => sum + (countIn(text, unit) ?? 0), 0);
}

/** The count that a text says; none for 該当なし and for what cannot be read. */
export function countIn(text: string, unit: string): number | undefined {
  const reading = readCount(text, { unit, nullable: true });
  return reading.ok ? (reading.value ?? undefined) : undefined;
}
