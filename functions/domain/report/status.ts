/** Whether the figures of an export are final, in words that stay true wherever its files are copied to. */

import type { AsOf, FormCounts } from '../../../schemas/export.ts';
import type { Audience } from '../summary.ts';
import { printDayInJapan } from './words.ts';

/** An export says nothing about whether it was published: the same files are the draft and the edition. */
export const publicationNote = '公表の有無は公表版の目録による。';

export interface ExportStatus {
  readonly audience: Audience;
  readonly asOf: AsOf;
  readonly forms: readonly { readonly counts: FormCounts }[];
}

/** 確定値 only when every return that is to come is accepted, and none of them is under correction. */
export function statusOf({ audience, asOf, forms }: ExportStatus): string {
  if (audience === 'internal') return '内部検討用・取扱注意';
  const isFinal = forms.every(
    ({ counts: { expected, accepted, absent = 0, correcting } }) => accepted + absent === expected && correcting === 0,
  );
  const day = `（${printDayInJapan(asOf.at)}現在）`;
  return isFinal ? `確定値${day}` : `県が確認した回答の集計${day}`;
}
