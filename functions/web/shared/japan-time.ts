/** Instants as machines read them in a page, and how long is left until a due date. */

import { dayInJapan, dayLength, endOf } from '../../../schemas/round.ts';

function dayNumber(instant: number): number {
  return Date.parse(dayInJapan(new Date(instant))) / dayLength;
}

/** What the `datetime` of a `<time>` says: the day, or the instant in UTC. */
export function machineInstant(at: string | Date): string {
  if (typeof at === 'string' && !at.includes('T')) return at;
  return new Date(typeof at === 'string' ? endOf(at) : at).toISOString();
}

export interface TimeLeft {
  readonly kind: 'left' | 'today' | 'past';
  readonly text: string;
}

/**
 * How long until a due date, counted in days of Japan's calendar. A bare day is due before the next midnight.
 *
 * @param dueAt `2024-11-29`, or an instant
 * @example timeLeft('2024-11-29', new Date('2024-11-26T09:00:00+09:00')).text // '残り3日'
 */
export function timeLeft(dueAt: string, now: Date): TimeLeft {
  const end = endOf(dueAt);
  const today = dayNumber(now.getTime());
  if (now.getTime() < end) {
    const days = dayNumber(end - 1) - today;
    return days === 0 ? { kind: 'today', text: '本日締切' } : { kind: 'left', text: `残り${days}日` };
  }
  const days = today - dayNumber(end - 1);
  return { kind: 'past', text: days === 0 ? '期限を過ぎています' : `期限を${days}日過ぎています` };
}
