/**
 * What a form that ships knows beyond its questions. The rest of the application finds it by the form's id and version and
 * knows no form by name; a form without any has none of what is optional here.
 */

import type { Directory, ReportingUnit } from './directory.ts';
import type { Json, JsonObject } from './values/json.ts';
import type { Round } from './round.ts';

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
  /** A return that is not there gives no finding. */
  find(directory: Directory, answers: AnswersAcross): AcrossFinding[];
}

/** Facts about single units that the prefecture alone reads, while the returns of a round stream by. */
export interface UnitFacts {
  readonly title: string;
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly isNumber?: boolean }[];
  readonly none: string;
  add(unit: ReportingUnit, answers: Json): void;
  addPrevious(unit: ReportingUnit, answers: Json, round: Pick<Round, 'period'>): void;
  /** One row per unit of which there is anything to tell. */
  rows(): string[][];
}

/** What a form knows of the entries of a list that refer to each other, and that are drawn as an organisation chart. */
export interface ListExtras {
  /** The only entry of which this is true stands above those that do not say what they belong to. */
  isTop?(entry: JsonObject): boolean;
  /** A column in which some entries are marked. */
  readonly mark?: { readonly label: string; isMarked(entry: JsonObject): boolean };
  /** What is printed before an option, by question and option: ①. */
  readonly numbers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Wording of the report that does not follow from the questions. */
interface ReportWording {
  /** Notes on the organisation charts, where these are printed. */
  readonly chartNotes?: readonly string[];
  readonly subject?: string;
  readonly overPeriod?: string;
  /** Stands in the caption of the list by unit. */
  readonly listed?: string;
  /** Of the public report, on what is public as totals only. */
  readonly totalsOnly?: string;
  readonly notes?: readonly string[];
}

export interface FormExtras {
  readonly across?: AcrossChecks;
  readonly facts?: {
    /** The questions that they read; no more of a return is given. */
    readonly reads: readonly string[];
    over(round: Round): UnitFacts;
  };
  readonly lists?: Readonly<Record<string, ListExtras>>;
  readonly wording?: ReportWording;
  /** Its returns stand side by side in the report. */
  readonly isSideBySide?: boolean;
}
