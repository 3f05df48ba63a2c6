/** What the browser runs on top of pages that work without it. */

/// <reference lib="dom" />

import { autosave } from './autosave.ts';
import { followConditions } from './conditions.ts';
import { guardAgainstDoubleSubmit } from './double-submit.ts';
import { checkFields } from './field-checks.ts';
import type { FetchJudgement } from './field-checks.ts';
import { warnOfTyped } from './leave-warning.ts';
import { LiveFindings } from './live-findings.ts';
import { keepNoneExclusive } from './none-boxes.ts';
import { postOf, saidOn } from './said-on-page.ts';
import { keepTotals } from './totals.ts';

/** @param judgementOf the checks of the form that a page asks; none where its script has none */
export function runPage(judgementOf: (form: HTMLFormElement) => FetchJudgement | undefined): void {
  guardAgainstDoubleSubmit(document);
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) {
    followConditions(form);
    keepNoneExclusive(form);
    keepTotals(form);
    const findings = new LiveFindings(postOf(form), saidOn(form));
    const judgement = judgementOf(form);
    // After the others: one of them unticks what excludes a choice.
    if (judgement !== undefined) checkFields(form, findings, judgement);
    autosave(form, findings);
  }
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-warn]')) warnOfTyped(form);
}
