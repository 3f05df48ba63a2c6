/** Says at a field left what the server would say: that it cannot be read, how it was, what does not go together. */

/// <reference lib="dom" />

import { show } from './inline-errors.ts';
import type { LiveFindings } from './live-findings.ts';
import { postOf } from './said-on-page.ts';

export function checkFields(form: HTMLFormElement, findings: LiveFindings): void {
  let isChanged = false;
  let isPressing = false;
  const check = (): void => {
    if (!isChanged || isPressing) return;
    isChanged = false;
    show(form, findings.now(postOf(form)));
  };
  form.addEventListener('input', () => {
    isChanged = true;
  });
  form.addEventListener('change', check);
  form.addEventListener('focusout', check);
  // A message that appears while a button is being pressed moves it from under the pointer, and nothing is clicked.
  document.addEventListener('pointerdown', () => {
    isPressing = true;
  });
  for (const end of ['pointerup', 'pointercancel'])
    document.addEventListener(end, () => {
      isPressing = false;
      setTimeout(check);
    });
}
