/** Running totals, beside the number that they must equal. The server computed the first ones. */

/// <reference lib="dom" />

import { normaliseWidth } from '../../../schemas/values/width.ts';

/** A whole number as people write it; 0 for what is none (yet). */
export function numberIn(text: string): number {
  const [digits = ''] = /^\d[\d,]*/.exec(normaliseWidth(text)) ?? [];
  return Number(digits.replaceAll(',', ''));
}

function update(form: HTMLFormElement): void {
  const typed = new FormData(form);
  for (const output of form.querySelectorAll<HTMLOutputElement>('output[data-total-of]')) {
    const { totalOf = '', unit = '', beside = '' } = output.dataset;
    const parts = form.querySelectorAll<HTMLInputElement>(`input[data-part="${CSS.escape(totalOf)}"]`);
    const total = [...parts].reduce((sum, { value }) => sum + numberIn(value), 0);
    const shown = `${total.toLocaleString('en-US')}${unit}`;
    // A live region speaks whenever it is written to.
    if (output.value !== shown) output.value = shown;
    const expected = typed.get(beside);
    const isTyped = typeof expected === 'string' && expected !== '';
    output.classList.toggle('total--differs', isTyped && total > 0 && numberIn(expected) !== total);
    const copy = form.querySelector(`[data-shows="${CSS.escape(beside)}"]`);
    if (copy !== null) copy.textContent = isTyped ? expected : '未記入';
  }
}

export function keepTotals(form: HTMLFormElement): void {
  update(form);
  form.addEventListener('input', () => update(form));
}
