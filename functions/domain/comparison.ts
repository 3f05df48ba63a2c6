/**
 * Two rounds side by side (前回・今回・増減): their summaries joined by question id, option and measure. What cannot be
 * compared is said to be so, and never counts as zero.
 */

import { drift } from '../../schemas/drift.ts';
import type { Drift } from '../../schemas/drift.ts';
import { figureName } from '../../schemas/export.ts';
import type { SummaryRow } from '../../schemas/export.ts';
import type { Form } from '../../schemas/form.ts';
import { monthsOf } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';
import { printMean } from '../../schemas/values/count.ts';
import { entriesUnit } from './summary.ts';

export const comparisonNotes = {
  added: '新設',
  retired: '廃止',
  changed: '設問変更のため比較不可',
  optionsAdded: '選択肢の追加あり',
  optionsRetired: '選択肢の廃止あり',
  optionsChanged: '選択肢の追加・廃止あり',
  period: '対象期間の長さが異なるため1年（12か月）当たりで比較',
} as const;
type ComparisonNote = keyof typeof comparisonNotes;

/** A number of one round; `value` is `null` where nobody answered, of how many `base` says. */
export type ComparedFigure = Pick<SummaryRow, 'value' | 'shown' | 'base'>;

interface YearlyFigures {
  readonly previous: ComparedFigure;
  readonly current: ComparedFigure;
  readonly change: number | null;
}

export interface ComparisonRow extends Pick<
  SummaryRow,
  'form' | 'question' | 'number' | 'label' | 'option' | 'optionLabel' | 'measure' | 'unit'
> {
  readonly previous?: ComparedFigure;
  readonly current?: ComparedFigure;
  /**
   * Current less previous, of means as they are printed; `null` where there is nothing to take from, or where `note` says
   * why not.
   */
  readonly change: number | null;
  readonly note?: ComparisonNote;
  /** Where the periods differ in length, for what is added up over the period. */
  readonly yearly?: YearlyFigures;
}

export interface FormFigures {
  readonly round: Pick<Round, 'period'>;
  readonly form: Pick<Form, 'items' | 'measures' | 'sections'>;
  readonly rows: readonly SummaryRow[];
}

const monthsOfYear = 12;

/** The questions behind a row: itself, or what a named measure reads. */
function readBy({ form }: FormFigures, question: string): readonly string[] {
  return form.measures.find(({ measure }) => measure.id === question)?.measure.reads ?? [question];
}

function isOverPeriod(figures: FormFigures, question: string): boolean {
  return readBy(figures, question).some((id) => figures.form.items.get(id)?.overPeriod === true);
}

/** What is added up over the period grows with its length; a count of units or the median of answers does not so simply. */
const growing: ReadonlySet<SummaryRow['measure']> = new Set(['sum', 'mean', 'perMunicipality', 'perCouncil']);

function isAddedUp({ measure, unit, question }: SummaryRow, { form }: FormFigures): boolean {
  return growing.has(measure) || (measure === 'count' && unit === entriesUnit && form.items.has(question));
}

/** A sum or count that nobody answered is no figure, though the summary adds it up to 0. */
function figureOf({ value, shown, base }: SummaryRow): ComparedFigure {
  return { value: base === 0 ? null : value, ...(shown === undefined ? {} : { shown }), base };
}

export function printedMean(shown: string): number {
  return Number(shown.replace('約', ''));
}

function difference(a: number, b: number): number {
  return Number((a - b).toFixed(9));
}

/** Of means the difference of what is printed, so that 2.8 after 2.5 is 0.3 more. */
function changeOf(previous: ComparedFigure, current: ComparedFigure): number | null {
  if (previous.value === null || current.value === null) return null;
  if (previous.shown === undefined || current.shown === undefined) return difference(current.value, previous.value);
  return difference(printedMean(current.shown), printedMean(previous.shown));
}

function overTwelveMonths(row: SummaryRow, months: number): ComparedFigure {
  const { value, base, measure } = row;
  if (value === null || base === 0) return { value: null, base };
  // A mean is its sum by its base; the sum is whole again, so that the cut is exact.
  const divisor = measure === 'sum' || measure === 'count' ? 1 : base;
  const sum = Math.round(value * divisor) * monthsOfYear;
  return { value: sum / (divisor * months), shown: printMean(sum, divisor * months), base };
}

class Comparison {
  readonly #previous: FormFigures;
  readonly #current: FormFigures;
  readonly #drift: Drift;
  readonly #incompatible: ReadonlySet<string>;
  /** Questions and classes with options that came or went: those that are in both versions are compared, and it is said. */
  readonly #otherOptions: ReadonlyMap<string, ComparisonNote>;
  readonly #months: { readonly previous: number; readonly current: number };

  constructor(previous: FormFigures, current: FormFigures) {
    this.#previous = previous;
    this.#current = current;
    this.#drift = drift(previous.form, current.form);
    this.#incompatible = new Set(this.#drift.incompatible.map(({ id }) => id));
    this.#otherOptions = new Map(
      this.#drift.options.flatMap(({ id, added, retired }): [string, ComparisonNote][] => {
        if (added.length > 0) return [[id, retired.length > 0 ? 'optionsChanged' : 'optionsAdded']];
        return retired.length > 0 ? [[id, 'optionsRetired']] : [];
      }),
    );
    this.#months = { previous: monthsOf(previous.round), current: monthsOf(current.round) };
  }

  rows(): ComparisonRow[] {
    const moved = new Map(this.#drift.moved.map(({ from, to }) => [from, to]));
    const nowOf = (row: SummaryRow): string =>
      figureName({ ...row, question: moved.get(row.question) ?? row.question });
    const before = new Map(this.#previous.rows.map((row) => [nowOf(row), row]));
    const now = new Set(this.#current.rows.map(figureName));
    const current = this.#current.rows.map((row) => this.#row(before.get(figureName(row)), row));
    const gone = this.#previous.rows.filter((row) => !now.has(nowOf(row)));
    return [...current, ...gone.map((row) => this.#retired(row))];
  }

  /** Itself, or the table that it is a part of. */
  #isIncompatible(question: string): boolean {
    const keys = question.split('.');
    return keys.some((_, index) => this.#incompatible.has(keys.slice(0, index + 1).join('.')));
  }

  #readIn({ question }: SummaryRow): readonly string[] {
    return [question, ...readBy(this.#previous, question), ...readBy(this.#current, question)];
  }

  #isChanged(previous: SummaryRow, current: SummaryRow): boolean {
    return previous.unit !== current.unit || this.#readIn(current).some((id) => this.#isIncompatible(id));
  }

  #noteOfOptions(row: SummaryRow): ComparisonNote | undefined {
    const notes = new Set(this.#readIn(row).flatMap((id) => this.#otherOptions.get(id) ?? []));
    const [only] = notes;
    return notes.size > 1 ? 'optionsChanged' : only;
  }

  #row(previous: SummaryRow | undefined, row: SummaryRow): ComparisonRow {
    const current = figureOf(row);
    if (previous === undefined) {
      // Under an id that was there before, a new measure means that the question is another one now.
      const note = this.#isIncompatible(row.question) ? 'changed' : 'added';
      return { ...describedRow(row), current, change: null, note };
    }
    const both = { ...describedRow(row), previous: figureOf(previous), current };
    if (this.#isChanged(previous, row)) return { ...both, change: null, note: 'changed' };
    if (!this.#growsWithPeriod(row)) {
      const note = this.#noteOfOptions(row);
      return { ...both, change: changeOf(both.previous, current), ...(note === undefined ? {} : { note }) };
    }
    const yearly = {
      previous: overTwelveMonths(previous, this.#months.previous),
      current: overTwelveMonths(row, this.#months.current),
    };
    const change = changeOf(yearly.previous, yearly.current);
    return { ...both, change: null, note: 'period', yearly: { ...yearly, change } };
  }

  #growsWithPeriod(row: SummaryRow): boolean {
    const { previous, current } = this.#months;
    return previous !== current && isAddedUp(row, this.#current) && isOverPeriod(this.#current, row.question);
  }

  #retired(row: SummaryRow): ComparisonRow {
    const note = this.#isIncompatible(row.question) ? 'changed' : 'retired';
    return { ...describedRow(row), previous: figureOf(row), change: null, note };
  }
}

function describedRow(row: SummaryRow): Omit<ComparisonRow, 'change'> {
  const { form, question, number, label, option, optionLabel, measure, unit } = row;
  return { form, question, number, label, option, optionLabel, measure, unit };
}

export function compareForm(previous: FormFigures, current: FormFigures): ComparisonRow[] {
  return new Comparison(previous, current).rows();
}

export interface FormComparison {
  readonly form: string;
  readonly previous: Pick<Round, 'id' | 'name' | 'referenceDate' | 'period'>;
  readonly rows: readonly ComparisonRow[];
}
