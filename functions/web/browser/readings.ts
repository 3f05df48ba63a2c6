/** Says at once how a number or a date was understood, or that it was not: by the readers of the server. */

/// <reference lib="dom" />

import { readAsTyped } from '../fields/readers.ts';
import type { ReadBy } from '../fields/readers.ts';
import { showError, showNotice } from './inline-messages.ts';

/** As the server wrote it into the page. */
function isReadBy(value: unknown): value is ReadBy {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

export function readAtOnce(form: HTMLFormElement): void {
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const reader: unknown = JSON.parse(target.dataset['reads'] ?? 'null');
    if (!isReadBy(reader)) return;
    const question = target.closest<HTMLElement>('[data-question]');
    const reading = readAsTyped(reader, target.value);
    if (question === null || reading === undefined || (!reading.ok && reading.problem.code === 'empty')) return;
    showNotice(question, reading.ok ? reading.notice?.message : undefined);
    if (!reading.ok) showError(question, target.name, reading.problem.message);
  });
}
