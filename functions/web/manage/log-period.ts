/** The days that the log is looked at for, as people type them: from a day to a day, both included, in Japan. Pure. */

import { endOf, startOf } from '../../../schemas/round.ts';
import { firstDay, lastDay, readPartialDate } from '../../../schemas/values/partial-date.ts';

export interface LogPeriod {
  readonly typed: { readonly from: string; readonly to: string };
  /** Instants in UTC; `until` is the first moment that is too late. */
  readonly from?: string;
  readonly until?: string;
  readonly errors: ReadonlyMap<'from' | 'to', string>;
}

/** A year or a month counts from its first day to its last. */
export function readLogPeriod(query: Readonly<Record<string, string | undefined>>): LogPeriod {
  const [from, to] = [query['from'], query['to']].map((text) => (text ?? '').trim());
  const typed = { from: from ?? '', to: to ?? '' };
  const errors = new Map<'from' | 'to', string>();
  const dayOf = (name: 'from' | 'to', day: (date: string) => string): string | undefined => {
    if (typed[name] === '') return undefined;
    const read = readPartialDate(typed[name]);
    if (read.ok) return day(read.value);
    errors.set(name, read.problem.message);
    return undefined;
  };
  const [first, last] = [dayOf('from', firstDay), dayOf('to', lastDay)];
  if (first !== undefined && last !== undefined && last < first)
    errors.set('to', '「いつまで」が「いつから」より前です。');
  return {
    typed,
    errors,
    ...(first === undefined ? {} : { from: new Date(startOf(first)).toISOString() }),
    ...(last === undefined ? {} : { until: new Date(endOf(last)).toISOString() }),
  };
}
