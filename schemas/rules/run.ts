/** What an evaluation sees, and how much it may still do. */

import type { Json, JsonObject } from '../values/json.ts';
import { isObject } from '../values/json.ts';

/** How many entries and values one evaluation may look at. */
const mostSteps = 200_000;

/** How many steps several evaluations may still take together. */
export interface Budget {
  left: number;
}

/** What an expression may see, and nothing else. */
export interface Situation {
  /** The answers from the root of the return, then the entries around the place, outermost first. */
  readonly scopes: readonly JsonObject[];
  /** The same in the last accepted return, as far as it has them. */
  readonly previous?: readonly (JsonObject | undefined)[];
  /** Absent where conditions are decided, which do not know them. */
  readonly about?: Partial<RuleContext>;
  /** Of the evaluations of one expression at many places; without, each has its own limit alone. */
  readonly budget?: Budget;
  /** Called when an expression takes too many steps. */
  readonly exceeded?: () => void;
}

export interface RuleContext {
  readonly unit: { readonly code: string; readonly kind: string | null; readonly members: readonly string[] };
  /** Absent for measures, which mean the same in every round. */
  readonly round?: {
    readonly fiscalYear: number;
    readonly period: { readonly from: string; readonly to: string };
  };
}

/**
 * What of an answer an expression sees, where that is not all of it: answers to questions that are not asked are there,
 * and count as none.
 */
export type Seen = (
  scope: number,
  keys: readonly string[],
) => ((value: Json | undefined, scopes: readonly JsonObject[]) => Json | undefined) | undefined;

export class Run {
  readonly situation: Situation;
  readonly locals: (Json | undefined)[] = [];
  #steps = 0;

  constructor(situation: Situation) {
    this.situation = situation;
  }

  /** Whether there are as many steps left. */
  take(steps: number): boolean {
    this.#steps += steps;
    const { budget } = this.situation;
    if (budget !== undefined) budget.left -= steps;
    return !this.isExceeded;
  }

  get isExceeded(): boolean {
    return this.#steps > mostSteps || (this.situation.budget?.left ?? 0) < 0;
  }
}

/** `undefined` is an answer that is not there, which only functions about questions tell from `null`. */
export type Step = (run: Run) => Json | undefined;

export function valueAt(value: Json | undefined, keys: readonly string[]): Json | undefined {
  let at = value;
  for (const key of keys) {
    if (!isObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}
