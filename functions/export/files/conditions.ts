/** Under which conditions the files of an export hold, as their covers say it. */

import type { Audience } from '../../domain/summary.ts';

const statuses: Readonly<Record<Audience, string>> = {
  internal: '内部検討用・取扱注意（提出済で確認中の回答を含む）',
  public: '公表用（確認済の回答のみ）。県が公表を決定するまでは公表案です。',
};

export function printStatus(audience: Audience): string {
  return statuses[audience];
}

const japanTime = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'short' });

/** An instant in Japan: `2024-11-20 13:00`. */
export function printInstant(instant: string): string {
  return japanTime.format(new Date(instant));
}
