import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createOperatorMetrics } from '../../../../functions/platform/metrics.ts';

/** What a function writes to its log while it counts. */
function written(count: () => void): string[] {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  onTestFinished(() => spy.mockRestore());
  count();
  spy.mockRestore();
  return lines;
}

describe('a metric', () => {
  it('is one line of the log, written at once: there is nothing to flush', () => {
    const metrics = createOperatorMetrics('Yoriai/saitama', 'http');
    const lines = written(() => {
      metrics.count('Submissions');
      metrics.count('Conflicts');
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ Submissions: 1 }, { Conflicts: 1 }]);
  });

  it('belongs to the deployment, has one dimension, and says nothing else', () => {
    const metrics = createOperatorMetrics('Yoriai/saitama', 'export');
    const [line = ''] = written(() => metrics.count('ExportsDone'));
    expect(JSON.parse(line)).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          { Namespace: 'Yoriai/saitama', Dimensions: [['service']], Metrics: [{ Name: 'ExportsDone', Unit: 'Count' }] },
        ],
      },
      service: 'export',
      ExportsDone: 1,
    });
  });
});
