import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueDateOf, isLate, phaseOfReturn } from '../../../../functions/domain/due-date.ts';
import { phaseAt } from '../../../../schemas/round.ts';
import { round } from '../../schemas/forms/returns.ts';

const closing = { ...round, opensAt: '2024-10-01', dueAt: '2024-11-29', closesAt: '2024-12-13' };
const reason = '台風のため';

function inJapan(minute: string): Date {
  return new Date(`${minute}:00+09:00`);
}

function phase(dueAt: string, minute: string): string {
  return phaseOfReturn(closing, { extension: { dueAt, reason } }, inJapan(minute));
}

describe('the due date of a return', () => {
  it('is that of the round, unless a later one was granted', () => {
    expect(dueDateOf(closing, {})).toBe('2024-11-29');
    expect(dueDateOf(closing, { extension: { dueAt: '2024-12-06', reason } })).toBe('2024-12-06');
    expect(dueDateOf(closing, { extension: { dueAt: '2024-11-29T17:00:00+09:00', reason } })).toBe('2024-11-29');
  });

  it('decides at the minute what is late', () => {
    expect(phase('2024-12-06', '2024-12-06T23:59')).toBe('open');
    expect(phase('2024-12-06', '2024-12-07T00:00')).toBe('late');
    expect(phase('2024-12-06T17:00', '2024-12-06T16:59')).toBe('open');
    expect(phase('2024-12-06T17:00', '2024-12-06T17:00')).toBe('late');
  });

  it('leaves closing as it is before it, and moves it where the return is due later', () => {
    expect(phase('2024-12-06', '2024-12-13T23:59')).toBe('late');
    expect(phase('2024-12-06', '2024-12-14T00:00')).toBe('closed');
    expect(phase('2024-12-20', '2024-12-20T23:59')).toBe('open');
    expect(phase('2024-12-20', '2024-12-21T00:00')).toBe('closed');
  });

  it('never takes time away, and never opens a round', () => {
    const order = ['draft', 'notOpen', 'open', 'late', 'closed'];
    const days = integer({ min: -90, max: 90 });
    assert(
      property(days, days, constantFrom(true, undefined), (granted, at, draft) => {
        const day = Date.parse('2024-11-29T00:00:00Z');
        const now = new Date(day + at * 86_400_000 + 1);
        const dueAt = new Date(day + granted * 86_400_000).toISOString().slice(0, 10);
        const own = phaseOfReturn({ ...closing, draft }, { extension: { dueAt, reason } }, now);
        const whole = phaseAt({ ...closing, draft }, now);
        expect(order.indexOf(own)).toBeLessThanOrEqual(order.indexOf(whole));
        if (whole === 'draft' || whole === 'notOpen') expect(own).toBe(whole);
      }),
    );
  });
});

describe('whether a version came late', () => {
  const late = { late: true, submittedAt: '2024-12-06T14:59:59.999Z' };

  it('is judged when it comes, and again by what is granted later', () => {
    expect(isLate(late, {})).toBe(true);
    expect(isLate(late, { extension: { dueAt: '2024-12-06', reason } })).toBe(false);
    expect(isLate(late, { extension: { dueAt: '2024-12-05', reason } })).toBe(true);
    expect(isLate({ late: false, submittedAt: late.submittedAt }, {})).toBe(false);
    expect(isLate({}, {})).toBe(false);
    expect(isLate({ late: true }, { extension: { dueAt: '2024-12-06', reason } })).toBe(true);
  });
});
