/** What the browser runs on top of pages that work without it. The pages carry all that it needs to know of a form. */

/// <reference lib="dom" />

import { autosave } from './autosave.ts';
import { followConditions } from './conditions.ts';
import { guardAgainstDoubleSubmit } from './double-submit.ts';
import { warnOfTyped } from './leave-warning.ts';
import { keepNoneExclusive } from './none-boxes.ts';
import { readAtOnce } from './readings.ts';
import { keepTotals } from './totals.ts';

guardAgainstDoubleSubmit(document);
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) {
  followConditions(form);
  keepNoneExclusive(form);
  keepTotals(form);
  readAtOnce(form);
  autosave(form);
}
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-warn]')) warnOfTyped(form);
