/**
 * The figures of one question over the rounds that asked it (経年), going back from a round as long as the question means the
 * same; where it became another one the series ends, and says so. Years without a figure are named.
 */

import type { SummaryRow } from '../../../schemas/export.ts';
import { listsAround } from '../../../schemas/form.ts';
import { sameQuestion } from './same-question.ts';
import type { AskedIn, SameQuestion } from './same-question.ts';

/** A round with the figures of its form, as its summary has them. */
export interface SeriesRound extends AskedIn {
  readonly rows: readonly SummaryRow[];
}

/** Of the rows of a summary those that a series reads, without the units behind them. */
export function seriesRows(rows: readonly SummaryRow[]): SummaryRow[] {
  return rows
    .filter(({ measure }) => measure === 'count' || measure === 'sum' || measure === 'mean')
    .map(({ units: _units, kinds: _kinds, ...row }) => row);
}

interface SeriesPoint {
  readonly round: string;
  readonly name: string;
  readonly fiscalYear: number;
  /** Absent where the question was another one, or none. */
  readonly figures?: {
    /** How many answered. */
    readonly base: number;
    /** Of a number; `null` where nobody answered, and 0 where the lists that it stands in have no rows. */
    readonly sum?: number | null;
    /** As it is printed. */
    readonly mean?: string;
    /** Of a question with options, how many chose each; one that the round did not have is not there. */
    readonly options?: ReadonlyMap<string, number>;
  };
  /** Why there is none, and what else is to be said. */
  readonly notes: readonly string[];
}

/** Whether anybody answered, be it that there are no rows. */
export function isAnswered({ base, sum }: NonNullable<SeriesPoint['figures']>): boolean {
  return base > 0 || typeof sum === 'number';
}

export interface TimeSeries {
  /** Oldest first. */
  readonly points: readonly SeriesPoint[];
  /** Fiscal years between them in which no round asked the form. */
  readonly yearsWithout: readonly number[];
}

/** Whether somebody gave a list around the question without any row: more lists were given than have rows. */
function isInEmptyList({ form, rows }: SeriesRound, question: string): boolean {
  const lists = new Set(listsAround(question, form.items).map(({ id }) => id));
  return rows.some((row) => lists.has(row.question) && row.value !== null && row.value < row.base);
}

function figuresOf(of: SeriesRound, question: string): SeriesPoint['figures'] {
  const { rows } = of;
  const own = rows.filter((row) => row.question === question);
  const [first] = own;
  if (first === undefined) return undefined;
  if (first.option !== undefined)
    return { base: first.base, options: new Map(own.map(({ option = '', value }) => [option, value ?? 0])) };
  const at = (measure: SummaryRow['measure']): SummaryRow | undefined => own.find((row) => row.measure === measure);
  const [sum, mean] = [at('sum') ?? at('count'), at('mean')?.shown];
  return {
    base: first.base,
    ...(sum === undefined ? {} : { sum: sum.base > 0 ? sum.value : isInEmptyList(of, question) ? 0 : null }),
    ...(mean === undefined ? {} : { mean }),
  };
}

/** @param rounds the round itself first, then those before, the newest first; each asks the form */
export function timeSeries([now, ...earlier]: readonly SeriesRound[], question: string): TimeSeries {
  const points: SeriesPoint[] = [];
  const push = ({ round: { id, name, fiscalYear } }: AskedIn, point: Pick<SeriesPoint, 'figures' | 'notes'>): void => {
    points.unshift({ round: id, name, fiscalYear, ...point });
  };
  if (now === undefined) return { points, yearsWithout: [] };
  push(now, { figures: figuresOf(now, question), notes: [] });
  let last: AskedIn = now;
  let id = question;
  let ended: string | undefined;
  for (const each of earlier) {
    const same: SameQuestion | undefined = ended === undefined ? sameQuestion(each, last, id) : undefined;
    if (same === undefined) push(each, { notes: [ended ?? ''] });
    else if (same.isSame) {
      push(each, { figures: figuresOf(each, same.id), notes: [] });
      // What changed since is said at the round that changed it.
      const changed = points[1];
      if (changed !== undefined && same.notes.length > 0)
        points[1] = { ...changed, notes: [...changed.notes, ...same.notes] };
      last = each;
      id = same.id;
    } else {
      push(each, { notes: [same.reason] });
      // A question that a round left out may have been asked before; one that became another stays so.
      if (!same.isMissing) ended = same.reason;
    }
  }
  const years = new Set(points.map(({ fiscalYear }) => fiscalYear));
  const [from, to] = [Math.min(...years), Math.max(...years)];
  const yearsWithout = Array.from({ length: to - from }, (_, index) => from + index).filter((year) => !years.has(year));
  return { points, yearsWithout };
}
