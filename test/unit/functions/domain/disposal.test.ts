import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disposalFrom, dueDisposals, maySettle, printDisposal } from '../../../../functions/domain/disposal.ts';
import type { RetainedRound } from '../../../../functions/domain/disposal.ts';
import type { Disposal } from '../../../../schemas/disposal.ts';

function retained(
  closesAt: string | undefined,
  dueAt = '2024-11-29',
  cameInAt = '2024-09-01T00:00:00Z',
): RetainedRound {
  return { round: { id: 'R6', dueAt, ...(closesAt === undefined ? {} : { closesAt }) }, cameInAt };
}

const japan = (text: string): number => Date.parse(`${text}+09:00`);
const isDue = (round: RetainedRound, years: number, at: string): boolean =>
  dueDisposals([round], years, new Date(japan(at))).length === 1;

describe('the retention of a round', () => {
  it('ends with the fifth fiscal year after the one in which it closed, at the minute', () => {
    const round = retained('2024-12-27');
    expect(isDue(round, 5, '2030-03-31T23:59:59.999')).toBe(false);
    expect(isDue(round, 5, '2030-04-01T00:00:00.000')).toBe(true);
  });

  it('counts from the due date where the round has no closing', () => {
    expect(disposalFrom(retained(undefined, '2025-02-28'), 1)).toBe(japan('2026-04-01T00:00:00'));
  });

  it.each([
    ['2025-03-31', '2027-04-01T00:00:00', 'open until the last moment of the fiscal year'],
    ['2025-04-01T00:00:00+09:00', '2027-04-01T00:00:00', 'closed at 24:00 of 31 March'],
    ['2025-03-31T15:00:00Z', '2027-04-01T00:00:00', 'the same instant in UTC'],
    ['2025-04-01T00:01:00+09:00', '2028-04-01T00:00:00', 'a minute into the next'],
    ['2025-04-01', '2028-04-01T00:00:00', 'open on 1 April'],
  ])('of a round closing at %s with two years ends at %s: %s', (closesAt, ends) => {
    expect(disposalFrom(retained(closesAt), 2)).toBe(japan(ends));
  });

  it('never ends with 0 years', () => {
    expect(disposalFrom(retained('1990-01-01'), 0)).toBeUndefined();
    expect(isDue(retained('1990-01-01'), 0, '2100-01-01T00:00:00')).toBe(false);
  });

  it('of an earlier year’s round counts from when it was brought in, not from a closing before that', () => {
    const broughtIn = retained('2018-12-28', '2018-11-30', '2026-03-31T14:59:59.999Z');
    expect(disposalFrom(broughtIn, 5)).toBe(japan('2031-04-01T00:00:00'));
    expect(disposalFrom({ ...broughtIn, cameInAt: '2026-03-31T15:00:00.000Z' }, 5)).toBe(japan('2032-04-01T00:00:00'));
  });

  it('is never shorter than the years set, nor longer than one more', () => {
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (closes, years) => {
        const from =
          disposalFrom(retained(closes.toISOString(), '2000-01-01', '1999-01-01T00:00:00Z'), years) ?? Number.NaN;
        const yearsKept = (from - closes.getTime()) / (365.2425 * 86_400_000);
        expect(yearsKept).toBeGreaterThan(years - 0.01);
        expect(yearsKept).toBeLessThan(years + 1.01);
      }),
    );
  });
});

describe('a disposal', () => {
  const begun: Disposal = {
    round: 'R6',
    name: '令和6年度調査',
    fiscalYear: 2024,
    referenceDate: '2024-09-30',
    actor: 'system',
    begunAt: '2030-03-31T19:00:00.000Z',
  };

  it('is complete no sooner than an hour after it began', () => {
    expect(maySettle(begun, new Date('2030-03-31T19:59:59.999Z'))).toBe(false);
    expect(maySettle(begun, new Date('2030-03-31T20:00:00.000Z'))).toBe(true);
  });

  it('is told with the day in Japan, and as under way until nothing is left', () => {
    expect(printDisposal(begun)).toBe(
      '「令和6年度調査」の回答は、保存期間が満了したため、令和12年4月1日から廃棄の手続中です。',
    );
    expect(printDisposal({ ...begun, disposedAt: '2030-04-01T19:00:00.000Z' })).toBe(
      '「令和6年度調査」の回答は、保存期間が満了したため、令和12年4月2日に廃棄しました。',
    );
    expect(printDisposal({ ...begun, removedBy: '県担当' })).toBe(
      '「令和6年度調査」は、令和12年4月1日に県担当が削除しました。',
    );
  });
});
