/** Counts as typed, read as the server will read them. */

import { readCount } from '../../../schemas/values/count.ts';

/** The sum of counts as typed; what is no count (yet) adds nothing. */
export function sumOf(texts: readonly string[], unit: string): number {
  return texts.reduce((sum, text) => sum + (countIn(text, unit) ?? 0), 0);
}

/** The count that a text says; none for 該当なし and for what cannot be read. */
export function countIn(text: string, unit: string): number | undefined {
  const reading = readCount(text, { unit, nullable: true });
  return reading.ok ? (reading.value ?? undefined) : undefined;
}
