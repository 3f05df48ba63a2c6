/** What the measures of a summary are called. */

import { unitNames } from '../../schemas/directory.ts';
import type { SummaryRow } from '../../schemas/export.ts';

export type Measure = SummaryRow['measure'];

export const measureNames: Readonly<Record<Measure, string>> = {
  count: '件数',
  sum: '合計',
  mean: '平均',
  median: '中央値',
  min: '最小',
  max: '最大',
  perMunicipality: `１${unitNames.municipality}当たり`,
  perCouncil: `１${unitNames.council}当たり`,
};

/** Of a figure that nobody has answered, which is something else than nought. */
export const nobodyAnswered = '回答なし';

/** What is said of a figure beside its question: nothing of a plain number. */
export function measureRemark(measure: Measure): string | undefined {
  return measure === 'count' || measure === 'sum' ? undefined : measureNames[measure];
}
