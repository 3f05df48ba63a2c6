/** What the browser runs on top of pages that work without it. The pages carry all that it needs to know of a form. */

/// <reference lib="dom" />

import { autosave } from './autosave.ts';
import { keepComputed } from './computed.ts';
import { followConditions } from './conditions.ts';
import { countCharacters } from './counter.ts';
import { warnOfTyped } from './leave-warning.ts';
import { takeCells } from './paste.ts';
import { keepRows } from './rows.ts';
import { readAtOnce } from './readings.ts';
import { keepTotals } from './totals.ts';

/** 該当するものはない excludes the other boxes of its question, and they exclude it. */
function keepNoneExclusive(form: HTMLFormElement): void {
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox' || !target.checked) return;
    const [path = '', mark] = target.name.split(':');
    if (mark !== undefined && mark !== 'none' && mark !== 'na') return;
    for (const other of form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
      const [otherPath, otherMark] = other.name.split(':');
      const isRival =
        otherPath === path &&
        other !== target &&
        (mark !== undefined ? otherMark !== 'confirmed' : otherMark === 'none' || otherMark === 'na');
      if (isRival) other.checked = false;
    }
  });
}

/** How long a posted form ignores further presses; then, should the answer not have come, it can be sent again. */
const quietFor = 10_000;

/**
 * Pressing a button twice posts once. The server takes a second post too: this only spares the wait. A page that comes
 * back from the history is as good as new, hence a time and not a state of the form.
 */
function guardAgainstDoubleSubmit(page: Document): void {
  const posted = new WeakMap<HTMLFormElement, number>();
  page.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post' || event.defaultPrevented) return;
    const last = posted.get(form);
    if (last !== undefined && performance.now() - last < quietFor) event.preventDefault();
    else posted.set(form, performance.now());
  });
  page.defaultView?.addEventListener('pageshow', (event) => {
    if (event.persisted) for (const form of page.forms) posted.delete(form);
  });
}

/** A file that is too large is not sent: what lies in between may refuse it with a page that is none of ours. */
function refuseLargeFiles(page: Document): void {
  page.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.files === null) return;
    const { mostBytes, tooLarge = '' } = target.dataset;
    if (mostBytes === undefined) return;
    const isTooLarge = [...target.files].some(({ size }) => size > Number(mostBytes));
    target.setCustomValidity(isTooLarge ? tooLarge : '');
    target.reportValidity();
  });
}

/** Without a script a sentence stands where the button is. */
function offerPrinting(page: Document): void {
  const button = page.querySelector<HTMLButtonElement>('button[data-print]');
  if (button === null) return;
  button.hidden = false;
  page.querySelector('[data-without-print]')?.remove();
  button.addEventListener('click', () => globalThis.print());
}

guardAgainstDoubleSubmit(document);
offerPrinting(document);
refuseLargeFiles(document);
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave], form[data-trial]')) {
  followConditions(form);
  keepNoneExclusive(form);
  keepTotals(form);
  keepComputed(form);
  keepRows(form);
  takeCells(form);
  readAtOnce(form);
  countCharacters(form);
  // A questionnaire that is only tried is saved nowhere.
  if (form.dataset['autosave'] !== undefined) autosave(form);
}
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-warn]')) warnOfTyped(form);
