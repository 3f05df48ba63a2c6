/**
 * What the report keeps of every return while the returns stream by: a few values each, so that a round of any size
 * fits. Takes answers as the report's audience may see them.
 */

import { shortNameOf } from '../../../schemas/directory.ts';
import type { Directory, ReportingUnit } from '../../../schemas/directory.ts';
import type { UnitFacts } from '../../../schemas/form-extras.ts';
import type { Form } from '../../../schemas/form.ts';
import { extrasOf } from '../../../schemas/forms/catalogue.ts';
import type { Answers } from '../../../schemas/values/json.ts';
import type { Round } from '../../../schemas/round.ts';
import { AcrossReturns } from '../across-returns.ts';
import { namesIn } from '../print-answer.ts';
import { onlyQuestions } from '../question-subset.ts';
import type { Audience } from '../summary.ts';
import { listedColumns } from './listed.ts';
import type { ListedColumn, ListedValue } from './listed.ts';

export interface ReportedRound {
  readonly round: Round;
  readonly directory: Directory;
  readonly forms: readonly Form[];
}

class FormFacts {
  readonly form: Form;
  readonly columns: readonly ListedColumn[];
  readonly listed = new Map<string, readonly ListedValue[]>();
  readonly joint: string[] = [];
  readonly facts: UnitFacts | undefined;

  constructor(form: Form, round: Round) {
    this.form = form;
    this.columns = listedColumns(form);
    this.facts = extrasOf(form).facts?.over(round);
  }
}

export class ReportFacts {
  readonly across: AcrossReturns;
  readonly byForm: ReadonlyMap<string, FormFacts>;
  readonly #audience: Audience;
  readonly #names: ReturnType<typeof namesIn>;
  readonly #shortNames: ReadonlyMap<string, string>;
  /** Printed options are few; what is kept of each return refers to them. */
  readonly #words = new Map<string, string>();

  constructor(audience: Audience, { round, directory, forms }: ReportedRound) {
    this.#audience = audience;
    this.across = new AcrossReturns(forms);
    this.byForm = new Map(forms.map((form) => [form.id, new FormFacts(form, round)]));
    this.#names = namesIn(directory);
    this.#shortNames = new Map(directory.councils.map((council) => [council.id, shortNameOf(council)]));
  }

  add(form: Form, unit: ReportingUnit, answers: Answers): void {
    const kept = this.byForm.get(form.id);
    if (kept === undefined) return;
    kept.listed.set(
      unit.code,
      kept.columns.map((column) => this.#once(column.of(answers, unit, this.#names))),
    );
    if (unit.members.length > 1) kept.joint.push(this.#shortNames.get(unit.code) ?? unit.name);
    if (this.#audience !== 'internal') return;
    this.across.add(form, unit.code, answers);
    kept.facts?.add(unit, onlyQuestions(answers, extrasOf(form).facts?.reads ?? []));
  }

  addPrevious(form: Form, unit: ReportingUnit, answers: Answers, round: Pick<Round, 'period'>): void {
    const { reads = [] } = extrasOf(form).facts ?? {};
    this.byForm.get(form.id)?.facts?.addPrevious(unit, onlyQuestions(answers, reads), round);
  }

  returnsOf(form: Pick<Form, 'id'>): number {
    return this.byForm.get(form.id)?.listed.size ?? 0;
  }

  jointUnits(form: string): readonly string[] {
    return this.byForm.get(form)?.joint ?? [];
  }

  #once(value: ListedValue): ListedValue {
    if (typeof value !== 'string') return value;
    const known = this.#words.get(value) ?? value;
    this.#words.set(value, known);
    return known;
  }
}
