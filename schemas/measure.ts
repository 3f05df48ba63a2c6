/** Named measures: what a form tallies besides its questions, such as the meetings of one kind. */

import type { ReportingUnit } from './directory.ts';
import type { Options, Visibility } from './question.ts';

interface MeasureText {
  readonly label: string;
  /** Question ids the measure reads; it is public only as far as they all are. */
  readonly reads: readonly string[];
  /** Where it is to be less public than that. */
  readonly visibility?: Visibility | undefined;
}

interface TotalText extends MeasureText {
  readonly unit?: string;
  /** Stands in the list by unit under this heading. */
  readonly listed?: string;
  /** `count` for a number of things, `sum` for an added-up quantity. */
  readonly measure: 'count' | 'sum';
  /** Also printed as a mean over the municipalities that belong to a counted unit, or over the units (councils). */
  readonly per?: readonly ('municipality' | 'council')[];
}

/** A number per return, added up; `null` adds nothing. */
export interface TotalMeasure<A> extends TotalText {
  readonly kind: 'total';
  readonly id: string;
  of(answers: A, unit: ReportingUnit): number | null;
}

export interface ClassMeasure<A> extends MeasureText {
  readonly kind: 'class';
  readonly id: string;
  readonly options: Options;
  /** `null` for a return of no class. */
  of(answers: A, unit: ReportingUnit): string | null;
}

export type Measure<A> = TotalMeasure<A> | ClassMeasure<A>;

/** A measure in the language of rules; what it reads follows from its expression. */
export type ExpressedMeasure =
  | (Omit<TotalMeasure<unknown>, 'of' | 'reads'> & { readonly expression: string })
  | (Omit<ClassMeasure<unknown>, 'of' | 'reads'> & { readonly expression: string });

/** A measure of a form, with the visibility that follows from what it reads. */
export interface FormMeasure {
  readonly measure: Measure<unknown>;
  readonly visibility: Visibility;
}

export function total<A>(id: string, text: TotalText, of: TotalMeasure<A>['of']): TotalMeasure<A> {
  return { kind: 'total', id, ...text, of };
}

export function classify<A>(
  id: string,
  text: MeasureText & { readonly options: Options },
  of: ClassMeasure<A>['of'],
): ClassMeasure<A> {
  return { kind: 'class', id, ...text, of };
}
