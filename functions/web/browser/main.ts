/** What the browser runs on top of pages that work without it. */

/// <reference lib="dom" />

import { autosave } from './autosave.ts';
import { followConditions } from './conditions.ts';
import { guardAgainstDoubleSubmit } from './double-submit.ts';
import { checkFields } from './field-checks.ts';
import { warnOfTyped } from './leave-warning.ts';
import { keepNoneExclusive } from './none-boxes.ts';
import { keepTotals } from './totals.ts';

guardAgainstDoubleSubmit(document);

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) {
  followConditions(form);
  keepNoneExclusive(form);
  keepTotals(form);
  checkFields(form);
  autosave(form);
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-warn]')) warnOfTyped(form);
