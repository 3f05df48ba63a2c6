/** Named measures: what a form tallies besides its questions, such as the meetings of one kind. */

import type { ReportingUnit } from './directory.ts';
import type { Options, Visibility } from './kinds/question.ts';

interface MeasureText {
  readonly label: string;
  /** In the language of rules. */
  readonly expression: string;
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
export interface TotalMeasure extends TotalText {
  readonly kind: 'total';
  readonly id: string;
  of(answers: unknown, unit: ReportingUnit): number | null;
}

interface ClassMeasure extends MeasureText {
  readonly kind: 'class';
  readonly id: string;
  readonly options: Options;
  /** `null` for a return of no class. */
  of(answers: unknown, unit: ReportingUnit): string | null;
}

export type Measure = TotalMeasure | ClassMeasure;

/** A measure in the language of rules; what it reads follows from its expression. */
export type ExpressedMeasure = Omit<TotalMeasure, 'of' | 'reads'> | Omit<ClassMeasure, 'of' | 'reads'>;

/** A measure of a form, with the visibility that follows from what it reads. */
export interface FormMeasure {
  readonly measure: Measure;
  readonly visibility: Visibility;
}
