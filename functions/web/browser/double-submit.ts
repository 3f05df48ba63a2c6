/** Pressing a button twice posts once. The server takes a second post too: this only spares the wait. */

/// <reference lib="dom" />

/** How long a posted form ignores further presses; then, should the answer not have come, it can be sent again. */
const quietFor = 10_000;

/** A page that comes back from the history is as good as new, hence a time and not a state of the form. */
export function guardAgainstDoubleSubmit(page: Document, now: () => number = () => performance.now()): void {
  const posted = new WeakMap<HTMLFormElement, number>();
  page.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post' || event.defaultPrevented) return;
    const last = posted.get(form);
    if (last !== undefined && now() - last < quietFor) event.preventDefault();
    else posted.set(form, now());
  });
  page.defaultView?.addEventListener('pageshow', (event) => {
    if (event.persisted) for (const form of page.forms) posted.delete(form);
  });
}
