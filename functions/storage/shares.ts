/**
 * Links for colleagues (共有). Whoever reads the table cannot use one: it keeps the hash of the random text in the link. What
 * is over for longer than anybody looks at it goes by itself.
 */

import type { ReturnKey } from '../../schemas/return.ts';
import { dayLength } from '../../schemas/round.ts';
import { share as schema } from '../../schemas/share.ts';
import type { Share } from '../../schemas/share.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { createKeptRecords } from './kept-records.ts';
import { sha256 } from './seal.ts';

/** So long a link that is over is still listed. */
const keptFor = 60 * dayLength;

export interface ShareStore {
  /** Those that are over too. */
  shares(key: ReturnKey): Promise<Share[]>;
  share(key: ReturnKey, id: string): Promise<Share | undefined>;
  /** Records who did. Refuses `round-disposed` and `busy`. */
  addShare(key: ReturnKey, share: Share): Promise<Outcome<Share>>;
  /** Without effect on one that is over already. Refuses `not-found` and `busy`. */
  endShare(key: ReturnKey, id: string, actor: string): Promise<Outcome<Share>>;
}

/** What names a link and does not open it. */
export function shareIdOf(secret: string): string {
  return sha256(secret);
}

export function createShareStore(context: StorageContext): ShareStore {
  const records = createKeptRecords(context, {
    kind: 'SHARE',
    schema,
    expiresAt: ({ expiresAt }) => Math.ceil((Date.parse(expiresAt) + keptFor) / 1000),
  });
  return {
    shares: (key) => records.all(key),
    share: (key, id) => records.read(key, id),
    addShare: (key, share) => records.add(key, share, { what: 'shared', actor: share.createdBy }),
    endShare: (key, id, actor) =>
      records.change(key, id, { what: 'shareEnded', actor }, (kept) =>
        done(
          kept.endedAt === undefined ? { ...kept, endedAt: context.now().toISOString(), endedBy: actor } : undefined,
        ),
      ),
  };
}
