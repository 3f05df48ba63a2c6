import { describe, expect, it } from 'vitest';
import { openRounds, weekendOf, yearCalendar } from '../../../../functions/domain/year-calendar.ts';
import type { Round } from '../../../../schemas/round.ts';
import { round as definition } from '../../schemas/forms/returns.ts';

function roundOf(id: string, dates: Pick<Round, 'opensAt' | 'dueAt'> & { closesAt?: string; draft?: true }): Round {
  const { closesAt: _none, ...rest } = definition;
  return { ...rest, ...dates, id, directoryVersion: 1 };
}

const autumn = roundOf('R6', { opensAt: '2024-10-01', dueAt: '2024-11-29', closesAt: '2025-03-31' });
const spring = roundOf('K1', { opensAt: '2025-04-01', dueAt: '2025-04-11T17:00' });
const now = new Date('2024-11-30T00:00:00+09:00');

describe('the calendar of a fiscal year', () => {
  it('has what opens, is due and closes in it, earliest first, and what is over', () => {
    const lines = yearCalendar([spring, autumn], 2024, now);
    expect(lines.map(({ day, what, isOver }) => [day, what, isOver])).toEqual([
      ['2024-10-01', '受付開始', true],
      ['2024-11-29', '提出期限', true],
      ['2025-03-31', '受付終了', false],
    ]);
    expect(yearCalendar([spring, autumn], 2025, now).map(({ day, round }) => [day, round.id])).toEqual([
      ['2025-04-01', 'K1'],
      ['2025-04-11', 'K1'],
    ]);
    expect(yearCalendar([autumn], 2023, now)).toEqual([]);
  });

  it('counts a due day to its last minute', () => {
    const minute = new Date('2024-11-29T23:59:00+09:00');
    expect(yearCalendar([autumn], 2024, minute)[1]?.isOver).toBe(false);
  });
});

it('knows which rounds take answers', () => {
  const draft = roundOf('R7', { opensAt: '2024-10-01', dueAt: '2025-01-31', draft: true });
  expect(openRounds([spring, autumn, draft], now).map(({ id }) => id)).toEqual(['R6']);
});

it.each([
  ['2024-11-29', undefined],
  ['2024-11-30', '土'],
  ['2024-12-01', '日'],
  ['2024-11-30T17:00', '土'],
  ['2024-11-29T15:00:00Z', '土'],
])('knows whether %s is a weekend', (day, weekday) => {
  expect(weekendOf(day)).toBe(weekday);
});
