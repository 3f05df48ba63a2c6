/** What the browser runs on top of pages that work without it. */

/// <reference lib="dom" />

import { Autosave } from './autosave.ts';
import { followConditions } from './conditions.ts';
import { guardAgainstDoubleSubmit } from './double-submit.ts';
import { keepNoneExclusive } from './none-boxes.ts';
import { keepTotals } from './totals.ts';

guardAgainstDoubleSubmit(document);

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) {
  followConditions(form);
  keepNoneExclusive(form);
  keepTotals(form);
  new Autosave(form).start();
}
