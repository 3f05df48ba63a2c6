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
    if (question === null || !(target instanceof HTMLInputElement)) return;
    if (!/[\t\r\n]/.test(clipboardData?.getData('text').trim() ?? '')) return;
    event.preventDefault();
    showError(question, target.name, severalValues);
  });
}

export function readAtOnce(form: HTMLFormElement): void {
  refuseSeveral(form);
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const reader: unknown = JSON.parse(target.dataset['reads'] ?? 'null');
    if (!isReadBy(reader)) return;
    const question = target.closest<HTMLElement>('[data-question]');
    const reading = readAsTyped(reader, target.value);
    if (question === null) return;
    // What else was said of the field was said of another text; the save that follows says what holds of this one.
    whenUnpressed(() => {
      showNotice(question, reading.ok ? reading.notice?.message : undefined);
      showError(
        question,
        target.name,
        reading.ok || reading.problem.code === 'empty' ? undefined : reading.problem.message,
      );
    });
  });
}
