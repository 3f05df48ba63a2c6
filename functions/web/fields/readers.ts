/**
 * How the script reads what is typed, at once and as the server will: the readers alone, since the modules of the kinds
 * bring schemas that are too large for a page. What has none here is read with the next save.
 */

import type { Json } from '../../../schemas/return.ts';
import { readCount } from '../../../schemas/values/count.ts';
import { readFiscalYears } from '../../../schemas/values/fiscal-years.ts';
import { readFrequency } from '../../../schemas/values/frequency.ts';
import { readPartialDate } from '../../../schemas/values/partial-date.ts';
import { readRange } from '../../../schemas/values/range.ts';
import type { Reading } from '../../../schemas/values/reading.ts';

/** What a field says of itself, as data. */
export interface ReadBy {
  readonly kind: string;
  readonly unit?: string | undefined;
  readonly nullable?: boolean;
}

type Reader = (text: string, by: ReadBy) => Reading<Json>;

const readers = new Map<string, Reader>([
  ['count', (text, { unit = '', nullable = false }) => readCount(text, { unit, nullable })],
  ['date', readPartialDate],
  ['range', (text, { unit = '' }) => readRange(text, { unit })],
  ['frequency', readFrequency],
  ['fiscalYears', readFiscalYears],
]);

export function readAsTyped(by: ReadBy, text: string): Reading<Json> | undefined {
  return readers.get(by.kind)?.(text, by);
}
