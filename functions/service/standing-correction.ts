/** Telling what the prefecture corrected itself (職権訂正) from what it sent back: both end a version, for a reason. */

import type { ReturnKey } from '../../schemas/return.ts';
import type { Standing } from '../domain/life.ts';
import type { Store } from '../storage/store.ts';

/**
 * Whether what was sent back is what the prefecture corrected: nobody was asked to change anything. The version made with that
 * says so, also once the municipality withdrew it and submitted another.
 */
export async function standsCorrected(
  store: Pick<Store, 'version'>,
  key: ReturnKey,
  { version, sentBack, onBehalf }: Pick<Standing, 'version' | 'sentBack' | 'onBehalf'>,
): Promise<boolean> {
  if (sentBack === undefined || sentBack.version >= version) return false;
  const next = sentBack.version + 1;
  const by = next === version ? onBehalf : (await store.version(key, next))?.onBehalf;
  return by?.source === 'correction';
}
