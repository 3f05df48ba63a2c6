/** Says at a field left what the server would say of it: that it cannot be read, or how it was. */

/// <reference lib="dom" />

import { showLocal } from './inline-errors.ts';
import { readField } from './readers.ts';

type Typed = HTMLInputElement | HTMLTextAreaElement;

function isTyped(target: EventTarget | null): target is Typed {
  return (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.dataset['reads'] !== undefined;
}

/** A question may have several fields of its name: one text each. */
function check(form: HTMLFormElement, name: string): void {
  const fields = [...form.querySelectorAll<HTMLElement>('[data-reads]')].filter((field) => isTyped(field)).filter((field) => field.name === name);
  const readings = fields.flatMap(({ value, dataset }) => readField(value, dataset) ?? []);
  const problem = readings.flatMap((reading) => (reading.ok || reading.problem.code === 'empty' ? [] : [reading.problem.message]))[0];
  const notice = readings.flatMap((reading) => (reading.ok && reading.notice !== undefined ? [reading.notice.message] : []))[0];
  showLocal(form, name, problem, notice);
}

export function checkFields(form: HTMLFormElement): void {
  // What still stands as it was shown was judged by the server.
  const changed = new Set<string>();
  const left = new Set<string>();
  let isPressing = false;
  const checkLeft = (): void => {
    for (const name of left) check(form, name);
    left.clear();
  };
  form.addEventListener('input', ({ target }) => {
    if (isTyped(target)) changed.add(target.name);
  });
  form.addEventListener('focusout', ({ target }) => {
    if (!isTyped(target) || !changed.has(target.name)) return;
    left.add(target.name);
    if (!isPressing) checkLeft();
  });
  // A message that appears while a button is being pressed moves it from under the pointer, and nothing is clicked.
  document.addEventListener('pointerdown', () => {
    isPressing = true;
  });
  for (const end of ['pointerup', 'pointercancel'])
    document.addEventListener(end, () => {
      isPressing = false;
      setTimeout(checkLeft);
    });
}
