/** What the prefecture decides about published editions: that one is taken back, and whether a round has a public address. */

import * as z from 'zod';
import { longestReason, written } from './return.ts';

const instant = z.iso.datetime();

/** 公表の取りやめ: why. It is in the log and on the prefecture's pages, and nowhere public. */
export const withdrawalRequest = z.strictObject({
  reason: written(longestReason, '公表を取りやめる理由を記入してください。'),
});

/** That an edition was taken back, by whom and why; and when its files were removed from where editions lie. */
export const editionWithdrawal = z.object({
  at: instant,
  actor: z.string(),
  reason: z.string(),
  filesRemovedAt: instant.optional(),
});
export type EditionWithdrawal = z.infer<typeof editionWithdrawal>;

const addressChange = z.object({ isOpen: z.boolean(), at: instant, actor: z.string() });
export type AddressChange = z.infer<typeof addressChange>;

/** 公開用アドレス of a round: whether anybody may read its editions there, and every time that this was changed, oldest first. */
export const publicAddress = z.strictObject({ isOpen: z.boolean(), changes: z.array(addressChange) });
export type PublicAddress = z.infer<typeof publicAddress>;
