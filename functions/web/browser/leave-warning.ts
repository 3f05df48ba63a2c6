/** The browser's own question before a page with unsaved text is left. */

/// <reference lib="dom" />

/** Posting the form itself is no leaving; a page that comes back from the history is as it was. */
export function warnBeforeLeaving(form: HTMLFormElement, isUnsaved: () => boolean): void {
  let isPosting = false;
  form.addEventListener('submit', (event) => {
    isPosting = !event.defaultPrevented;
  });
  globalThis.addEventListener('beforeunload', (event) => {
    if (isUnsaved() && !isPosting) event.preventDefault();
  });
  globalThis.addEventListener('pageshow', () => {
    isPosting = false;
  });
}

export function warnOfTyped(form: HTMLFormElement): void {
  let isUnsaved = form.dataset['unsaved'] !== undefined;
  form.addEventListener('input', () => {
    isUnsaved = true;
  });
  warnBeforeLeaving(form, () => isUnsaved);
}
