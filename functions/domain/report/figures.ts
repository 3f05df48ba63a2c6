/** The figures of a summary by what they are about, and how the report prints them. */

import { questionName } from '../../../schemas/export.ts';
import { unitNameOf } from '../../../schemas/directory.ts';
import type { UnitKind } from '../../../schemas/directory.ts';
import type { QuestionName, Summary, SummaryRow } from '../../../schemas/export.ts';
import type { Form, Item } from '../../../schemas/form.ts';
import { isInPlace } from '../../../schemas/kinds/ranking.ts';
import { printCount } from '../../../schemas/values/count.ts';
import { addsUp } from '../../../schemas/values/units.ts';
import { measureNames } from '../measures.ts';
import type { Measure } from '../measures.ts';
import { entriesUnit } from '../summary.ts';

/** Printed where there is nothing to tell: 該当しない. */
export const notApplicableInReport = '－';
/** Printed for a figure behind which there is no return, or no answer: 集計対象の回答がない. */
export const noFigure = '…';
/** Printed for a figure that would be the answer of a single unit. */
export const notPublished = '非公表';

export class SummaryFigures {
  readonly #leftOut: readonly QuestionName[];
  readonly #rows: ReadonlyMap<string, readonly SummaryRow[]>;

  constructor({ rows }: Pick<Summary, 'rows'>, leftOut: readonly QuestionName[] = []) {
    this.#leftOut = leftOut;
    this.#rows = Map.groupBy(rows, questionName);
  }

  of(form: string, question: string): readonly SummaryRow[] {
    return this.#rows.get(questionName({ form, question })) ?? [];
  }

  isLeftOut(form: string, question: string): boolean {
    return this.#leftOut.some((each) => each.form === form && each.question === question);
  }

  /** Whether a question, or one below it, has no rows because one unit alone is behind it. */
  leavesOut(form: string, question: string): boolean {
    return this.#leftOut.some((each) => each.form === form && `${each.question}.`.startsWith(`${question}.`));
  }

  options(form: string, question: string): readonly SummaryRow[] {
    return this.of(form, question).filter(
      ({ option }) => option !== undefined && option !== 'any' && !isInPlace(option),
    );
  }

  /** Of a ranking: how often an option stands in each place. */
  places(form: string, question: string, option: string): readonly SummaryRow[] {
    return this.of(form, question).filter(
      (row) => row.option !== undefined && isInPlace(row.option) && row.option.endsWith(`.${option}`),
    );
  }

  option(form: string, question: string, option: string): SummaryRow | undefined {
    return this.of(form, question).find((row) => row.option === option);
  }

  measured(form: string, question: string, measure: Measure): SummaryRow | undefined {
    return this.of(form, question).find((row) => row.option === undefined && row.measure === measure);
  }

  /** What stands for a question of numbers in a line: its sum, or the mean of what does not add up. */
  inALine(form: string, question: string): SummaryRow | undefined {
    const sum = this.measured(form, question, 'sum') ?? this.measured(form, question, 'count');
    return sum === undefined || !addsUp(sum) ? this.measured(form, question, 'mean') : sum;
  }

  questions(form: string): string[] {
    return [...this.#rows.keys()].filter((key) => key.startsWith(`${form} `)).map((key) => key.slice(form.length + 1));
  }
}

export function valueOf(row: Pick<SummaryRow, 'value'> | undefined): number {
  return row?.value ?? 0;
}

export function isNonZero(row: SummaryRow): boolean {
  return valueOf(row) > 0;
}

/** `59市町村`, `2市` as the source spells it; of councils and entries the bare number. */
export function printUnits(row: SummaryRow): string {
  return `${printCount(valueOf(row))}${row.kinds ?? ''}`;
}

/** The most first; what is equal stays in the order of the form. */
export function mostFirst(rows: readonly SummaryRow[]): SummaryRow[] {
  return rows.toSorted((a, b) => valueOf(b) - valueOf(a));
}

/** Who answers a question: the units, or entries where it stands in a list. */
export function answeringUnit({ items, units }: Pick<Form, 'items' | 'units'>, { id }: Item): string {
  const names = id.split('.');
  const isListed = names.some((_, at) => items.get(names.slice(0, at).join('.'))?.kind.nesting === 'entries');
  return isListed ? entriesUnit : unitNameOf(units);
}

export function sumText(sum: SummaryRow | undefined): string {
  if (sum === undefined) return notApplicableInReport;
  return sum.base === 0 ? noFigure : printCount(valueOf(sum));
}

const per: Readonly<Partial<Record<SummaryRow['measure'], string>>> = {
  perMunicipality: measureNames.perMunicipality,
  perCouncil: measureNames.perCouncil,
};

/** A named measure: what it is, its figure, and of how many it is one. */
export function totalRow(row: SummaryRow, unit: string, units: UnitKind): string[] {
  const about = per[row.measure];
  const value = row.value === null || row.base === 0 ? noFigure : `${row.shown ?? printCount(row.value)}${unit}`;
  const name = about === undefined ? row.label : `${row.label}（${about}）`;
  const counted = row.measure === 'perMunicipality' ? 'municipality' : units;
  return [name, value, `${printCount(row.base)}${unitNameOf(counted)}`];
}
