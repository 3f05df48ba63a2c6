/** What the report says of its difference from the edition before; the corrections themselves are in `errata.csv` and `errata.returns.csv`. */

import type { Summary } from '../../../schemas/export.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { figureCorrections } from '../errata.ts';
import type { CorrectionKind } from '../errata.ts';
import { dayInJapan } from './words.ts';

/** One sentence, or none where no public figure is another one now. */
export function correctionNotes(
  { edition, asOf, rows }: Pick<Summary, 'asOf' | 'rows'> & { readonly edition: number },
  now: Summary['rows'],
): string[] {
  const corrections = figureCorrections(rows, now);
  if (corrections.length === 0) return [];
  const times = (change: CorrectionKind): string => printCount(corrections.filter((each) => each.change === change).length);
  const numbers = `訂正${times('changed')}件、追加${times('added')}件、削除${times('removed')}件`;
  return [`第${edition}版（${dayInJapan(asOf.at)}現在）の集計値を改めた（${numbers}）。内容は公表版の正誤表（集計値は errata.csv、回答は errata.returns.csv）による。`];
}
