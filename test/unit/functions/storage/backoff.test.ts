import { describe, expect, it } from 'vitest';
import { backoff } from '../../../../functions/storage/backoff.ts';

async function pauses(random: number): Promise<number[]> {
  const waited: number[] = [];
  const wait = (milliseconds: number) => {
    waited.push(milliseconds);
    return Promise.resolve();
  };
  const pause = backoff({ wait, random: () => random });
  while (await pause());
  return waited;
}

describe('waiting for the next try', () => {
  it('grows, up to a longest pause', async () => {
    const waited = await pauses(0.999);
    expect(waited.slice(0, 3)).toEqual([16, 31, 61]);
    expect(Math.max(...waited)).toBeLessThan(700);
  });

  it('is spread from almost nothing', async () => {
    expect((await pauses(0))[0]).toBe(1);
  });

  it('ends after some ten seconds', async () => {
    const total = (await pauses(0.5)).reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThanOrEqual(10_000);
    expect(total).toBeLessThan(11_000);
  });
});
