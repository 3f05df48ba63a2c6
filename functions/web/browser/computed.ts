/** Computed values at once, from what stands in the fields. What they read elsewhere comes with the answer to a save. */

/// <reference lib="dom" />

import { evaluator } from '../../../schemas/rules/evaluate.ts';
import { roundHalfUp } from '../../../schemas/rules/functions.ts';
import { printComputed } from '../fields/readers.ts';
import { isRule, resultOf } from './conditions.ts';
import type { Followed } from './conditions.ts';

interface Computed {
  readonly output: HTMLOutputElement;
  readonly rule: Followed;
}

function computedIn(form: HTMLFormElement): Computed[] {
  return [...form.querySelectorAll<HTMLOutputElement>('output[data-formula]')].flatMap((output) => {
    const rule: unknown = JSON.parse(output.dataset['formula'] ?? 'null');
    return isRule(rule) ? [{ output, rule: { ...rule, run: evaluator(rule.tree) } }] : [];
  });
}

function update(form: HTMLFormElement, all: readonly Computed[]): void {
  const answers = new FormData(form);
  for (const { output, rule } of all) {
    const value = resultOf(form, answers, rule);
    const { unit = '', places = '0' } = output.dataset;
    const shown = printComputed(typeof value === 'number' ? roundHalfUp(value, Number(places)) : null, unit);
    // A live region speaks whenever it is written to.
    if (output.value !== shown) output.value = shown;
  }
}

export function keepComputed(form: HTMLFormElement): void {
  const all = computedIn(form);
  if (all.length === 0) return;
  update(form, all);
  for (const event of ['input', 'change']) form.addEventListener(event, () => update(form, all));
}
