import { readCount } from './count.ts';
import { read, readSpelling, unreadable, type Reading } from './reading.ts';

interface DecimalOptions {
  readonly unit: string;
  readonly places: number;
  readonly nullable: boolean;
}

const WITH_POINT = /^(?<sign>-?)(?<whole>\d[\d,]*)\.(?<fraction>\d+)(?<rest>\D*)$/;

/**
 * Reads a decimal as {@link readCount} reads a count, with a point. Exactly three zeros behind the point may be the
 * groups of a thousand, and are asked about: `1.000` is neither 1 nor 1,000.
 *
 * Problems besides those of a count: `too-many-places`.
 */
export function readDecimal(text: string, { unit, places, nullable }: DecimalOptions): Reading<number | null> {
  const typed = readSpelling(text);
  if (!typed.ok) return typed;
  const { sign = '', whole = '', fraction = '', rest = '' } = WITH_POINT.exec(typed.value)?.groups ?? {};
  // Signs, commas and units are judged of the whole part; a point with zeros alone is for the count to refuse.
  const reading = readCount(fraction === '' ? typed.value : `${sign}${whole}${rest}`, { unit, nullable });
  if (!reading.ok || reading.value === null || fraction === '') return reading;
  if (fraction === '000')
    return unreadable(
      'ambiguous-point',
      `「${whole}.${fraction}」は「${whole}」とも「${whole}${fraction}」とも読めます。点を付けずに入力してください。`,
    );
  return fraction.length > places
    ? unreadable('too-many-places', `小数は${places}桁までで入力してください。`)
    : read(Number(`${reading.value}.${fraction}`));
}

/** A decimal as people read it: `1,234.5時間`. */
export function printDecimal(value: number, unit = ''): string {
  return `${(value + 0).toLocaleString('en-US', { maximumFractionDigits: 20 })}${unit}`;
}
