/** What is counted of a form for either audience. */

import type { Form } from '../../schemas/form.ts';
import type { ReportingUnit } from '../../schemas/directory.ts';
import type { ReturnState, Version } from '../../schemas/return.ts';
import type { UnitClass } from '../../schemas/unit-classes.ts';
import { ClassTallies } from '../domain/class-tallies.ts';
import { withoutWithheld } from '../domain/public-answers.ts';
import type { Audience } from '../domain/summary.ts';

/** Public figures count what public files show: accepted returns, without the entries that are withheld. */
export class AudienceTallies {
  readonly internal: ClassTallies;
  readonly ofPublic: ClassTallies;
  readonly #form: Form;

  constructor(form: Form, classes: Readonly<Record<Audience, readonly UnitClass[]>>) {
    this.#form = form;
    this.internal = new ClassTallies(form, classes.internal);
    this.ofPublic = new ClassTallies(form, classes.public);
  }

  add({ answers, previous }: Version, unit: ReportingUnit, state: ReturnState): void {
    this.internal.add(answers, unit, previous);
    if (state === 'accepted') this.ofPublic.add(withoutWithheld(this.#form, answers), unit, previous);
  }
}
