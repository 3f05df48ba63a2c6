import { describe, expect, it } from 'vitest';
import { readLogPeriod } from '../../../../../functions/web/manage/log-period.ts';

describe('the days that the log is looked at for', () => {
  it('begin and end at midnight in Japan, both days included', () => {
    const { from, until, errors } = readLogPeriod({ from: '令和6年11月1日', to: '2024/11/2' });
    expect([from, until]).toEqual(['2024-10-31T15:00:00.000Z', '2024-11-02T15:00:00.000Z']);
    expect(errors.size).toBe(0);
  });

  it('may be months or years, from the first day to the last', () => {
    const { from, until } = readLogPeriod({ from: 'R6.11', to: '2024' });
    expect([from, until]).toEqual(['2024-10-31T15:00:00.000Z', '2024-12-31T15:00:00.000Z']);
  });

  it('are open where nothing is typed', () => {
    expect(readLogPeriod({ from: ' ' })).toEqual({ typed: { from: '', to: '' }, errors: new Map() });
  });

  it('are kept as typed where they are no dates, each with its error', () => {
    const { typed, from, until, errors } = readLogPeriod({ from: '6年11月1日', to: '2024-02-30' });
    expect([typed, from, until]).toEqual([{ from: '6年11月1日', to: '2024-02-30' }, undefined, undefined]);
    expect(errors.get('from')).toContain('元号がありません');
    expect(errors.get('to')).toContain('暦にない日付');
  });

  it('do not end before they begin', () => {
    expect([...readLogPeriod({ from: '2024-11-02', to: '2024-11-01' }).errors.keys()]).toEqual(['to']);
    expect(readLogPeriod({ from: '2024-11-02', to: '2024-11-02' }).errors.size).toBe(0);
  });
});
