import { describe, expect, it } from 'vitest';
import { inBatches } from '../../../../functions/export/batches.ts';

async function* count(to: number, given: number[] = []): AsyncGenerator<number> {
  for (let number = 1; number <= to; number += 1) {
    given.push(number);
    yield number;
  }
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

describe('reading in batches', () => {
  it('gives everything once and in order, whether it fits or not', async () => {
    for (const to of [0, 1, 3, 4, 6]) {
      const batches = await all(inBatches(count(to), 3));
      expect(batches.flat()).toEqual(await all(count(to)));
      expect(batches.every(({ length }) => length > 0 && length <= 3)).toBe(true);
    }
  });

  it('holds no more than two batches', async () => {
    const given: number[] = [];
    let worked = 0;
    for await (const batch of inBatches(count(100, given), 10)) {
      expect(given.length - worked).toBeLessThanOrEqual(20);
      worked += batch.length;
    }
    expect(worked).toBe(100);
  });

  it('passes a failure of the source on, after the batches before it', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield* count(4);
      throw new Error('lost');
    }
    const seen: number[][] = [];
    const read = async (): Promise<void> => {
      for await (const batch of inBatches(failing(), 2)) seen.push(batch);
    };
    await expect(read()).rejects.toThrow('lost');
    expect(seen).toEqual([[1, 2], [3, 4]]);
  });

  it('ends the source when nobody reads on', async () => {
    let ended = false;
    async function* source(): AsyncGenerator<number> {
      try {
        yield* count(100);
      } finally {
        ended = true;
      }
    }
    for await (const batch of inBatches(source(), 2)) if (batch.length > 0) break;
    expect(ended).toBe(true);
  });
});
