/** Under which conditions the files of an export hold, as their covers say it. */

import { clockInJapan } from '../../../schemas/round.ts';
import { publicationNote, statusOf } from '../../domain/report/status.ts';
import type { ExportStatus } from '../../domain/report/status.ts';
import type { Audience } from '../../domain/summary.ts';

const details: Readonly<Record<Audience, string>> = {
  internal: '（提出済で確認中の回答を含む）',
  public: `。県が確認した回答のみを収録。${publicationNote}`,
};

export function printStatus(standing: ExportStatus): string {
  return `${statusOf(standing)}${details[standing.audience]}`;
}

/** An instant in Japan: `2024-11-20 13:00`. */
export function clockTimeInJapan(instant: string): string {
  return clockInJapan(new Date(instant)).replace('T', ' ');
}
