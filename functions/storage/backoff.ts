/** Waiting before the next try: longer each time, spread at random, bounded in total. */

import type { StorageContext } from './context.ts';

const first = 15;
const longest = 600;
/** Milliseconds of waiting after which a call gives up; with the requests between, some 12 seconds. */
const budget = 10_000;

type Clock = Pick<StorageContext, 'wait' | 'random'>;

export function backoff({ wait, random }: Clock): () => Promise<boolean> {
  let ceiling = first;
  let waited = 0;
  return async () => {
    if (waited >= budget) return false;
    const pause = Math.ceil(random() * ceiling) + 1;
    ceiling = Math.min(ceiling * 2, longest);
    waited += pause;
    await wait(pause);
    return true;
  };
}
