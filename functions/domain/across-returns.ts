/** The checks across the returns of a round: which of its forms they read, and what they find. Pure. */

import type { Directory } from '../../schemas/directory.ts';
import type { AcrossFinding } from '../../schemas/form-extras.ts';
import type { Form } from '../../schemas/form.ts';
import { extrasOf } from '../../schemas/forms/catalogue.ts';
import type { Answers, Json } from '../../schemas/values/json.ts';
import { asksAll, onlyQuestions } from './question-subset.ts';

function questionsOf(form: Form): readonly string[] | undefined {
  return extrasOf(form).across?.reads[form.id];
}

export class AcrossReturns {
  readonly checked: readonly Form[];
  /** Forms that they would read, but whose version lacks a question of theirs; all of them where no check is run. */
  readonly unchecked: readonly Form[];
  readonly isRun: boolean;
  readonly #answers: ReadonlyMap<string, Map<string, Json>>;

  constructor(forms: readonly Form[]) {
    const concerned = forms.filter((form) => questionsOf(form) !== undefined);
    const complete = concerned.filter((form) => asksAll(form.sections, questionsOf(form) ?? []));
    this.isRun = complete.some((form) => extrasOf(form).across?.from === form.id);
    this.checked = this.isRun ? complete : [];
    this.unchecked = concerned.filter((form) => !this.checked.includes(form));
    this.#answers = new Map(this.checked.map(({ id }) => [id, new Map<string, Json>()]));
  }

  /** Keeps no more than what the checks read. */
  add(form: Form, unit: string, answers: Answers): void {
    this.#answers.get(form.id)?.set(unit, onlyQuestions(answers, questionsOf(form) ?? []));
  }

  find(directory: Directory): AcrossFinding[] {
    const checks = new Set(this.checked.flatMap((form) => extrasOf(form).across ?? []));
    return [...checks].flatMap((each) => each.find(directory, this.#answers));
  }
}
