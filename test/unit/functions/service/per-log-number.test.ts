import { describe, expect, it } from 'vitest';
import { perLogNumber } from '../../../../functions/service/per-log-number.ts';

/** The store is a key here and nothing else. */
const service = { store: {} };

describe('what is kept per log number', () => {
  it('is worked out once while the round stands still', async () => {
    const kept = perLogNumber(async ({ store }: { store: object }, name: string) => ({ store, name }));
    const first = await kept(service, 'R6', 7, 'a');
    expect(await kept(service, 'R6', 7, 'a')).toBe(first);
    expect(await kept(service, 'R6', 8, 'a')).not.toBe(first);
    expect(await kept({ store: {} }, 'R6', 8, 'a')).toEqual({ store: {}, name: 'a' });
  });

  it('is not kept when it failed', async () => {
    let calls = 0;
    const kept = perLogNumber<{ store: object }, [], number>(async () => {
      calls += 1;
      if (calls === 1) throw new Error('table is busy');
      return calls;
    });
    await expect(kept(service, 'R6', 1)).rejects.toThrow('busy');
    expect(await kept(service, 'R6', 1)).toBe(2);
  });
});
