import { expect, it } from 'vitest';
import { inBatches } from '../../../../functions/platform/in-batches.ts';

it('makes so many calls at once and gives the results in their order', async () => {
  let [running, most] = [0, 0];
  const results = await inBatches([1, 2, 3, 4, 5], 2, async (number) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return number * 10;
  });
  expect([results, most]).toEqual([[10, 20, 30, 40, 50], 2]);
  expect(await inBatches([], 2, async () => 1)).toEqual([]);
});
