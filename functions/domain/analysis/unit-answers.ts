/** What each of the units that were asked has of some questions of a form: returns are added one by one, and no more is kept. */

import type { Chosen } from './cross-table.ts';
import type { UnitValue } from './unit-values.ts';
import { bandOf } from './variables.ts';
import type { NumberVariable, OneReturn, OptionsVariable, Variable } from './variables.ts';

type Answer = Pick<UnitValue<number | readonly string[]>, 'value' | 'missing'>;

/** Of whom a form is asked, in the order of the directory, and who of them will not answer. */
export interface AskedOf {
  readonly units: readonly UnitValue<never>['unit'][];
  readonly absent: ReadonlySet<string>;
}

export class UnitAnswers {
  readonly variables: readonly Variable[];
  readonly #asked: AskedOf;
  /** By unit, in the order of the questions. */
  readonly #answers = new Map<string, readonly Answer[]>();

  constructor(variables: readonly Variable[], asked: AskedOf) {
    this.variables = variables;
    this.#asked = asked;
  }

  add(of: OneReturn): void {
    const answers = this.variables.map((variable): Answer => {
      const value = variable.of === 'numbers' ? variable.value(of) : variable.chosen(of);
      return value === undefined ? { missing: variable.isAsked(of) ? 'unanswered' : 'notAsked' } : { value };
    });
    this.#answers.set(of.unit.code, answers);
  }

  /** Those whose return counts. */
  answered(): AskedOf['units'] {
    return this.#asked.units.filter(({ code }) => this.#answers.has(code));
  }

  #of<T>({ id }: Variable, read: (value: number | readonly string[] | undefined) => T | undefined): UnitValue<T>[] {
    const at = this.variables.findIndex((variable) => variable.id === id);
    return this.#asked.units.map((unit) => {
      const answer = this.#answers.get(unit.code)?.[at];
      if (answer === undefined) return { unit, missing: this.#asked.absent.has(unit.code) ? 'absent' : 'notSubmitted' };
      return { unit, value: read(answer.value), missing: answer.missing };
    });
  }

  /** Under what each unit whose return counts stands in a cross table, numbers in their bands. */
  sideOf(variable: Variable): ReadonlyMap<string, Chosen> {
    const at = this.variables.findIndex(({ id }) => id === variable.id);
    return new Map(
      [...this.#answers].map(([code, answers]): [string, Chosen] => {
        const { value, missing } = answers[at] ?? {};
        if (missing === 'notAsked') return [code, missing];
        if (typeof value !== 'number') return [code, value];
        return [code, variable.of === 'numbers' ? [bandOf(value, variable)] : undefined];
      }),
    );
  }

  numbersOf(variable: NumberVariable): UnitValue<number>[] {
    return this.#of(variable, (value) => (typeof value === 'number' ? value : undefined));
  }

  chosenOf(variable: OptionsVariable): UnitValue<readonly string[]>[] {
    return this.#of(variable, (value) => (typeof value === 'object' ? value : undefined));
  }
}
