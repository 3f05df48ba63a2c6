/** The short form of `npm run fuzz`, on other inputs every time: what fails prints the seed that repeats it. */

import { describe, expect, it } from 'vitest';
import { targets, tryTarget } from '../../fuzz/targets.ts';

const seed = Date.now() % 2 ** 31;

describe('anything that comes from outside is taken or refused, and nothing is thrown', () => {
  it.each(targets)('$name', async (target) => {
    await expect(tryTarget(target, target.share * 20, seed)).resolves.toBeUndefined();
  });

  it('which covers everything once', () => {
    expect(targets.reduce((sum, { share }) => sum + share, 0)).toBe(100);
  });
});
