/**
 * The tally of a form by every class (分類) at once: returns of units that have the same values are counted together, once
 * each, and every total is a merge of those.
 */

import type { ReportingUnit } from '../../schemas/directory.ts';
import type { SummaryRow } from '../../schemas/export.ts';
import type { Form } from '../../schemas/form.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { UnitClass } from '../../schemas/unit-classes.ts';
import { talliedFigures } from './summary.ts';
import type { SummaryContext } from './summary.ts';
import { Tally } from './tally.ts';

interface Alike {
  /** A value for each class, in their order. */
  readonly values: readonly (string | undefined)[];
  readonly tally: Tally;
}

export interface TallyOfClass {
  /** Absent of units that have no value of the class, or several. */
  readonly value?: string | undefined;
  readonly tally: Tally;
}

export class ClassTallies {
  readonly #form: Form;
  readonly #classes: readonly UnitClass[];
  readonly #alike = new Map<string, Alike>();

  constructor(form: Form, classes: readonly UnitClass[]) {
    this.#form = form;
    this.#classes = classes;
  }

  /** @param previous what the version keeps of the answers before */
  add(answers: Answers, unit: ReportingUnit, previous?: Answers): void {
    const values = this.#classes.map((each) => each.valueOf(unit));
    const name = JSON.stringify(values.map((value) => value ?? null));
    const known = this.#alike.get(name) ?? { values, tally: new Tally(this.#form) };
    known.tally.add(answers, unit, previous);
    this.#alike.set(name, known);
  }

  #merged(isOf: (alike: Alike) => boolean): Tally {
    const merged = new Tally(this.#form);
    for (const alike of this.#alike.values()) if (isOf(alike)) merged.merge(alike.tally);
    return merged;
  }

  whole(): Tally {
    return this.#merged(() => true);
  }

  /** By each value of a class, in its order; what has none comes last, and not at all where nothing is counted there. */
  by(wanted: Pick<UnitClass, 'id'>): TallyOfClass[] {
    const at = this.#classes.findIndex(({ id }) => id === wanted.id);
    const of = (value: string | undefined): Tally => this.#merged(({ values }) => values[at] === value);
    const tallies = (this.#classes[at]?.values ?? []).map((value) => ({ value, tally: of(value) }));
    const rest = of(undefined);
    return rest.returns === 0 ? tallies : [...tallies, { tally: rest }];
  }
}

/**
 * The figures of every unit's class. What is public may not tell one class from another, as a small one would tell the
 * answers of its units: there are none for the public.
 */
export function figuresByClass(
  tallies: readonly ClassTallies[],
  classes: readonly UnitClass[],
  context: Omit<SummaryContext, 'audience' | 'held'>,
): SummaryRow[] {
  return classes.flatMap((each) =>
    tallies.flatMap((ofForm) =>
      ofForm.by(each).flatMap(({ value, tally }) =>
        talliedFigures(tally, { ...context, audience: 'internal' }).rows.map((row): SummaryRow => ({
          ...row,
          class: each.id,
          ...(value === undefined ? {} : { classValue: value }),
        })),
      ),
    ),
  );
}
