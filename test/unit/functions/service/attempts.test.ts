import { describe, expect, it } from 'vitest';
import { withAttempts } from '../../../../functions/service/attempts.ts';

describe('trying again', () => {
  it('gives the first success and tells of the failures before it', async () => {
    const told: [string, number][] = [];
    let calls = 0;
    const action = async (): Promise<number> => {
      calls += 1;
      if (calls < 3) throw new Error(`no ${calls}`);
      return calls;
    };
    expect(await withAttempts(3, action, (error, attempt) => told.push([String(error), attempt]))).toBe(3);
    expect(told).toEqual([
      ['Error: no 1', 1],
      ['Error: no 2', 2],
    ]);
  });

  it('throws what the last attempt threw', async () => {
    let calls = 0;
    const action = async (): Promise<never> => {
      calls += 1;
      throw new Error(`no ${calls}`);
    };
    await expect(withAttempts(2, action, () => undefined)).rejects.toThrow('no 2');
    expect(calls).toBe(2);
  });
});
