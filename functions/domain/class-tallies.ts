/**
 * The tally of a form by every class (分類) at once: returns of units that have the same values are counted together, once
 * each, and every total is a merge of those.
 */

import type { ReportingUnit } from '../../schemas/directory.ts';
import type { AsOf, QuestionName, SummaryRow } from '../../schemas/export.ts';
import type { Form } from '../../schemas/form.ts';
import type { Answers } from '../../schemas/values/json.ts';
import type { UnitClass } from '../../schemas/unit-classes.ts';
import { printedFrom, talliedFigures } from './summary.ts';
import type { HeldFigures, SummaryContext } from './summary.ts';
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
  readonly form: Form;
  readonly #classes: readonly UnitClass[];
  readonly #alike = new Map<string, Alike>();

  constructor(form: Form, classes: readonly UnitClass[]) {
    this.form = form;
    this.#classes = classes;
  }

  /** @param previous what the version keeps of the answers before */
  add(answers: Answers, unit: ReportingUnit, previous?: Answers): void {
    const values = this.#classes.map((each) => each.valueOf(unit));
    const name = JSON.stringify(values.map((value) => value ?? null));
    const known = this.#alike.get(name) ?? { values, tally: new Tally(this.form) };
    known.tally.add(answers, unit, previous);
    this.#alike.set(name, known);
  }

  #merged(isOf: (alike: Alike) => boolean): Tally {
    const merged = new Tally(this.form);
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

function ofValue(rows: readonly SummaryRow[], by: string, value: string | undefined): SummaryRow[] {
  return rows.map((row) => ({ ...row, class: by, ...(value === undefined ? {} : { classValue: value }) }));
}

/** The figures by every one of some classes, as internal files have them. */
export function figuresByClass(
  tallies: readonly ClassTallies[],
  classes: readonly UnitClass[],
  context: Pick<SummaryContext, 'round' | 'directory'>,
): SummaryRow[] {
  return classes.flatMap((each) =>
    tallies.flatMap((ofForm) =>
      ofForm
        .by(each)
        .flatMap(({ value, tally }) =>
          ofValue(talliedFigures(tally, { ...context, audience: 'internal' }).rows, each.id, value),
        ),
    ),
  );
}

/** How the figures by the one class that a prefecture publishes obey the rule of totals (Σ). */
export interface TablesByClass {
  /** The class of the directory. */
  readonly by: string;
  /** Σ questions without a table by it. */
  readonly leftOut: readonly QuestionName[];
  /** Σ questions that have the table that was printed with their figures. */
  readonly held: readonly HeldFigures[];
}

/**
 * The same of a single class as public files have them: values of which nothing is counted have no figures, and of Σ questions
 * there are counts, sums and means alone, without which kinds of municipality are among them.
 *
 * @param tallies of what is public
 */
export function publicFiguresByClass(
  tallies: readonly ClassTallies[],
  { by, leftOut, held }: TablesByClass,
  asOf: AsOf,
  { round, directory }: Pick<SummaryContext, 'round' | 'directory'>,
): SummaryRow[] {
  const apart = [...leftOut, ...held].map((name): HeldFigures => ({ ...name, rows: [] }));
  return tallies.flatMap((ofForm) => {
    const context: SummaryContext = { round, directory, audience: 'public', held: apart };
    const cells = ofForm.by({ id: by }).filter(({ tally }) => tally.returns > 0);
    const asPrinted = held.filter(({ form }) => form === ofForm.form.id);
    return [
      ...cells.flatMap(({ value, tally }) =>
        ofValue(printedFrom(asOf, tally.form, talliedFigures(tally, context).rows), by, value),
      ),
      ...asPrinted.flatMap(({ rows }) => rows),
    ].filter((row) => row.asOf === undefined || row.measure !== 'median');
  });
}
