/** Says at once how a number or a date was understood, or that it was not: by the readers of the server. */

/// <reference lib="dom" />

import { readAsTyped } from '../fields/readers.ts';
import type { ReadBy } from '../fields/readers.ts';
import { showError, showNotice, whenUnpressed } from './inline-messages.ts';

/** As the server wrote it into the page. */
export function isReadBy(value: unknown): value is ReadBy {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

const severalValues = '複数の値は1つの欄に貼り付けられません。1つずつ貼り付けてください。';

/** A line takes one value: the browser would join cells of a spreadsheet into another number. */
function refuseSeveral(form: HTMLFormElement): void {
  form.addEventListener('paste', (event) => {
    const { target, clipboardData } = event;
    const question = target instanceof HTMLInputElement ? target.closest<HTMLElement>('[data-question]') : null;
    if (event.defaultPrevented || question === null || !(target instanceof HTMLInputElement)) return;
    if (!/[\t\r\n]/.test(clipboardData?.getData('text').trim() ?? '')) return;
    event.preventDefault();
    showError(question, target.name, severalValues);
  });
}

export function readField(field: HTMLInputElement): void {
  const reader: unknown = JSON.parse(field.dataset['reads'] ?? 'null');
  if (!isReadBy(reader)) return;
  const question = field.closest<HTMLElement>('[data-question]');
  const reading = readAsTyped(reader, field.value);
  if (question === null) return;
  // What else was said of the field was said of another text; the save that follows says what holds of this one.
  whenUnpressed(() => {
    showNotice(question, reading.ok ? reading.notice?.message : undefined);
    showError(
      question,
      field.name,
      reading.ok || reading.problem.code === 'empty' ? undefined : reading.problem.message,
    );
  });
}

export function readAtOnce(form: HTMLFormElement): void {
  refuseSeveral(form);
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) readField(target);
  });
}
