/** Instants and days as people in Japan write them. Pure. */

import { clockInJapan, dayInJapan, endOf } from '../../schemas/round.ts';
import { printPartialDate } from '../../schemas/values/partial-date.ts';

/** `令和6年11月29日`, and `令和6年11月29日 17:00` for an instant. A bare day stays that day. */
export function printInstant(at: string | Date): string {
  if (typeof at === 'string' && !at.includes('T')) return printPartialDate(at);
  const instant = typeof at === 'string' ? new Date(endOf(at)) : at;
  return `${printPartialDate(dayInJapan(instant))} ${clockInJapan(instant).split('T')[1] ?? ''}`;
}
