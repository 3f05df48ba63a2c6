/** What the browser runs on top of pages that work without it. */

/// <reference lib="dom" />

import { autosave } from './autosave.ts';
import { followConditions } from './conditions.ts';
import { guardAgainstDoubleSubmit } from './double-submit.ts';
import { checkFields } from './field-checks.ts';
import { warnOfTyped } from './leave-warning.ts';
import type { LiveFindings } from './live-findings.ts';
import { keepNoneExclusive } from './none-boxes.ts';
import { keepTotals } from './totals.ts';

/** @param findingsOf the checks of the form that a page asks; none where its script has none */
export function runPage(findingsOf: (form: HTMLFormElement) => LiveFindings | undefined): void {
  guardAgainstDoubleSubmit(document);
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) {
    followConditions(form);
    keepNoneExclusive(form);
    keepTotals(form);
    const findings = findingsOf(form);
    // After the others: one of them unticks what excludes a choice.
    if (findings !== undefined) checkFields(form, findings);
    autosave(form, findings);
  }
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-warn]')) warnOfTyped(form);
}
