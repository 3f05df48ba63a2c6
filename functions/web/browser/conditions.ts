/** Shows the questions that are asked and hides the others. Without a script all of them are there, each with its condition. */

/// <reference lib="dom" />

import type { Json } from '../../../schemas/values/json.ts';
import { evaluator } from '../../../schemas/rules/evaluate.ts';
import type { PageRule } from '../fields/context.ts';
import { readAsTyped } from '../fields/readers.ts';
import { isReadBy } from './readings.ts';

type When = readonly (readonly string[])[];

function isWhen(value: unknown): value is When {
  return (
    Array.isArray(value) && value.every((each) => Array.isArray(each) && each.every((part) => typeof part === 'string'))
  );
}

function whenOf(element: HTMLElement): When {
  const parsed: unknown = JSON.parse(element.dataset['when'] ?? '[]');
  return isWhen(parsed) ? parsed : [];
}

/** As the server wrote it into the page. */
export function isRule(value: unknown): value is PageRule {
  return typeof value === 'object' && value !== null && 'tree' in value && 'fields' in value;
}

const evaluators = new Map<string, readonly Followed[]>();

export type Followed = PageRule & { readonly run: ReturnType<typeof evaluator> };

/** Made once for each text: they are the same for all entries and at every change. */
function rulesOf({ dataset }: HTMLElement): readonly Followed[] {
  const text = dataset['rules'];
  if (text === undefined) return [];
  const known = evaluators.get(text);
  if (known !== undefined) return known;
  const parsed: unknown = JSON.parse(text);
  const rules = Array.isArray(parsed) ? parsed.filter(isRule) : [];
  const made = rules.map((rule) => ({ ...rule, run: evaluator(rule.tree) }));
  evaluators.set(text, made);
  return made;
}

function typedIn(form: HTMLFormElement, name: string, value: string): Json | undefined {
  const field = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
  const reader: unknown = JSON.parse(field?.dataset['reads'] ?? 'null');
  const reading = isReadBy(reader) ? readAsTyped(reader, value) : undefined;
  return reading?.ok === true ? reading.value : undefined;
}

/** The answer in a field as the server would read it; nothing for what it would refuse. */
function answerIn(
  form: HTMLFormElement,
  answers: FormData,
  name: string,
  as: PageRule['fields'][string],
): Json | undefined {
  if (answers.has(`${name}:na`)) return null;
  if (answers.has(`${name}:none`)) return [];
  const values = answers.getAll(name).filter((value) => typeof value === 'string' && value !== '');
  const [first] = values;
  if (typeof first !== 'string') return undefined;
  if (as === 'typed') return typedIn(form, name, first);
  return as === 'several' ? values.filter((value) => typeof value === 'string') : first;
}

/** Hidden itself, or with the question around it. */
function isHidden(form: HTMLFormElement, name: string): boolean {
  const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
  return field !== null && field.closest('[data-question][hidden]') !== null;
}

/** What the fields say to an expression; what is hidden is not answered. */
export function resultOf(form: HTMLFormElement, answers: FormData, { fields, round, previous, run }: Followed): Json {
  const scope: Record<string, Json | undefined> = {};
  for (const [name, as] of Object.entries(fields))
    if (!isHidden(form, name)) scope[name] = answerIn(form, answers, name, as);
  return run({
    scopes: [scope],
    ...(round === undefined ? {} : { about: { round } }),
    ...(previous === undefined ? {} : { previous: [previous] }),
  });
}

/** Hides by conditions, in the order of the page, so that what hangs on a hidden question is hidden as well. */
function applyConditions(form: HTMLFormElement): void {
  const answers = new FormData(form);
  const hidden = new Set<string>();
  for (const element of form.querySelectorAll<HTMLElement>('[data-question]')) {
    const holds =
      whenOf(element).every(
        ([name = '', ...values]) =>
          !hidden.has(name) &&
          answers.getAll(name).some((value) => typeof value === 'string' && values.includes(value)),
      ) && rulesOf(element).every((rule) => resultOf(form, answers, rule) === true);
    const isAsked = holds && element.dataset['unasked'] === undefined;
    element.hidden = !isAsked;
    if (!isAsked) hidden.add(element.dataset['question'] ?? '');
  }
}

export function followConditions(form: HTMLFormElement): void {
  form.classList.add('follows-conditions');
  applyConditions(form);
  form.addEventListener('change', () => applyConditions(form));
}
