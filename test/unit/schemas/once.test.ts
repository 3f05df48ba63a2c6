import { describe, expect, it } from 'vitest';
import { loadedOnce, once } from '../../../schemas/once.ts';

/** Fails as often as it is told to, then gives how often it was asked. */
function failing(times: number): () => number {
  let asked = 0;
  return () => {
    asked += 1;
    if (asked <= times) throw new Error(`failure ${asked}`);
    return asked;
  };
}

describe('what is made once', () => {
  it('is made when it is first asked for, and again only after an error', () => {
    const made = once(failing(1));
    expect(made).toThrow('failure 1');
    expect([made(), made()]).toEqual([2, 2]);
  });
});

describe('what is loaded once', () => {
  it('is loaded for all who ask at the same time', async () => {
    const load = failing(0);
    const loaded = loadedOnce(async () => load());
    expect(await Promise.all([loaded(), loaded()])).toEqual([1, 1]);
  });

  it('is told to have failed to all who asked, and loaded anew for who asks later', async () => {
    const load = failing(1);
    const loaded = loadedOnce(async () => load());
    expect((await Promise.allSettled([loaded(), loaded()])).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect([await loaded(), await loaded()]).toEqual([2, 2]);
  });
});
