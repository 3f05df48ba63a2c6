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

const rules = new WeakMap<HTMLOutputElement, Followed | undefined>();

function ruleOf(output: HTMLOutputElement): Followed | undefined {
  if (rules.has(output)) return rules.get(output);
  const parsed: unknown = JSON.parse(output.dataset['formula'] ?? 'null');
  const rule = isRule(parsed) ? { ...parsed, run: evaluator(parsed.tree) } : undefined;
  rules.set(output, rule);
  return rule;
}

/** Those that are there now: rows come and go. */
function computedIn(form: HTMLFormElement): Computed[] {
  return [...form.querySelectorAll<HTMLOutputElement>('output[data-formula]')].flatMap((output) => {
    const rule = ruleOf(output);
    return rule === undefined ? [] : [{ output, rule }];
  });
}

function update(form: HTMLFormElement): void {
  const all = computedIn(form);
  if (all.length === 0) return;
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
  update(form);
  for (const event of ['input', 'change']) form.addEventListener(event, () => update(form));
}
