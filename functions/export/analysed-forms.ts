/** What the internal workbook's sheets of the analysis (分析) are made of: the answers by unit of this round and of the one before. */

import type { AnsweredForm, FormOfRound } from '../domain/analysis/changes-since.ts';
import { UnitAnswers } from '../domain/analysis/unit-answers.ts';
import type { AskedOf } from '../domain/analysis/unit-answers.ts';
import { variablesOf } from '../domain/analysis/variables.ts';

/** More than all municipalities of Japan. Beyond it the page has the tables, and an export keeps its memory. */
export const mostAnalysedUnits = 2_000;

export interface AnalysedForm {
  readonly now: AnsweredForm;
  before?: AnsweredForm;
}

export class AnalysedForms {
  readonly byForm = new Map<string, AnalysedForm>();

  /** Whose returns are to be added, where there are not too many. */
  #answered({ round, form, directory }: FormOfRound, asked: AskedOf): AnsweredForm | undefined {
    if (asked.units.length > mostAnalysedUnits) return undefined;
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
