import { describe, expect, it } from 'vitest';
import { dueExports } from '../../../../functions/domain/due-exports.ts';
import type { ExportableRound } from '../../../../functions/domain/due-exports.ts';
import { round } from '../../../support/every-question.ts';

/** 3 o'clock in Japan on a day of the round, which is open from 1 October and due on 29 November. */
const start = (day: string): Date => new Date(`${day}T03:00:00+09:00`);
const yesterday = '2024-11-04T18:00:00Z';
const minutesLater = '2024-11-05T18:02:00Z';
const closing = { ...round, closesAt: '2024-12-27' };

function due(each: Partial<ExportableRound>, day: string): boolean {
  return dueExports([{ round: closing, changedSeq: 10, ...each }], start(day)).length === 1;
}

describe('a round is exported', () => {
  it('on every day that it is open, also when nothing changed', () => {
    expect(due({}, '2024-10-01')).toBe(true);
    expect(due({ exportedSeq: 10, last: { requestedAt: yesterday, status: 'done' } }, '2024-11-06')).toBe(true);
  });

  it('not before it opens', () => {
    expect(due({}, '2024-09-30')).toBe(false);
  });

  it('after the due date and after closing only when the log has moved on since the last good export', () => {
    for (const day of ['2024-12-01', '2025-03-01']) {
      expect(due({ exportedSeq: 10 }, day)).toBe(false);
      expect(due({ exportedSeq: 9 }, day)).toBe(true);
      expect(due({}, day)).toBe(true);
    }
  });

  it('once per start, however often that is delivered', () => {
    expect(due({ last: { requestedAt: minutesLater, status: 'done' } }, '2024-11-06')).toBe(false);
    expect(due({ last: { requestedAt: minutesLater, status: 'done' } }, '2024-11-07')).toBe(true);
  });

  it('again when the export that the start made has failed', () => {
    expect(due({ last: { requestedAt: minutesLater, status: 'failed' } }, '2024-11-06')).toBe(true);
  });

  it('not while it is being exported', () => {
    expect(due({ last: { requestedAt: yesterday, status: 'running' } }, '2024-11-06')).toBe(false);
  });
});

describe('rounds', () => {
  it('are judged each by itself, in their order', () => {
    const named = (id: string, rest: Partial<ExportableRound> = {}): ExportableRound => ({ round: { ...closing, id }, changedSeq: 3, ...rest });
    expect(dueExports([named('a'), named('b', { last: { requestedAt: yesterday, status: 'running' } }), named('c')], start('2024-11-06'))).toEqual(['a', 'c']);
    expect(dueExports([], start('2024-11-06'))).toEqual([]);
  });
});
