/**
 * How the script reads what is typed, at once and as the server will: the readers alone, since the modules of the kinds
 * bring schemas that are too large for a page. What has none here is read with the next save.
 */

import { printDecimal, readDecimal } from '../../../schemas/kinds/decimal.ts';
import type { Json } from '../../../schemas/values/json.ts';
import { readEmail, readPhone } from '../../../schemas/values/contact-texts.ts';
import { readCount } from '../../../schemas/values/count.ts';
import { readFiscalYears } from '../../../schemas/values/fiscal-years.ts';
import { readFrequency } from '../../../schemas/values/frequency.ts';
import { readPartialDate } from '../../../schemas/values/partial-date.ts';
import { readRange } from '../../../schemas/values/range.ts';
import type { Reading } from '../../../schemas/values/reading.ts';

interface Accepted {
  readonly unit?: string;
  readonly nullable?: boolean;
  /** Of decimals. */
  readonly places?: number;
  readonly min?: number;
}

const readers = {
  count: readCount,
  decimal: (text, { unit = '', places = 0, ...rest }) => readDecimal(text, { unit, places, ...rest }),
  date: readPartialDate,
  range: readRange,
  frequency: readFrequency,
  fiscalYears: readFiscalYears,
  email: readEmail,
  phone: readPhone,
} satisfies Readonly<Record<string, (text: string, accepted: Accepted) => Reading<Json>>>;

/** What a field says of itself, as data. */
export interface ReadBy extends Accepted {
  readonly kind: keyof typeof readers;
}

export function readAsTyped({ kind, ...accepted }: ReadBy, text: string): Reading<Json> {
  return readers[kind](text, accepted);
}

/** A computed value as pages print it, at once and with each save. */
export function printComputed(value: number | null, unit: string): string {
  return value === null ? '－' : printDecimal(value, unit);
}
