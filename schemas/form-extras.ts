/**
 * What a form that ships knows beyond its questions. The rest of the application finds it by the form's id and version and
 * knows no form by name; a form without any has none of what is optional here.
 */

import type { Directory } from './directory.ts';
import type { Json } from './return.ts';

/** Where a finding is shown: a question of a return, list entries by their id. */
export interface AcrossPlace {
  readonly form: string;
  readonly unit: string;
  readonly path: string;
}

/** A disagreement between returns, or between a return and the directory. */
export interface AcrossFinding {
  readonly check: string;
  readonly message: string;
  readonly returns: readonly AcrossPlace[];
}

/** Answers by form and unit, of each form no more than the checks read. */
export type AnswersAcross = ReadonlyMap<string, ReadonlyMap<string, Json>>;

/** Checks across the returns of a round; the forms that they read offer the same ones. */
export interface AcrossChecks {
  /**
   * The questions that they read, by form. A version of a form that asks them all is checked, whatever else it asks; one that
   * lacks any is not.
   */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** The form that every check begins with: where it is not checked, none is run. */
  readonly from: string;
  /** Returns that are not there are held against nobody. */
  find(directory: Directory, answers: AnswersAcross): AcrossFinding[];
}

export interface FormExtras {
  readonly across?: AcrossChecks;
}
