/** What the internal workbook's sheets of the analysis (分析) are made of: the answers by unit of this round and of the one before. */

import type { Form } from '../../../schemas/form.ts';
import type { AnsweredForm, FormOfRound } from '../../domain/analysis/changes-since.ts';
import { UnitAnswers } from '../../domain/analysis/unit-answers.ts';
import type { AskedOf } from '../../domain/analysis/unit-answers.ts';
import { variablesOf } from '../../domain/analysis/variables.ts';

/** Units by questions: those of all municipalities of Japan to 50. Beyond it the page has the tables, and an export keeps its memory. */
export const mostAnswers = 100_000;

export function isAnalysed(form: Form, units: number): boolean {
  return units * variablesOf(form).length <= mostAnswers;
}

export interface AnalysedForm {
  readonly now: AnsweredForm;
  before?: AnsweredForm;
}

export class AnalysedForms {
  readonly byForm = new Map<string, AnalysedForm>();

  /** Whose returns are to be added, where there are not too many. */
  #answered({ round, form, directory }: FormOfRound, asked: AskedOf): AnsweredForm | undefined {
    if (!isAnalysed(form, asked.units.length)) return undefined;
    return { round, form, directory, answers: new UnitAnswers(variablesOf(form), asked) };
  }

  now(of: FormOfRound, asked: AskedOf): UnitAnswers | undefined {
    const now = this.#answered(of, asked);
    if (now !== undefined) this.byForm.set(of.form.id, { now });
    return now?.answers;
  }

  before(of: FormOfRound, asked: AskedOf): UnitAnswers | undefined {
    const known = this.byForm.get(of.form.id);
    const before = known && this.#answered(of, asked);
    if (known !== undefined && before !== undefined) known.before = before;
    return before?.answers;
  }
}
