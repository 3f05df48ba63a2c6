/** Which question of an earlier version of a form a question of now is, and whether its figures can stand beside each other. */

import type { Form } from '../../../schemas/form.ts';
import { monthsOf } from '../../../schemas/round.ts';
import type { Round } from '../../../schemas/round.ts';
import { comparisonNotes } from '../comparison.ts';
import { compareForms } from '../form-comparison.ts';

export interface AskedIn {
  readonly round: Pick<Round, 'id' | 'name' | 'fiscalYear' | 'period' | 'referenceDate'>;
  readonly form: Form;
}

export type SameQuestion =
  /** What it was called then, and what is to be said beside the figures. */
  | { readonly isSame: true; readonly id: string; readonly notes: readonly string[] }
  /** It was another one, or it was not asked at all. */
  | { readonly isSame: false; readonly isMissing: boolean; readonly reason: string };

/** A question and all around it, the innermost first. */
function around(id: string): string[] {
  const keys = id.split('.');
  return keys.map((_, index) => keys.slice(0, keys.length - index).join('.'));
}

function has({ items, measures }: Form, id: string): boolean {
  return items.has(id) || measures.some(({ measure }) => measure.id === id);
}

/** The questions behind it: itself with those around, and, of a named measure, all that it reads. */
function behind(form: Form, id: string): string[] {
  const measure = form.measures.find((each) => each.measure.id === id)?.measure;
  return [id, ...(measure?.reads ?? [])].flatMap(around);
}

function namesOf(options: readonly { readonly label: string }[]): string {
  return options.map(({ label }) => `「${label}」`).join('');
}

export function sameQuestion(before: AskedIn, now: AskedIn, id: string): SameQuestion {
  const { moved, changed, options, conditions } = compareForms(before.form, now.form);
  // A total of a table is named after it, and no question itself.
  const named = around(id).find((each) => has(now.form, each)) ?? id;
  const was = moved.find(({ to }) => to === named)?.from ?? named;
  const read = new Set(behind(now.form, id));
  const broken = changed.find((each) => read.has(each.id));
  if (broken !== undefined)
    return { isSame: false, isMissing: false, reason: `${comparisonNotes.changed}（${broken.what}）` };
  if (!has(before.form, was)) return { isSame: false, isMissing: true, reason: '設問なし' };
  const others = options.filter((each) => read.has(each.id));
  const [monthsBefore, months] = [monthsOf(before.round), monthsOf(now.round)];
  const isOverPeriod = [...read].some((each) => now.form.items.get(each)?.overPeriod === true);
  return {
    isSame: true,
    id: was + id.slice(named.length),
    notes: [
      ...others.flatMap(({ added }) => (added.length === 0 ? [] : [`選択肢の追加${namesOf(added)}`])),
      ...others.flatMap(({ retired }) => (retired.length === 0 ? [] : [`選択肢の廃止${namesOf(retired)}`])),
      ...(conditions.some((each) => read.has(each.id)) ? ['回答する団体の条件の変更あり'] : []),
      ...(isOverPeriod && monthsBefore !== months
        ? [`対象期間の長さが異なる（${monthsBefore}か月→${months}か月）`]
        : []),
    ],
  };
}
