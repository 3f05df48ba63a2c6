/** What the functions of rules do with values. `undefined` is an answer that is not there. */

import type { Json } from '../values/json.ts';
import { isObject } from '../values/json.ts';
import { fiscalYearOf, firstDay, isPartialDate, lastDay } from '../values/partial-date.ts';
import { sameValue } from './comparison.ts';
import type { RuleContext, Run, Step } from './run.ts';
import type { CalledFunction } from './tree.ts';

type Args = readonly Step[];
type Value = Json | undefined;

/** Without the last digits, which binary fractions get wrong: 0.1 + 0.2 is 0.3. */
export function finite(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

function argument([first]: Args, run: Run): Value {
  return first?.(run);
}

/** Of the only argument. */
function of(map: (value: Value, run: Run) => Json): (args: Args) => Step {
  return (args) => (run) => map(argument(args, run), run);
}

function overList(map: (list: readonly Json[]) => Json): (args: Args) => Step {
  return of((value, run) => (Array.isArray(value) && run.take(value.length) ? map(value) : null));
}

/** Of a list of numbers alone: `null` among them makes it `null`, and so does none. */
function overNumbers(map: (numbers: readonly number[]) => number): (args: Args) => Step {
  return overList((list) => {
    const numbers = list.filter((each) => typeof each === 'number');
    return numbers.length < list.length || list.length === 0 ? null : finite(map(numbers));
  });
}

function add(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

/** The numbers in a table, row, column or list, blanks left out; a list of tables is as deep as it goes. */
function numbersIn(value: Value, run: Run, levels = 3): number[] {
  if (typeof value === 'number') return [value];
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return levels > 0 && run.take(inner.length) ? inner.flatMap((each) => numbersIn(each, run, levels - 1)) : [];
}

/** Halves away from zero, by the digits as they are printed. */
export function roundHalfUp(value: number, places: number): number {
  // What is very small or large is printed with an exponent of its own.
  const [digits, exponent = '0'] = String(Math.abs(value)).split('e');
  const shifted = Math.round(Number(`${digits}e${Number(exponent) + places}`));
  if (!Number.isSafeInteger(shifted)) return value;
  return Math.sign(value) * Number(`${shifted}e-${places}`);
}

function isDate(value: Value): value is string {
  return typeof value === 'string' && isPartialDate(value);
}

type Period = NonNullable<RuleContext['round']>['period'];

function isOutside(date: string, period: Period): boolean {
  return lastDay(date) < firstDay(period.from) || firstDay(date) > lastDay(period.to);
}

const timesAYear: ReadonlyMap<Value, number> = new Map([
  ['week', 52],
  ['month', 12],
  ['year', 1],
]);

function months({ from, to }: Period): number {
  const month = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return month(lastDay(to)) - month(firstDay(from)) + 1;
}

/** The fewest times that a frequency gives over the round's period; 0 when it is as needed only. */
function planned(value: Value, period: Period): number | null {
  if (value === 'asNeeded') return 0;
  if (!isObject(value) || !isObject(value['times'])) return null;
  const { min } = value['times'];
  const times = timesAYear.get(value['per']);
  return typeof min === 'number' && times !== undefined ? (min * times * months(period)) / 12 : null;
}

export const functions: Readonly<Record<CalledFunction, (args: Args) => Step>> = {
  count: overList((list) => list.length),
  sum: overNumbers(add),
  min: overNumbers((numbers) => numbers.reduce((a, b) => Math.min(a, b))),
  max: overNumbers((numbers) => numbers.reduce((a, b) => Math.max(a, b))),
  abs: of((value) => (typeof value === 'number' ? Math.abs(value) : null)),
  'round half up':
    ([value, places]) =>
    (run) => {
      const number = value?.(run);
      const digits = places?.(run);
      return typeof number === 'number' && typeof digits === 'number' ? roundHalfUp(number, digits) : null;
    },
  'list contains':
    ([list, element]) =>
    (run) => {
      const entries = list?.(run);
      const wanted = element?.(run) ?? null;
      if (!Array.isArray(entries) || !run.take(entries.length)) return null;
      return entries.some((each) => sameValue(each, wanted));
    },
  contains:
    ([text, part]) =>
    (run) => {
      const whole = text?.(run);
      const wanted = part?.(run);
      return typeof whole === 'string' && typeof wanted === 'string' ? whole.includes(wanted) : null;
    },
  'string length': of((value) => (typeof value === 'string' ? Array.from(value).length : null)),
  not: of((value) => (typeof value === 'boolean' ? !value : null)),
  answered: of((value) => value !== undefined),
  empty: of((value) => value === undefined || value === null || (Array.isArray(value) && value.length === 0)),
  'not applicable': of((value) => value === null),
  'outside period': of((value, { situation: { about } }) =>
    isDate(value) && about?.round !== undefined ? isOutside(value, about.round.period) : null,
  ),
  total: of((value, run) => {
    const numbers = numbersIn(value, run);
    return numbers.length === 0 ? null : finite(add(numbers));
  }),
  planned: of((value, { situation: { about } }) =>
    about?.round === undefined ? null : planned(value, about.round.period),
  ),
  'fiscal year': of((value) => (isDate(value) ? fiscalYearOf(firstDay(value)) : null)),
};
