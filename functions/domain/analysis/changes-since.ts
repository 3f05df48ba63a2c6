/** What changed in a question since an earlier round: the one comparison behind page, API and workbook. */

import type { Directory } from '../../../schemas/directory.ts';
import type { Form } from '../../../schemas/form.ts';
import type { Round } from '../../../schemas/round.ts';
import { lineageOf } from '../lineage.ts';
import { sameQuestion } from './same-question.ts';
import { changesByUnit } from './unit-changes.ts';
import type { UnitChanges } from './unit-changes.ts';
import type { UnitAnswers } from './unit-answers.ts';
import { variablesOf } from './variables.ts';
import type { NumberVariable, OptionsVariable, Variable } from './variables.ts';

export interface FormOfRound {
  readonly round: Round;
  readonly form: Form;
  readonly directory: Directory;
}

/** The question of then that a question of now is compared with, and what is to be said beside the figures. */
export type Compared = { readonly notes: readonly string[] } & (
  | { readonly of: 'numbers'; readonly now: NumberVariable; readonly before: NumberVariable }
  | { readonly of: 'options'; readonly now: OptionsVariable; readonly before: OptionsVariable }
);

/** Or why it is compared with none. */
export function comparedWith(earlier: FormOfRound, current: FormOfRound, now: Variable): Compared | string {
  const same = sameQuestion(earlier, current, now.id);
  if (!same.isSame) return same.reason;
  const before = variablesOf(earlier.form).find(({ id }) => id === same.id);
  if (before === undefined) return '設問なし';
  const { notes } = same;
  if (now.of === 'numbers' && before.of === 'numbers') return { of: 'numbers', now, before, notes };
  if (now.of === 'options' && before.of === 'options') return { of: 'options', now, before, notes };
  return '設問の種類が違います。';
}

export interface AnsweredForm extends FormOfRound {
  readonly answers: UnitAnswers;
}

export function numberChanges(
  earlier: AnsweredForm,
  current: AnsweredForm,
  { now, before }: Extract<Compared, { of: 'numbers' }>,
): UnitChanges<number> {
  return changesByUnit({
    now: current.answers.numbersOf(now),
    before: earlier.answers.numbersOf(before),
    lineageOf: (code) => lineageOf(current.directory, code, earlier),
    together: now.addsUp && now.places === 0 ? (values) => values.reduce((sum, value) => sum + value, 0) : undefined,
  });
}

export function optionChanges(
  earlier: AnsweredForm,
  current: AnsweredForm,
  { now, before }: Extract<Compared, { of: 'options' }>,
): UnitChanges<readonly string[]> {
  return changesByUnit({
    now: current.answers.chosenOf(now),
    before: earlier.answers.chosenOf(before),
    lineageOf: (code) => lineageOf(current.directory, code, earlier),
  });
}

/** Also of options that the question had before. */
export function labelsIn({ before, now }: Extract<Compared, { of: 'options' }>): (option: string) => string {
  const labels = new Map([...before.options, ...now.options].map(({ key, label }) => [key, label]));
  return (option) => labels.get(option) ?? option;
}
