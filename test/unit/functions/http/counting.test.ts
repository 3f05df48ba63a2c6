import { describe, expect, it } from 'vitest';
import { done, refused } from '../../../../functions/domain/outcome.ts';
import { counting } from '../../../../functions/http/counting.ts';
import type { OperatorMetric } from '../../../../functions/platform/metrics.ts';

function recorder(): { counted: OperatorMetric[]; count: (metric: OperatorMetric) => void } {
  const counted: OperatorMetric[] = [];
  return { counted, count: (metric) => counted.push(metric) };
}

describe('an action that is counted', () => {
  it('counts once it is done, and gives what the action gave', async () => {
    const metrics = recorder();
    const submit = counting(metrics, 'Submissions', async (unit: string) => done({ unit }));
    expect(await submit('112038')).toEqual(done({ unit: '112038' }));
    expect(metrics.counted).toEqual(['Submissions']);
  });

  it('does not count when it is refused, or fails', async () => {
    const metrics = recorder();
    await counting(metrics, 'Submissions', async () => refused('closed'))();
    await expect(counting(metrics, 'Submissions', () => Promise.reject(new Error('no table')))()).rejects.toThrow(
      'no table',
    );
    expect(metrics.counted).toEqual([]);
  });

  it('does not count when it only says again what was done before', async () => {
    const metrics = recorder();
    const submit = counting(
      metrics,
      'Submissions',
      async (replayed: boolean) => done({ replayed }),
      ({ replayed }) => !replayed,
    );
    await submit(false);
    await submit(true);
    expect(metrics.counted).toEqual(['Submissions']);
  });
});
