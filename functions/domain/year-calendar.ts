/** The course of a fiscal year over all rounds: what opens, is due and closes on which day. Pure. */

import { dayInJapan, endOf, phaseAt, startOf } from '../../schemas/round.ts';
import type { Phase, Round } from '../../schemas/round.ts';
import { fiscalYearOf } from '../../schemas/values/partial-date.ts';

const turns = { opensAt: '受付開始', dueAt: '提出期限', closesAt: '受付終了' } as const;

export interface CalendarLine {
  /** In Japan, as `2024-11-29`. */
  readonly day: string;
  readonly what: (typeof turns)[keyof typeof turns];
  readonly round: Round;
  readonly isOver: boolean;
}

function linesOf(round: Round, now: Date): CalendarLine[] {
  const dates: readonly (readonly [keyof typeof turns, string | undefined])[] = [
    ['opensAt', round.opensAt],
    ['dueAt', round.dueAt],
    ['closesAt', round.closesAt],
  ];
  return dates.flatMap(([turn, at]) => {
    if (at === undefined) return [];
    // A bare day is due until its end, and belongs to that day.
    const moment = turn === 'opensAt' ? startOf(at) : endOf(at);
    const day = at.includes('T') ? dayInJapan(new Date(moment)) : at;
    return [{ day, what: turns[turn], round, isOver: now.getTime() >= moment }];
  });
}

/** Of a fiscal year (April to March), earliest first. */
export function yearCalendar(rounds: readonly Round[], fiscalYear: number, now: Date): CalendarLine[] {
  return rounds
    .flatMap((round) => linesOf(round, now))
    .filter(({ day }) => fiscalYearOf(day) === fiscalYear)
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

const openPhases: ReadonlySet<Phase> = new Set<Phase>(['open', 'late']);

/** The rounds that take answers now. */
export function openRounds(rounds: readonly Round[], now: Date): Round[] {
  return rounds.filter((round) => openPhases.has(phaseAt(round, now)));
}

/** 土 or 日, for a day or the day in Japan of an instant. */
export function weekendOf(dayOrInstant: string): '土' | '日' | undefined {
  const day = dayOrInstant.includes('T') ? dayInJapan(new Date(startOf(dayOrInstant))) : dayOrInstant;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 6 ? '土' : weekday === 0 ? '日' : undefined;
}
