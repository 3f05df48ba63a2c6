/** Which numbers of the report are drawn beside their table. */

import type { Bar, Bars } from './document.ts';

/** Numbers that the table shows at a glance. */
const fewNumbers = 3;

/** Where there is something to compare: more than a few numbers, and not all of them the same. */
export function bars(title: string, unit: string, series: readonly string[], all: readonly Bar[]): Bars[] {
  const drawn = all.flatMap(({ values }) => values.filter((value) => value > 0));
  const isChart = drawn.length > fewNumbers && new Set(drawn).size > 1;
  return isChart ? [{ kind: 'bars', title, unit, series, bars: all }] : [];
}
