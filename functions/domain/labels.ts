/** Labels that depend on the round: `{compareYear}` is the fiscal year that the round compares with. */

import type { RoundDefinition } from '../../schemas/round.ts';
import { printFiscalYear } from '../../schemas/values/partial-date.ts';

export function labelOf(label: string, { compareYear }: Pick<RoundDefinition, 'compareYear'>): string {
  const year = compareYear === undefined ? '前回調査の年度' : printFiscalYear(compareYear);
  return label.replaceAll('{compareYear}', year);
}
