/** Running totals, beside the number that they must equal. The server computed the first ones. */

/// <reference lib="dom" />

import { readCount } from '../../../schemas/values/count.ts';

/** The sum of counts as typed; what is no count (yet) adds nothing, and where none is there is no sum. */
export function sumOf(texts: readonly string[], unit: string): number | undefined {
  const counts = texts.map((text) => countIn(text, unit)).filter((count) => count !== undefined);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

/** The count that a text says; none for 該当なし and for what cannot be read. */
export function countIn(text: string, unit: string): number | undefined {
  const reading = readCount(text, { unit, nullable: true });
  return reading.ok ? (reading.value ?? undefined) : undefined;
}

function update(form: HTMLFormElement): void {
  const typed = new FormData(form);
  for (const output of form.querySelectorAll<HTMLOutputElement>('output[data-total-of]')) {
    const { totalOf = '', unit = '', beside = '' } = output.dataset;
    const parts = form.querySelectorAll<HTMLInputElement>(`input[data-part~="${CSS.escape(totalOf)}"]`);
    const total = sumOf(
      Array.from(parts, ({ value }) => value),
      unit,
    );
    const shown = total === undefined ? '' : `${total.toLocaleString('en-US')}${unit}`;
    // A live region speaks whenever it is written to.
    if (output.value !== shown) output.value = shown;
    const expected = typed.get(beside);
    const isTyped = typeof expected === 'string' && expected !== '';
    output.classList.toggle('total--differs', isTyped && total !== undefined && countIn(expected, unit) !== total);
    const copy = form.querySelector(`[data-shows="${CSS.escape(beside)}"]`);
    if (copy !== null) copy.textContent = isTyped ? expected : '未記入';
  }
}

export function keepTotals(form: HTMLFormElement): void {
  update(form);
  form.addEventListener('input', () => update(form));
}
