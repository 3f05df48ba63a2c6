import { describe, expect, it } from 'vitest';
import { dueExports } from '../../../../functions/domain/due-exports.ts';
import type { DueExports, ExportableRound } from '../../../../functions/domain/due-exports.ts';
import type { Round } from '../../../../schemas/round.ts';
import { round } from '../../../support/every-question.ts';

/** 3 o'clock in Japan on a day of the round, which is open from 1 October and due on 29 November. */
const start = (day: string): Date => new Date(`${day}T03:00:00+09:00`);
const yesterday = '2024-11-04T18:00:00Z';
const minutesLater = '2024-11-05T18:02:00Z';
const closing = { ...round, closesAt: '2024-12-27' };

const id = '20241106-1';

const none = { due: [], running: [], done: [] };
const now = { ...none, due: [closing.id] };

function found(each: Partial<ExportableRound>, day: string): DueExports {
  return dueExports([{ round: closing, changedSeq: 10, ...each }], start(day));
}

describe('a round is exported', () => {
  it('on every day that it is open, also when nothing changed', () => {
    expect(found({}, '2024-10-01')).toEqual(now);
    expect(
      found({ exportedSeq: 10, last: { exportId: id, requestedAt: yesterday, status: 'done' } }, '2024-11-06'),
    ).toEqual(now);
  });

  it('not before it opens', () => {
    expect(found({}, '2024-09-30')).toEqual(none);
    expect(found({ round: { ...closing, draft: true } }, '2024-11-06'), 'a draft').toEqual(none);
  });

  it('after closing only when the log has moved on since the last good export', () => {
    for (const day of ['2024-12-28', '2025-03-01']) {
      expect(found({ exportedSeq: 10 }, day)).toEqual(none);
      expect(found({ exportedSeq: 9 }, day)).toEqual(now);
      expect(found({}, day)).toEqual(now);
    }
  });

  it.each<[string, Partial<Round>, string]>([
    [
      'to the last minute of the day of closing, past the due date too',
      { closesAt: '2024-12-27' },
      '2024-12-28T00:00:00+09:00',
    ],
    ['to the minute of closing', { closesAt: '2024-12-27T17:00:00+09:00' }, '2024-12-27T17:00:00+09:00'],
    [
      'to the last minute of the due date where nothing says when it closes',
      { closesAt: undefined },
      '2024-11-30T00:00:00+09:00',
    ],
    [
      'to the minute at which it is due where nothing says when it closes',
      { closesAt: undefined, dueAt: '2024-11-29T17:00:00' },
      '2024-11-29T17:00:00+09:00',
    ],
  ])('without changes %s', (_, change, end) => {
    const each = { round: { ...closing, ...change }, changedSeq: 10, exportedSeq: 10 };
    const minuteBefore = new Date(Date.parse(end) - 60_000);
    expect(dueExports([each], minuteBefore)).toEqual(now);
    expect(dueExports([each], new Date(end))).toEqual(none);
    expect(dueExports([{ ...each, exportedSeq: 9 }], new Date(end))).toEqual(now);
  });

  it('once per start, however often that is delivered', () => {
    const last = { exportId: id, requestedAt: minutesLater, status: 'done' } as const;
    expect(found({ last }, '2024-11-06')).toEqual({ ...none, done: [{ round: closing.id, exportId: id }] });
    expect(found({ last }, '2024-11-07')).toEqual(now);
  });

  it('again when the export that the start made has failed', () => {
    expect(found({ last: { exportId: id, requestedAt: minutesLater, status: 'failed' } }, '2024-11-06')).toEqual(now);
  });

  it('not while it is being exported, whoever asked for that and when', () => {
    for (const requestedAt of [yesterday, minutesLater])
      expect(found({ last: { exportId: id, requestedAt, status: 'running' } }, '2024-11-06')).toEqual({
        ...none,
        running: [{ round: closing.id, exportId: id }],
      });
  });

  it('by nobody who is at it when it need not be exported', () => {
    expect(
      found({ exportedSeq: 10, last: { exportId: id, requestedAt: yesterday, status: 'running' } }, '2025-03-01'),
    ).toEqual(none);
  });
});

describe('rounds', () => {
  it('are judged each by itself, in their order', () => {
    const named = (name: string, rest: Partial<ExportableRound> = {}): ExportableRound => ({
      round: { ...closing, id: name },
      changedSeq: 3,
      ...rest,
    });
    const running = named('b', { last: { exportId: id, requestedAt: yesterday, status: 'running' } });
    expect(dueExports([named('a'), running, named('c')], start('2024-11-06'))).toEqual({
      due: ['a', 'c'],
      running: [{ round: 'b', exportId: id }],
      done: [],
    });
    expect(dueExports([], start('2024-11-06'))).toEqual(none);
  });
});
