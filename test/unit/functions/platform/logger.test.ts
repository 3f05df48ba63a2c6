import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createOperatorLog } from '../../../../functions/platform/logger.ts';
import { inRequest } from '../../../../functions/platform/request-context.ts';

async function written(work: () => unknown): Promise<unknown[]> {
  const lines: string[] = [];
  const write = (line: unknown): boolean => lines.push(String(line)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(write));
  const restore = (): void => spies.forEach((spy) => spy.mockRestore());
  onTestFinished(restore);
  await work();
  restore();
  return lines.map((line) => JSON.parse(line));
}

describe('a line of the log', () => {
  it('is JSON and names the request that it is about, however late it is written', async () => {
    const log = createOperatorLog('http');
    const lines = await written(() =>
      Promise.all(
        ['a', 'b'].map((requestId) =>
          inRequest({ requestId, functionRequestId: `lambda-${requestId}` }, async () => {
            await Promise.resolve();
            log.info('export-done', { round: 'r6' });
          }),
        ),
      ),
    );
    expect(lines).toMatchObject([
      { level: 'INFO', message: 'export-done', round: 'r6', requestId: 'a', functionRequestId: 'lambda-a' },
      { level: 'INFO', message: 'export-done', round: 'r6', requestId: 'b', functionRequestId: 'lambda-b' },
    ]);
  });

  it('names none outside a request', async () => {
    const [line] = await written(() => createOperatorLog('export').info('exports-due'));
    expect(line).not.toHaveProperty('requestId');
  });

  it('about an error tells its class and where it was, and not its message, which may quote an answer', async () => {
    const log = createOperatorLog('http');
    const [line] = await written(() =>
      inRequest({ requestId: 'a' }, () => log.error('page failed', new RangeError('回答の本文'), { method: 'GET' })),
    );
    expect(line).toMatchObject({
      level: 'ERROR',
      error: 'RangeError',
      method: 'GET',
      requestId: 'a',
      trace: expect.stringContaining('logger.test.ts'),
    });
    expect(JSON.stringify(line)).not.toContain('回答の本文');
  });
});
