/**
 * What each unit answered in an earlier round to the questions of numbers that stand in its return, beside this round's: of
 * units that were merged what they gave together, and in words where the two cannot be compared. Pure.
 */

import { drift } from '../../schemas/drift.ts';
import type { Directory } from '../../schemas/directory.ts';
import type { Form } from '../../schemas/form.ts';
import type { Answers } from '../../schemas/values/json.ts';
import { monthsOf } from '../../schemas/round.ts';
import type { Round } from '../../schemas/round.ts';
import { valueAt } from './answers.ts';
import { inPresentPlaces } from './former-places.ts';
import { isSummed, lineageOf } from './lineage.ts';
import type { AnswerColumn, AnswerTable } from './tables.ts';

export interface AskedForm {
  readonly form: Form;
  readonly round: Round;
  readonly directory: Directory;
}

const incomparable = '比較不可';
export const comparedNotes = {
  changed: `${incomparable}（設問変更）`,
  period: `${incomparable}（対象期間の長さが異なる）`,
  units: `${incomparable}（合併・分割等）`,
} as const;

/** Questions of the return itself whose answer is one number. */
function comparedColumns(table: AnswerTable): AnswerColumn[] {
  return table.list === undefined
    ? table.columns.filter(({ item, cell }) => item.kind.figures?.of === 'numbers' && cell.suffix === '')
    : [];
}

export class PreviousNumbers {
  readonly round: Round;
  readonly columns: readonly AnswerColumn[];
  readonly #now: AskedForm;
  readonly #then: AskedForm;
  readonly #notes: readonly (string | undefined)[];
  /** By unit; NaN where it did not answer. */
  readonly #numbers = new Map<string, Float64Array>();

  constructor(table: AnswerTable, now: AskedForm, then: AskedForm) {
    const changes = drift(then.form, now.form);
    const added = new Set(changes.added);
    const changed = new Set(changes.incompatible.map(({ id }) => id));
    const isChanged = (id: string): boolean =>
      id.split('.').some((_, index, keys) => changed.has(keys.slice(0, index + 1).join('.')));
    const hasOtherPeriod = monthsOf(then.round) !== monthsOf(now.round);
    this.round = then.round;
    this.#now = now;
    this.#then = then;
    // What was not asked has nothing beside it.
    this.columns = comparedColumns(table).filter(({ item }) => !added.has(item.id));
    this.#notes = this.columns.map(({ item }) =>
      isChanged(item.id) ? comparedNotes.changed : hasOtherPeriod && item.overPeriod ? comparedNotes.period : undefined,
    );
  }

  add(unit: string, answers: Answers): void {
    const placed = inPresentPlaces(this.#now.form, answers);
    const numbers = this.columns.map(({ item }) => {
      const value = valueAt(placed, item.keys);
      return typeof value === 'number' ? value : Number.NaN;
    });
    this.#numbers.set(unit, Float64Array.from(numbers));
  }

  /** In the order of the columns; nothing where nobody answered. */
  of(unit: string): readonly (number | string | undefined)[] {
    const { kind, units } = lineageOf(this.#now.directory, unit, this.#then);
    const codes = kind === 'same' ? [unit] : units.map(({ code }) => code);
    const all = codes.map((code) => this.#numbers.get(code));
    if (all.every((numbers) => numbers === undefined)) return [];
    return this.columns.map(({ item }, index) => {
      const note = this.#notes[index];
      if (note !== undefined) return note;
      const values = all.map((numbers) => numbers?.[index] ?? Number.NaN);
      if (values.every((value) => Number.isNaN(value))) return undefined;
      const isWhole = kind === 'same' || kind === 'one' || (kind === 'merged' && isSummed(item));
      const sum = values.reduce((total, value) => total + value, 0);
      return isWhole && !Number.isNaN(sum) ? Number(sum.toFixed(9)) : comparedNotes.units;
    });
  }
}
