import { describe, expect, it } from 'vitest';
import { machineInstant, timeLeft } from '../../../../../functions/web/shared/japan-time.ts';
import { printInstant } from '../../../../../functions/domain/print-instant.ts';

describe('an instant', () => {
  it.each([
    ['2024-11-29T08:00:00Z', '令和6年11月29日 17:00', '2024-11-29T08:00:00.000Z'],
    ['2024-11-29T17:00:00+09:00', '令和6年11月29日 17:00', '2024-11-29T08:00:00.000Z'],
    ['2024-11-29T17:00', '令和6年11月29日 17:00', '2024-11-29T08:00:00.000Z'],
    [new Date('2019-04-30T14:59:59Z'), '平成31年4月30日 23:59', '2019-04-30T14:59:59.000Z'],
    [new Date('2019-04-30T15:00:00Z'), '令和元年5月1日 00:00', '2019-04-30T15:00:00.000Z'],
  ])('%s is read in Japan', (at, people, machines) => {
    expect(printInstant(at)).toBe(people);
    expect(machineInstant(at)).toBe(machines);
  });

  it('that is a bare day stays that day', () => {
    expect(printInstant('2024-11-29')).toBe('令和6年11月29日');
    expect(machineInstant('2024-11-29')).toBe('2024-11-29');
  });
});

describe('the time left', () => {
  it.each([
    ['2024-11-29', '2024-11-26T00:00:00+09:00', 'left', '残り3日'],
    ['2024-11-29', '2024-11-28T23:59:59+09:00', 'left', '残り1日'],
    ['2024-11-29', '2024-11-29T00:00:00+09:00', 'today', '本日締切'],
    ['2024-11-29', '2024-11-29T23:59:59+09:00', 'today', '本日締切'],
    ['2024-11-29', '2024-11-30T00:00:00+09:00', 'past', '期限を1日過ぎています'],
    ['2024-11-29', '2024-12-01T00:00:00+09:00', 'past', '期限を2日過ぎています'],
    ['2024-11-29T17:00', '2024-11-28T17:01:00+09:00', 'left', '残り1日'],
    ['2024-11-29T17:00', '2024-11-29T16:59:00+09:00', 'today', '本日締切'],
    ['2024-11-29T17:00', '2024-11-29T17:00:00+09:00', 'past', '期限を過ぎています'],
    ['2024-11-29T17:00', '2024-11-30T00:00:00+09:00', 'past', '期限を1日過ぎています'],
    ['2024-11-30T00:00', '2024-11-29T23:59:00+09:00', 'today', '本日締切'],
  ])('until %s at %s', (dueAt, now, kind, text) => {
    expect(timeLeft(dueAt, new Date(now))).toEqual({ kind, text });
  });
});
