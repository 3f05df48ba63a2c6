/**
 * Links for colleagues (共有). Whoever reads the table cannot use one: it keeps the hash of the random text in the link.
 * They lie with what stands of their round and go with it; what is over longer than the log is looked at goes by itself.
 */

import * as z from 'zod';
import type { ReturnKey } from '../../schemas/return.ts';
import { dayLength } from '../../schemas/round.ts';
import { share } from '../../schemas/share.ts';
import type { Share } from '../../schemas/share.ts';
import { done } from '../domain/outcome.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { StorageContext } from './context.ts';
import { disposedRound } from './disposals.ts';
import { putOver } from './export-items.ts';
import type { AccessRecord } from './items.ts';
import { accessKey, isReturnKey, metaKey, shareKey, sharePrefix } from './keys.ts';
import { readAll, readItem } from './reads.ts';
import { sha256 } from './seal.ts';
import { putNew, transact } from './transact.ts';
import type { TransactionStep, Write } from './transact.ts';

const shareItem = z.object({ share: z.string(), operation: z.string() });
/** So long a link that is over is still listed. */
const keptFor = 60 * dayLength;

export interface ShareStore {
  /** Those that are over too, the newest first. */
  shares(key: ReturnKey): Promise<Share[]>;
  share(key: ReturnKey, id: string): Promise<Share | undefined>;
  /** Records who did. Refuses `round-disposed` and `busy`. */
  addShare(key: ReturnKey, share: Share): Promise<Outcome<Share>>;
  /** Without effect on one that is over already. Refuses `busy`. */
  endShare(key: ReturnKey, id: string, actor: string): Promise<Outcome<undefined>>;
}

/** What names a link and does not open it. */
export function shareIdOf(secret: string): string {
  return sha256(secret);
}

export function createShareStore(context: StorageContext): ShareStore {
  const { table, now, randomId } = context;

  function itemOf(key: ReturnKey, value: Share, operation: string) {
    const expiresAt = Math.ceil((Date.parse(value.expiresAt) + keptFor) / 1000);
    return { ...shareKey(key, value.id), share: JSON.stringify(value), expiresAt, operation };
  }

  function recorded({ round, form, unit }: ReturnKey, what: AccessRecord['what'], actor: string): Write {
    const at = now().toISOString();
    const record: AccessRecord = { what, actor, return: { form, unit }, at };
    return putNew(table, { ...accessKey(round, at, randomId()), record: JSON.stringify(record) });
  }

  async function read(key: ReturnKey, id: string): Promise<{ share: Share; operation: string } | undefined> {
    const item = isReturnKey(key) ? await readItem(context, shareKey(key, id)) : undefined;
    if (item === undefined) return undefined;
    const { share: text, operation } = shareItem.parse(item);
    return { share: share.parse(JSON.parse(text)), operation };
  }

  return {
    shares: async (key) => {
      const items = await readAll(context, { pk: metaKey(key.round).pk, prefix: sharePrefix(key) });
      return items
        .map((item) => share.parse(JSON.parse(shareItem.parse(item).share)))
        .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    },
    share: async (key, id) => (await read(key, id))?.share,
    addShare: (key, value) =>
      transact<Share>(context, async (operation) => {
        const gone = disposedRound(await readItem(context, metaKey(key.round)));
        if (gone !== undefined) return gone;
        const writes = [
          {
            ConditionCheck: { TableName: table, Key: metaKey(key.round), ConditionExpression: 'attribute_exists(seq)' },
          },
          putNew(table, itemOf(key, value, operation)),
          recorded(key, 'shared', value.createdBy),
        ];
        return done<TransactionStep<Share>>({ kind: 'write', writes, proof: shareKey(key, value.id), value });
      }),
    endShare: (key, id, actor) =>
      transact<undefined>(context, async (operation) => {
        const kept = await read(key, id);
        if (kept === undefined || kept.share.endedAt !== undefined)
          return done<TransactionStep<undefined>>({ kind: 'settled', value: undefined });
        const ended = { ...kept.share, endedAt: now().toISOString(), endedBy: actor };
        const writes = [
          putOver(table, itemOf(key, ended, operation), kept.operation),
          recorded(key, 'shareEnded', actor),
        ];
        return done<TransactionStep<undefined>>({
          kind: 'write',
          writes,
          proof: shareKey(key, id),
          value: undefined,
        });
      }),
  };
}
