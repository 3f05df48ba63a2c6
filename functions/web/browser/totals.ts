/** Running totals, beside the number that they must equal. The server computed the first ones. */

/// <reference lib="dom" />

import { countIn, sumOf } from './readers.ts';

function update(form: HTMLFormElement): void {
  const typed = new FormData(form);
  for (const output of form.querySelectorAll<HTMLOutputElement>('output[data-total-of]')) {
    const { totalOf = '', unit = '', beside = '' } = output.dataset;
    const parts = form.querySelectorAll<HTMLInputElement>(`input[data-part="${CSS.escape(totalOf)}"]`);
    const total = sumOf(
      Array.from(parts, ({ value }) => value),
      unit,
    );
    const shown = `${total.toLocaleString('en-US')}${unit}`;
    // A live region speaks whenever it is written to.
    if (output.value !== shown) output.value = shown;
    const expected = typed.get(beside);
    const isTyped = typeof expected === 'string' && expected !== '';
    output.classList.toggle('total--differs', isTyped && total > 0 && countIn(expected, unit) !== total);
    const copy = form.querySelector(`[data-shows="${CSS.escape(beside)}"]`);
    if (copy !== null) copy.textContent = isTyped ? expected : '未記入';
  }
}

export function keepTotals(form: HTMLFormElement): void {
  update(form);
  form.addEventListener('input', () => update(form));
}
